"""Cards that buy coins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Kind, Mention, Quote, Sighting, Trade
from pharmcheck.reading.goods import said_by_seller
from pharmcheck.reading.sellers import sells_medicines


def card_turned_into_coins(
    kind: Kind, trade: Trade, mentions: Sequence[Mention], sightings: Sequence[Sighting]
) -> Iterator[Quote]:
    """Buyers of medicines pay by card to a company that sells coins, and the coins go to the seller.

    Why: no bank gives an unlawful pharmacy a merchant account; so the card pays for coins, which nobody charges
    back, and the statement names another company.
    Source: Visa, guide for acquirers (2016), transaction laundering; field notes on payment pages of pill shops.
    False alarm: none seen; a lawful shop has no need to sell its buyers coins.
    """
    if sells_medicines(kind, mentions, sightings):
        yield from (way.quote for way in trade.payments if way.value == "onramp")
    yield from said_by_seller(mentions, sightings, "card-into-coins")
