"""Coins for medicines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_seller


def crypto_accepted_for_medicines(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """The seller of medicines takes cryptocurrency.

    Why: card companies and banks bar unlawful pharmacies; hardly any licensed pharmacy takes coins.
    Source: FTC, consumer.ftc.gov, on cryptocurrency and scams; Visa acquirer guide.
    False alarm: a lawful shop that follows a fashion, as a few did in Australia and Switzerland.
    """
    yield from said_by_seller(mentions, sightings, "crypto-payment", "crypto-discount")
