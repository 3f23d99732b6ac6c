"""The signal payment-disguised."""

from __future__ import annotations

from pharmcheck.model import Answer, Stance
from tests.builders import ask, evidence, mention, sighting, unread

ID = "payment-disguised"
CONCEPTS = ("payment-disguise",)


def test_fires() -> None:
    """Fires on the words of a site that names a prescription medicine, or such goods as a whole."""
    for concept in CONCEPTS:
        said = mention(concept, "the very words")
        for given in (
            evidence(mentions=(said,), sightings=(sighting(),)),
            evidence(mentions=(said, mention("prescription-trade"))),
        ):
            found = ask(ID, given)
            assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "the very words")


def test_near_miss() -> None:
    """The same words denied or reported or other words do not fire."""
    for stance in (Stance.DENIED, Stance.REPORTED, Stance.WARNED):
        said = (mention(CONCEPTS[0], stance=stance), mention("excluded-destinations"))
        assert ask(ID, evidence(mentions=said, sightings=(sighting(),))).answer is Answer.ABSENT


def test_unknown_when_unread() -> None:
    """Unknown, with the reason, when the pages could not be read."""
    found = ask(ID, unread("the site did not answer"))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "the site did not answer")
