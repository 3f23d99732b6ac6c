"""When it asks for the prescription."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import asked_of_prescriptions


def prescription_asked_after_order(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """It takes the order first and wants a copy of the prescription by e-mail or upload afterwards.

    Why: medicines are sold and paid for before anybody has seen a prescription, and a copy that comes days later can
    serve every shop at once; what is asked of the buyer on paper need not be asked in fact.
    Source: Visa, guide for acquirers on online pharmacies (2016), on fake prescription policies; NABP,
    why-not-recommended (no valid prescription).
    False alarm: a licensed pharmacy that takes orders by post or telephone and dispenses nothing before the
    prescription is there, as Canadian mail-order pharmacies do; a pet pharmacy or an optician that sells medicines too.
    """
    yield from asked_of_prescriptions(mentions, sightings, "prescription-after-order")
