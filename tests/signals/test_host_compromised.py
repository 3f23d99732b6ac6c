"""The signal host-compromised."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer, Kind, SiteKind
from tests.builders import ask, difference, evidence, unread

ID = "host-compromised"
SEEN = (difference("searcher", "http://finch.example/"),)


@pytest.mark.parametrize("kind", [SiteKind.NOT_A_SELLER, SiteKind.INFORMATION, SiteKind.PROMOTION])
def test_fires(kind: SiteKind) -> None:
    """Fires on a site that sells no medicines and leads some visitors to a seller of them."""
    assert ask(ID, evidence(kind=Kind(kind, ""), vantage=SEEN)).answer is Answer.PRESENT


def test_near_miss() -> None:
    """A shop that does so is no victim, nor is a site that shows everybody the same."""
    assert ask(ID, evidence(kind=Kind(SiteKind.PHARMACY, ""), vantage=SEEN)).answer is Answer.ABSENT
    assert ask(ID, evidence(kind=Kind(SiteKind.NOT_A_SELLER, ""), vantage=())).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown, with the reason, where nobody else's view was asked for."""
    assert ask(ID, unread("the site did not answer")).answer is Answer.UNKNOWN
