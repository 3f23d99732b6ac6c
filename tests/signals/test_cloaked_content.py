"""The signal cloaked-content."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer, Difference
from tests.builders import ask, difference, evidence, unread

ID = "cloaked-content"


@pytest.mark.parametrize(
    "seen",
    [
        difference("crawler"),
        difference("phone"),
        difference("searcher"),
        difference("phone", "http://finch.example/"),
        difference("crawler", "http://finch.example/"),
    ],
)
def test_fires(seen: Difference) -> None:
    """Fires where one visitor is shown other goods, and where a crawler or a phone is led elsewhere."""
    assert ask(ID, evidence(vantage=(seen,))).answer is Answer.PRESENT


def test_near_miss() -> None:
    """A redirect of those who come from a search result is another signal's; no difference does not fire."""
    for vantage in ((difference("searcher", "http://finch.example/"),), ()):
        assert ask(ID, evidence(vantage=vantage)).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown, with the reason, where nobody else's view was asked for."""
    assert ask(ID, unread("the site did not answer")).answer is Answer.UNKNOWN
