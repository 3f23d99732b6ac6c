"""The signal worldwide-without-restriction."""

from __future__ import annotations

from pharmcheck.model import Answer, Stance, Trade
from tests.builders import ask, detail, evidence, mention, over_the_counter, sighting, unread

ID = "worldwide-without-restriction"


def test_fires() -> None:
    """Fires on the words of a site that names a prescription medicine."""
    for concept in ("worldwide-shipping",):
        found = ask(ID, evidence(mentions=(mention(concept, "the very words"),), sightings=(sighting(),)))
        assert found.answer is Answer.PRESENT
        assert found.quotes[0].text == "the very words"


def test_near_miss() -> None:
    """The same words denied, without prescription medicines, or other words do not fire."""
    denied = mention("worldwide-shipping", stance=Stance.DENIED)
    assert (
        ask(ID, evidence(mentions=(denied, mention("excluded-destinations")), sightings=(sighting(),))).answer
        is Answer.ABSENT
    )
    otc = (sighting(over_the_counter()),)
    assert ask(ID, evidence(mentions=(mention("worldwide-shipping"),), sightings=otc)).answer is Answer.ABSENT


def shipping(*codes: str) -> Trade:
    return Trade(destinations=tuple(detail("ships-to", code, code) for code in codes))


def test_a_long_list_of_countries() -> None:
    """Eight countries on three continents are the world; the whole of Europe, or a neighbour or two, are not."""
    world = shipping("US", "CA", "GB", "DE", "FR", "AU", "NZ", "JP")
    found = ask(ID, evidence(trade=world, sightings=(sighting(),)))
    assert found.answer is Answer.PRESENT
    assert "8 countries" in found.quotes[0].note
    europe = shipping("GB", "IE", "DE", "AT", "FR", "ES", "IT", "PT", "PL", "SE")
    for few in (europe, shipping("AU", "NZ", "SG", "GB")):
        assert ask(ID, evidence(trade=few, sightings=(sighting(),))).answer is Answer.ABSENT
    assert ask(ID, evidence(trade=world, sightings=(sighting(over_the_counter()),))).answer is Answer.ABSENT


def test_unknown_when_unread() -> None:
    """Unknown, with the reason, when the pages could not be read."""
    found = ask(ID, unread("the site did not answer"))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "the site did not answer")
