"""The signal perfect-rating."""

from __future__ import annotations

from pharmcheck.model import Answer, Page
from tests.builders import ask, evidence, offer, over_the_counter, page

ID = "perfect-rating"


def rated(value: str, count: str) -> Page:
    rating = {"ratingValue": value, "reviewCount": count}
    return page("sildenafil 5", structured=({"@type": "Product", "aggregateRating": rating},))


def test_fires() -> None:
    """Fires on the page of a prescription medicine to which 312 buyers gave the best mark."""
    here = rated("5", "312")
    found = ask(ID, evidence(pages=(here,), offers=(offer(on=here),)))
    assert (found.answer, found.quotes[0].note) == (Answer.PRESENT, "the best mark from 312 buyers")


def test_near_miss() -> None:
    """A good mark, few buyers, and vitamins."""
    for here in (rated("4.8", "312"), rated("5", "4")):
        assert ask(ID, evidence(pages=(here,), offers=(offer(on=here),))).answer is Answer.ABSENT
    here = rated("5", "312")
    assert ask(ID, evidence(pages=(here,), offers=(offer(over_the_counter(), on=here),))).answer is Answer.ABSENT
