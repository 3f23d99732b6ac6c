"""The signal miracle-or-lifestyle-bundle."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer, Offer, Stance
from tests.builders import ask, evidence, medicine, mention, offer, page, sighting

ID = "miracle-or-lifestyle-bundle"


def sold(*families: str) -> tuple[Offer, ...]:
    """Return one offer of each family."""
    return tuple(offer(medicine(f"sample {family}", family=family)) for family in families)


@pytest.mark.parametrize("concept", ["miracle-claim", "no-side-effects", "guaranteed-result", "lifestyle-bundle"])
def test_fires(concept: str) -> None:
    """Fires on a claim that no medicine can keep, and on the bundle in so many words, on a page that names a medicine."""
    shop = page("sildenafil, the very words")
    said = mention(concept, "the very words", on=shop)
    assert ask(ID, evidence(mentions=(said,), sightings=(sighting(on=shop),))).quotes[0].text == "the very words"
    assert ask(ID, evidence(mentions=(said,))).answer is Answer.ABSENT


def test_fires_on_mix() -> None:
    """Fires on potency beside two kinds of controlled medicines, all to be ordered."""
    found = ask(ID, evidence(offers=sold("ed", "opioid", "benzodiazepine")))
    assert found.answer is Answer.PRESENT
    assert len(found.quotes) == 3


def test_near_miss() -> None:
    """A men's clinic, a full-range pharmacy with sleeping pills, and a warning do not fire."""
    assert ask(ID, evidence(offers=sold("ed", "hair", "glp1"))).answer is Answer.ABSENT
    assert (
        ask(ID, evidence(offers=sold("ed", "hypnotic", "benzodiazepine", "cardiovascular", "diabetes"))).answer
        is Answer.ABSENT
    )
    warned = mention("miracle-claim", stance=Stance.WARNED)
    assert ask(ID, evidence(mentions=(warned,), sightings=(sighting(),))).answer is Answer.ABSENT
