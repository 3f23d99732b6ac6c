"""What the buyer vouches for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_dealer


def buyer_vouches_for_health(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """The buyer vouches that a doctor was seen, or takes all the responsibility; the site does not look.

    Why: a tick in place of a prescription leaves the check to the one who wants the medicine.
    Source: NABP, why-not-recommended (no valid prescription); GPhC, guidance for services at a distance, February 2025
    (identity and answers are to be verified).
    False alarm: terms of a lawful pharmacy that ask for true answers beside a prescription.
    """
    yield from said_by_dealer(mentions, sightings, "buyer-vouches")
