"""The signal customs-guarantee."""

from __future__ import annotations

from pharmcheck.model import Answer, Stance
from tests.builders import ask, evidence, mention, sighting, unread

ID = "customs-guarantee"


def test_fires() -> None:
    """Fires on the words of a site that names a prescription medicine."""
    for concept in ("customs-guarantee", "customs-evasion"):
        found = ask(ID, evidence(mentions=(mention(concept, "the very words"),), sightings=(sighting(),)))
        assert found.answer is Answer.PRESENT
        assert found.quotes[0].text == "the very words"


def test_near_miss() -> None:
    """The same words denied or other words do not fire."""
    denied = mention("customs-guarantee", stance=Stance.DENIED)
    assert (
        ask(ID, evidence(mentions=(denied, mention("discreet-packaging")), sightings=(sighting(),))).answer
        is Answer.ABSENT
    )


def test_unknown_when_unread() -> None:
    """Unknown, with the reason, when the pages could not be read."""
    found = ask(ID, unread("the site did not answer"))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "the site did not answer")
