"""What kind of prescription it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import asked_of_prescriptions


def prescription_only_in_english(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """It wants the prescription in English or in handwriting, or refuses prescriptions issued online.

    Why: so speaks an exporter that ships to the whole world: a pharmacy licensed where the buyer lives takes the
    prescriptions of that country, in its language and its form.
    Source: Visa, guide for acquirers on online pharmacies (2016), on fake prescription policies; NABP,
    why-not-recommended (sells where it holds no licence).
    False alarm: a pharmacy for travellers or expatriates; one that refuses what online questionnaires have issued.
    """
    yield from asked_of_prescriptions(mentions, sightings, "prescription-in-english")
