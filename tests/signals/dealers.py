"""What is asked of every signal that takes a seller's words for what they are: it fires, it misses, it does not know."""

from __future__ import annotations

from pharmcheck.model import Answer, Stance
from tests.builders import ask, evidence, mention, over_the_counter, sighting, unread


def fires(signal: str, concepts: tuple[str, ...]) -> None:
    """Assert that each concept fires beside a prescription medicine, and beside such goods as a whole."""
    for concept in concepts:
        said = mention(concept, "the very words")
        for given in (
            evidence(mentions=(said,), sightings=(sighting(),)),
            evidence(mentions=(said, mention("prescription-trade"))),
        ):
            found = ask(signal, given)
            assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "the very words")


def misses(signal: str, concepts: tuple[str, ...]) -> None:
    """Assert that the words denied, reported or warned of, and words without prescription medicines, do not fire."""
    for stance in (Stance.DENIED, Stance.REPORTED, Stance.WARNED):
        said = (mention(concepts[0], stance=stance), mention("excluded-destinations"))
        assert ask(signal, evidence(mentions=said, sightings=(sighting(),))).answer is Answer.ABSENT
    otc = evidence(mentions=(mention(concepts[0]),), sightings=(sighting(over_the_counter()),))
    assert ask(signal, otc).answer is Answer.ABSENT


def does_not_know(signal: str) -> None:
    """Assert that the signal is unknown, with the reason, when no page could be read."""
    found = ask(signal, unread("the site did not answer"))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "the site did not answer")
