"""Streets with a house number in a text, in the manners of the countries whose addresses we read."""

from __future__ import annotations

import re
from functools import lru_cache

from pharmcheck.reading.landmarks import landmarks
from pharmcheck.reading.lines import Span, line_around

_NUMBER_BEFORE_CHARS = 25  # "12 Great Sample Market Street"
_LONGEST_NAME = 41  # of a street that is one word
_HOUSE_NUMBER = re.compile(  # a name begins with a capital, or any prose with a number would be a street
    r"[ .,]{0,3}(?:[A-ZÀ-ŽА-ЯΑ-Ω][\w.'’-]{0,40}[ ,]{1,2}|d[aeou]l? ){0,4}(?:(?:n[°.ºr]?\.?|[Nn]o[.:]?|№|д\.|дом) ?)?\d{1,4}\b"
)
_SLASHED = re.compile(  # "Dlouhá 12/4": no word for street
    r"(?:^|, )[A-ZÀ-Ž][\w .]{2,40} \d{1,4}(?:/\d{1,4}[a-z]?|[a-z]?)[,\s]*$"
)
SLASHED_IN = frozenset(("CZ", "SK"))


@lru_cache(maxsize=2)  # a page is asked for each of its postcodes
def streets(text: str) -> tuple[list[int], list[int]]:
    """Return where streets with their numbers begin, ascending, and where each ends."""
    marks = landmarks(text)
    found = [_before(text, word) for word in marks.get("street-after", ())]
    found += [_behind(text, word.start, word.end) for word in marks.get("street-before", ())]
    ended = ((_begin(text, word), word) for word in marks.get("street-end", ()))
    found += [_behind(text, start, word.end) for start, word in ended if word.start - start > 1]
    ranges = sorted({street for street in found if street})
    return [street.start for street in ranges], [street.end for street in ranges]


def _before(text: str, word: Span) -> Span | None:
    floor, _ = line_around(text, word.start, word.start, _NUMBER_BEFORE_CHARS)
    for at in range(word.start - 1, floor - 1, -1):
        if text[at].isdigit():
            return Span(at, word.end)
    return None


def _behind(text: str, start: int, end: int) -> Span | None:
    number = _HOUSE_NUMBER.match(text, end)
    return Span(start, number.end()) if number else None


def _begin(text: str, word: Span) -> int:
    """Return where the name begins that ends in this word."""
    start = word.start
    while start > 0 and word.start - start < _LONGEST_NAME and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return start


def slashed(text: str) -> bool:
    """True for a line that ends in a name with a house number, as Czech and Slovak addresses have."""
    return bool(_SLASHED.search(text))
