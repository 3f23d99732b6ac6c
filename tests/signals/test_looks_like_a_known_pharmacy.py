"""The signal looks-like-a-known-pharmacy."""

from __future__ import annotations

from pharmcheck.model import Answer, Resemblance
from tests.builders import ask, evidence, target, unread

ID = "looks-like-a-known-pharmacy"


def test_fires() -> None:
    """Fires on the host, and says like whose name and how."""
    like = (Resemblance("Walgrove", "walgrove.example", "words"),)
    found = ask(ID, evidence(target=target("https://www.walgrove-store.example/"), resembles=like))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].text == "www.walgrove-store.example"
    assert found.quotes[0].note == "like walgrove.example (Walgrove): words added"


def test_near_miss() -> None:
    """A host that imitates nobody does not fire."""
    assert ask(ID, evidence()).answer is Answer.ABSENT


def test_never_unknown() -> None:
    """The name answers even when no page could be read."""
    assert ask(ID, unread()).answer is Answer.ABSENT
