"""Whether it knows whom it sells to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_seller


def buyer_stays_anonymous(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """It promises that the buyer of medicines stays anonymous.

    Why: a prescription is written for one patient, and who dispenses it must know for whom: nobody can be asked about
    other medicines, warned or called back whom the seller does not know.
    Source: 21 CFR 1306.05 (the patient's name and address on a prescription for a controlled substance); Directive
    2012/52/EU, annex (the patient's names on a cross-border prescription); GPhC, guidance for services at a distance,
    February 2025 (identity is to be verified).
    False alarm: a lawful shop that means a plain parcel, or over-the-counter goods beside its medicines.
    """
    yield from said_by_seller(mentions, sightings, "anonymous-purchase")
