"""The signal search-redirect."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, difference, evidence, unread

ID = "search-redirect"


def test_fires() -> None:
    """Fires where only those who come from a search result are led to a seller elsewhere."""
    found = ask(ID, evidence(vantage=(difference("searcher", "http://finch.example/"),)))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "http://finch.example/")


def test_near_miss() -> None:
    """A phone that is led to the same host, other content in the same place, and no difference do not fire."""
    both = (difference("searcher", "http://finch.example/?1"), difference("phone", "http://finch.example/?2"))
    for vantage in (both, (difference("searcher"),), (difference("phone", "http://finch.example/"),), ()):
        assert ask(ID, evidence(vantage=vantage)).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown, with the reason, where nobody else's view was asked for."""
    found = ask(ID, unread("the site did not answer"))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "vantage: nobody else's view of the site was asked for")
