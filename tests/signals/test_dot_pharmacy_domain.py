"""The signal dot-pharmacy-domain."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence, target, unread

ID = "dot-pharmacy-domain"


def test_fires() -> None:
    """Fires on a host under .pharmacy."""
    found = ask(ID, evidence(target=target("https://www.sample.pharmacy/")))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].text == "www.sample.pharmacy"


def test_near_miss() -> None:
    """The word elsewhere in a name does not fire."""
    for url in ("https://sample-pharmacy.example/", "https://pharmacy.example/", "https://shop.example/x.pharmacy"):
        assert ask(ID, evidence(target=target(url))).answer is Answer.ABSENT


def test_never_unknown() -> None:
    """The name answers even when no page could be read."""
    assert ask(ID, unread()).answer is Answer.ABSENT
