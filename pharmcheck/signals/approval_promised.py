"""A yes before anybody has looked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_seller


def approval_promised(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """It promises that nearly every request for a prescription medicine is approved, or approved at once.

    Why: a prescriber who looks refuses some and needs time; an approval that is promised before the answers are given
    is no decision of a clinician.
    Source: GPhC, guidance for services at a distance, 4 February 2025; 21 U.S.C. 829(e); NABP, why-not-recommended.
    False alarm: a clinic that boasts of its speed, and means the first answer, not the prescription.
    """
    yield from said_by_seller(mentions, sightings, "approval-promised")
