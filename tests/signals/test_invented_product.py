"""The signal invented-product."""

from __future__ import annotations

from pharmcheck.model import Answer, Stance
from tests.builders import ask, evidence, mention, over_the_counter, sighting

ID = "invented-product"
CONCEPTS = ("invented-product",)


def test_fires() -> None:
    """Fires on the words of a site that names a prescription medicine, or such goods as a whole."""
    for concept in CONCEPTS:
        said = (mention(concept, "Viagra Soft"), mention(concept, "Cialis Soft"))
        for given in (
            evidence(mentions=said, sightings=(sighting(),)),
            evidence(mentions=(*said, mention("prescription-trade"))),
        ):
            found = ask(ID, given)
            assert (found.answer, [q.text for q in found.quotes]) == (Answer.PRESENT, ["Viagra Soft", "Cialis Soft"])


def test_near_miss() -> None:
    """One product alone, the same words denied or reported, without prescription medicines, or other words do not fire."""
    for stance in (Stance.DENIED, Stance.REPORTED, Stance.WARNED):
        said = (mention(CONCEPTS[0], stance=stance), mention("excluded-destinations"))
        assert ask(ID, evidence(mentions=said, sightings=(sighting(),))).answer is Answer.ABSENT
    one = (mention(CONCEPTS[0], "Viagra Soft"), mention(CONCEPTS[0], "viagra soft"))
    assert ask(ID, evidence(mentions=one, sightings=(sighting(),))).answer is Answer.ABSENT
    otc = evidence(mentions=(mention(CONCEPTS[0]),), sightings=(sighting(over_the_counter()),))
    assert ask(ID, otc).answer is Answer.ABSENT
