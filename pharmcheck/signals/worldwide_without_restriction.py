"""How far it ships."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_dealer


def worldwide_without_restriction(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """Prescription medicines are shipped worldwide.

    Why: no licence reaches every country, and many forbid the trade outright.
    Source: FDA BeSafeRx (ships worldwide); Directive 2001/83/EC art. 85c(1)(b) (the product must be authorised
    where it arrives).
    False alarm: a shop that ships only its other goods abroad; an intermediary that asks for a prescription.
    """
    yield from said_by_dealer(mentions, sightings, "worldwide-shipping")
