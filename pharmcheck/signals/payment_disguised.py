"""Payment in disguise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_seller


def payment_disguised(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """Buyers of medicines are told to hide what they pay for, or pay by card for coins.

    Why: card companies and banks stop payments to unlawful pharmacies; only who must hide asks for hiding.
    Source: Visa, guide for acquirers (2016), transaction laundering; field notes on payment pages of pill shops.
    False alarm: none seen in lawful shops.
    """
    yield from said_by_seller(mentions, sightings, "payment-disguise")
