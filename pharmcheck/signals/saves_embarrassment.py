"""What it spares the buyer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_dealer


def saves_embarrassment(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """It advertises that no visit to a doctor is needed, or that it saves embarrassment.

    Why: the doctor whom the buyer is spared is the one who would have said no.
    Source: Health Canada, buying-drugs-over-internet (a site that saves embarrassment).
    False alarm: a lawful online clinic whose own clinicians see the patient.
    """
    yield from said_by_dealer(mentions, sightings, "saves-embarrassment")
