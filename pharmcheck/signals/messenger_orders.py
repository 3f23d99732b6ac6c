"""Orders by chat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_seller


def messenger_orders(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """Orders for prescription medicines are taken by messenger.

    Why: an order by chat leaves no intake, no record and no address; it moves on when the account is closed.
    Source: NABP, is-that-pharmacy-safe (no way to reach a pharmacist); MHRA on sales through social media.
    False alarm: small lawful pharmacies in Latin America, India and Africa take orders by WhatsApp.
    """
    yield from said_by_seller(mentions, sightings, "messenger-order")
