"""What is asked of every signal that takes a seller's words for what they are: it fires, and it misses."""

from __future__ import annotations

from pharmcheck.model import Answer, Stance
from tests.builders import ask, evidence, mention, over_the_counter, sighting


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


def misses_denials(signal: str, concepts: tuple[str, ...]) -> None:
    """Assert that the words denied, reported or warned of, and other words beside them, do not fire."""
    for concept in concepts:
        for stance in (Stance.DENIED, Stance.REPORTED, Stance.WARNED):
            said = (mention(concept, stance=stance), mention("excluded-destinations"))
            assert ask(signal, evidence(mentions=said, sightings=(sighting(),))).answer is Answer.ABSENT


def misses(signal: str, concepts: tuple[str, ...]) -> None:
    """Assert that denials do not fire, nor the words where no prescription medicine is sold."""
    misses_denials(signal, concepts)
    for concept in concepts:
        otc = evidence(mentions=(mention(concept),), sightings=(sighting(over_the_counter()),))
        assert ask(signal, otc).answer is Answer.ABSENT
