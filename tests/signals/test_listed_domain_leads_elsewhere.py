"""The signal listed-domain-leads-elsewhere."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer, Gap, Hop, View, Visitor
from tests.builders import URL, ask, evidence, listing, registers

ID = "listed-domain-leads-elsewhere"


def view(url: str, *hops: str, visitor: Visitor = Visitor.ORDINARY) -> View:
    return View(visitor, URL, tuple(Hop(URL, how) for how in hops), url, Gap("view", "not of interest here"))


def test_fires() -> None:
    """Fires where a listed domain passes everybody on, and quotes where to, and the entry."""
    given = evidence(registers=registers(by_domain=(listing(),)), views=(view("https://finch.example/", "HTTP 301"),))
    found = ask(ID, given)
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "https://finch.example/")
    assert "HTTP 301" in found.quotes[0].note


@pytest.mark.parametrize(
    "seen",
    [
        view(URL),
        view(URL + "de/", "HTTP 302"),
        view("https://finch.example/", "HTTP 302", visitor=Visitor.SEARCHER),
    ],
)
def test_near_miss(seen: View) -> None:
    """A page that stays, a redirect within the domain, and what only some visitors see do not fire."""
    assert ask(ID, evidence(registers=registers(by_domain=(listing(),)), views=(seen,))).answer is Answer.ABSENT


def test_not_listed() -> None:
    """A domain that no register names, or that one warns of, may lead wherever it wants."""
    away = (view("https://finch.example/", "HTTP 301"),)
    assert ask(ID, evidence(views=away)).answer is Answer.ABSENT
    warned = registers(by_domain=(listing(status="warned"),))
    assert ask(ID, evidence(registers=warned, views=away)).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown, with the reason, where nothing was asked of the network."""
    found = ask(ID, evidence(registers=registers(by_domain=(listing(),))))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "nobody was asked where the domain leads")
