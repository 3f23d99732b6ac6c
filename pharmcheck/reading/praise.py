"""Ratings in product data that are too good, and clocks that run against the buyer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from pharmcheck.model import Page, Quote
from pharmcheck.reading.structured import nested

_MANY = 20  # a handful of reviews is often all praise
_COUNTDOWN = re.compile(r"count-?down(?:[-_]?timer)?", re.I)
_IN_CLASS = re.compile(r"""\bclass=["'](?:[^"'<>]*[\s-])?\Z|<[a-z][^<>]*\sdata-\Z""", re.I)
_MOST_TRIED = 50  # a page has one clock or a few; more of the word is a script
_REACH = 200


def perfect_ratings(page: Page) -> Iterator[Quote]:
    """Yield the ratings of product data in which twenty buyers or more gave nothing but the best mark."""
    for item in nested(page.structured):
        rating = item.get("aggregateRating")
        if not isinstance(rating, Mapping):
            continue
        value, best = _number(rating, "ratingValue"), _number(rating, "bestRating") or 5.0
        count = _number(rating, "reviewCount") or _number(rating, "ratingCount")
        if value >= best > 0 and count >= _MANY:
            yield Quote(page.url, str(rating["ratingValue"]), f"the best mark from {count:.0f} buyers", page.digest)


def _number(item: Mapping[str, Any], name: str) -> float:
    match = re.match(r"\s*(\d{1,7}(?:[.,]\d{1,4})?)", str(item.get(name, "")))
    return float(match[1].replace(",", ".")) if match else 0.0


def countdown_clocks(page: Page) -> Iterator[Quote]:
    """Yield the marks by which a page has a clock that counts down, as they stand in its source."""
    plain = page.source.encode("utf-8", "replace").lower()  # to look for a word in bytes costs a tenth of the pattern
    clocked = b"countdown" in plain or b"count-down" in plain
    for match in islice(_COUNTDOWN.finditer(page.source), _MOST_TRIED) if clocked else ():
        if _IN_CLASS.search(page.source[max(0, match.start() - _REACH) : match.start()]):
            yield Quote(page.url, match[0], "a clock that counts down", page.digest)
