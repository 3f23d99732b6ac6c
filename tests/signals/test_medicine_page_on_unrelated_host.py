"""The signal medicine-page-on-unrelated-host."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer
from tests.builders import ask, evidence, target, unread

ID = "medicine-page-on-unrelated-host"


@pytest.mark.parametrize(
    "url",
    [
        "https://harlow-jewellers.example/where-to-get-ivermectin/",
        "https://north-realestate.example/pharmacy-online.html",
        "https://immobilien-weber.example/blog/viagra-rezeptfrei",
    ],
)
def test_fires(url: str) -> None:
    """Fires where the path is about medicines and the host's name about another trade."""
    found = ask(ID, evidence(target=target(url)))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, url)


@pytest.mark.parametrize(
    "url",
    [
        "https://harlow-jewellers.example/rings/",
        "https://harlow-news.example/where-to-get-ivermectin/",
        "https://garden-medical-centre.example/viagra/",
        "https://larkfield.example/pharmacy-online.html",
    ],
)
def test_near_miss(url: str) -> None:
    """A page on the host's own trade, a newspaper, a clinic and a name that says nothing do not fire."""
    assert ask(ID, evidence(target=target(url))).answer is Answer.ABSENT


def test_known_without_pages() -> None:
    """The address is known when no page could be read."""
    assert ask(ID, unread("the site did not answer")).answer is Answer.ABSENT
