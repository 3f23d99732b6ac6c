"""Praise and haste: ratings that are too good, clocks that count down."""

from __future__ import annotations

import pytest

from pharmcheck.model import Page
from pharmcheck.reading.page import read_page
from pharmcheck.reading.praise import countdown_clocks, perfect_ratings


def rated(value: object, count: object, **more: object) -> Page:
    rating = {"@type": "AggregateRating", "ratingValue": value, "reviewCount": count, **more}
    return Page("https://a.example/", "product", 200, "", structured=({"@type": "Product", "aggregateRating": rating},))


@pytest.mark.parametrize(
    ("value", "count", "more"), [("5", "214", {}), (5.0, 20, {}), ("10", "30", {"bestRating": 10})]
)
def test_perfect(value: object, count: object, more: dict[str, object]) -> None:
    """Nothing but the best mark from twenty or more."""
    assert len(list(perfect_ratings(rated(value, count, **more)))) == 1


@pytest.mark.parametrize(("value", "count"), [("4.9", "800"), ("5", "3"), ("five", "many"), (None, None), ("5", [])])
def test_not_perfect(value: object, count: object) -> None:
    """A lesser mark, few reviews and nonsense do not count."""
    assert list(perfect_ratings(rated(value, count))) == []


@pytest.mark.parametrize(
    ("html", "clocks"),
    [
        ("<p>x</p><div class='offer countdown-timer'>09:59</div>", 1),
        ("<p>x</p><span data-countdown='2026'>9</span>", 1),
        ("<p>The countdown to the opening</p>", 0),
        ("<style>.countdown{color:red}</style><p>x</p>", 0),
    ],
)
def test_clocks(html: str, clocks: int) -> None:
    """An element that counts down is found; the word in a sentence and a style that nothing uses are not."""
    page = read_page("https://a.example/", html.encode(), content_type="text/html")
    assert len(list(countdown_clocks(page))) == clocks
