"""Coins for medicines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Kind, Mention, Quote, Sighting, Trade
from pharmcheck.reading.goods import said_by_seller
from pharmcheck.reading.sellers import sells_medicines


def crypto_accepted_for_medicines(
    mentions: Sequence[Mention], sightings: Sequence[Sighting], trade: Trade, kind: Kind
) -> Iterator[Quote]:
    """The seller of medicines takes cryptocurrency.

    Why: card companies and banks bar unlawful pharmacies; hardly any licensed pharmacy takes coins. It says so, or
    shows the coin among its payment icons, or offers it in a form.
    Source: FTC, consumer.ftc.gov, on cryptocurrency and scams; Visa acquirer guide.
    False alarm: a lawful shop that follows a fashion, as a few did in Australia and Switzerland.
    """
    yield from said_by_seller(mentions, sightings, "crypto-payment", "crypto-discount")
    if sells_medicines(kind, mentions, sightings):
        yield from (way.quote for way in trade.payments if way.value == "crypto" and way.quote.note)
