"""The signal miracle-or-lifestyle-bundle."""

from __future__ import annotations

from pharmcheck.model import Answer, Offer, Stance
from tests.builders import ask, evidence, medicine, mention, offer, page, sighting, unread

ID = "miracle-or-lifestyle-bundle"


def sold(*families: str) -> tuple[Offer, ...]:
    """Return one offer of each family."""
    return tuple(offer(medicine(f"sample {family}", family=family)) for family in families)


def test_fires() -> None:
    """Fires on a miracle claim about a medicine."""
    shop = page("sildenafil has no side effects")
    given = evidence(mentions=(mention("no-side-effects", "no side effects", on=shop),), sightings=(sighting(on=shop),))
    assert ask(ID, given).answer is Answer.PRESENT


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


def test_unknown_when_unread() -> None:
    """Unknown, with the reason, when the pages could not be read."""
    found = ask(ID, unread("the site did not answer"))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "the site did not answer")
