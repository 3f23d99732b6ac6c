"""The signal worldwide-without-restriction."""

from __future__ import annotations

from pharmcheck.model import Answer, Trade
from tests.builders import ask, detail, evidence, mention, over_the_counter, sighting
from tests.signals.dealers import fires, misses

ID = "worldwide-without-restriction"
CONCEPTS = ("worldwide-shipping",)


def test_fires() -> None:
    """Fires on the words of a site that names a prescription medicine, or such goods as a whole."""
    fires(ID, CONCEPTS)


def test_near_miss() -> None:
    """The same words denied or reported, without prescription medicines, or other words do not fire."""
    misses(ID, CONCEPTS)


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


def test_international_is_not_the_whole_world() -> None:
    """`International shipping` says that it sends abroad; whereto, a list of countries would tell."""
    for words, answer in (("International shipping available", Answer.ABSENT), ("Worldwide shipping", Answer.PRESENT)):
        found = evidence(mentions=(mention("worldwide-shipping", words),), sightings=(sighting(),))
        assert ask(ID, found).answer is answer


def test_a_few_countries_are_not_the_world_and_days_are_no_countries() -> None:
    """A number counts where it is one of countries: nine are not the world, eighty are, and fourteen days say nothing."""
    for words, answer in (
        ("doručujeme do 9 zemí", Answer.ABSENT),
        ("We ship to over 80 countries", Answer.PRESENT),
        ("We ship in 14 days worldwide", Answer.PRESENT),
    ):
        found = evidence(mentions=(mention("worldwide-shipping", words),), sightings=(sighting(),))
        assert ask(ID, found).answer is answer
