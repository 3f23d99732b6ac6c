"""The signal disguised-medicine-name."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence, page, sighting

ID = "disguised-medicine-name"


def test_fires() -> None:
    """Fires on a respelt name, and says which medicine it stands for."""
    found = ask(ID, evidence(sightings=(sighting(on=page("V1agra sildenafil"), disguised=True),)))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].note == "stands for sildenafil"


def test_near_miss() -> None:
    """A name as on the box does not fire."""
    assert ask(ID, evidence(sightings=(sighting(),))).answer is Answer.ABSENT
