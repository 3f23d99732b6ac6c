"""The signal no-prescription-in-domain-name."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer
from tests.builders import ask, evidence, over_the_counter, sighting, target, unread

ID = "no-prescription-in-domain-name"


@pytest.mark.parametrize("host", ["norx-bluefern.example", "pillsnoprescription.example", "rezeptfrei24.example"])
def test_fires(host: str) -> None:
    """Fires on the promise in the name of a seller of prescription medicines."""
    found = ask(ID, evidence(target=target(f"https://{host}/"), sightings=(sighting(),)))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, host)


def test_near_miss() -> None:
    """Other words with these letters, and shops of other goods do not fire."""
    url = "https://rezeptfrei24.example/"
    assert ask(ID, evidence(target=target("https://norxan.example/"), sightings=(sighting(),))).answer is Answer.ABSENT
    assert ask(ID, evidence(target=target(url), sightings=(sighting(over_the_counter()),))).answer is Answer.ABSENT


def test_fires_without_a_medicine() -> None:
    """A name of the trade needs no medicine on the page."""
    assert ask(ID, evidence(target=target("https://medswithoutprescription.example/"))).answer is Answer.PRESENT


def test_unknown_when_unread() -> None:
    """Unknown, with the reason, when the pages could not be read: what it sells is not known then."""
    found = ask(ID, unread("the site did not answer"))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "the site did not answer")
