"""Keyword salad: medicine names and words of sale strung together without a sentence, as spam writes for search engines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pharmcheck.model import Page, Quote, Sighting
from pharmcheck.reading.buying import CALL, TALK
from pharmcheck.reading.lines import line_around
from pharmcheck.reading.signs import by_line

_WORD = re.compile(r"[^\W\d_]+")
_GAP = 60  # characters between two names; more is a sentence
_EDGE = 30  # characters before the first and after the last name: the words of sale stand on either side
_BAR = re.compile(r"[|•»]| [-–—] |[$€£]\s?\d|\d\s?[€£]")  # a menu, a title in parts, a price list
_MOST = 400
_LISTED = re.compile(r"[^,;]{4,80}(?:[,;][^,;]{4,80}){3,30}")
_PART = re.compile(r"[^\n,;]+")
_PART_WORDS = 9  # a longer phrase is part of a sentence
_NAMED = 4  # times that such a line names the same medicine
_MADE = re.compile(r"\b(?:online|made in|from (?:canada|india|mexico))\b", re.IGNORECASE)


def find_salad(page: Page, sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """Yield the runs of one line in which prescription medicines and calls to buy follow one another as bare keywords.

    A run has at least three times the same medicine's name and two different calls to buy, and hardly another word; or it is
    a line of search phrases. What stands elsewhere on the page does not matter, so nothing that is added undoes it.
    """
    names = [s for s in sightings if s.page is page and s.medicine.use == "human" and s.medicine.prescription_only]
    run: list[Sighting] = []
    for sighting in [*names[:_MOST], None]:
        if sighting and run and _follows(page.text, run[-1], sighting):
            run.append(sighting)
            continue
        if _is_salad(page.text, run):
            yield page.quote(*_bounds(page.text, run), f"{len(run)} names of medicines among words of sale")
        run = [sighting] if sighting else []
    for start, end in _fragments(page.text, names):
        yield page.quote(start, end, "search phrases of one medicine in a row")


def _fragments(text: str, names: Sequence[Sighting]) -> Iterator[tuple[int, int]]:
    """Yield the lines of four and more short phrases between commas that nearly all name one medicine, two with a call to buy."""
    starts = [s.start for s in names]
    for start, end in _listed(text) if len(names) >= _NAMED else ():
        parts = [(m.start(), m.end()) for m in _PART.finditer(text, start, end)]
        if any(len(text[a:b].split()) > _PART_WORDS for a, b in parts):
            continue
        told = [names[i].medicine.name for a, b in parts for i in range(bisect_left(starts, a), bisect_left(starts, b))]
        bought = sum(CALL.stands_in(text, a, b) or _MADE.search(text, a, b) is not None for a, b in parts)
        most = Counter(told).most_common(1)[0][1] if told else 0
        if bought >= 2 and most >= _NAMED and most >= 0.8 * len(parts):
            yield start, end


@lru_cache(maxsize=16)  # of the pages of a site: they are asked for twice
def _listed(text: str) -> tuple[tuple[int, int], ...]:
    """Return the lines of four and more short phrases between commas."""
    found, start = [], 0
    for line, commas in zip(text.split("\n"), by_line(text, b",;"), strict=True):
        end = start + len(line)
        if len(commas) > 2 and _LISTED.fullmatch(line):
            found.append((start, end))
        start = end + 1
    return tuple(found)


def _follows(text: str, last: Sighting, following: Sighting) -> bool:
    gap = text[last.end : following.start]
    return len(gap) <= _GAP and "\n" not in gap and not _BAR.search(gap)


def _bounds(text: str, run: Sequence[Sighting]) -> tuple[int, int]:
    """Return the run with the words about it, within its line."""
    return line_around(text, run[0].start, run[-1].end, _EDGE)


def _is_salad(text: str, run: Sequence[Sighting]) -> bool:
    """True when a run names one medicine three times, calls to buy in two ways and says hardly anything else."""
    if len(run) < 3 or Counter(s.medicine.name for s in run).most_common(1)[0][1] < 3:
        return False
    span = text[run[0].start : run[-1].end]
    left, right = _bounds(text, run)
    calls = set(CALL.all_in(text, left, right))
    words = len(_WORD.findall(span))
    named = sum(len(_WORD.findall(s.written)) for s in run)
    sold = sum(len(_WORD.findall(words)) for shape in (CALL, TALK) for words in shape.all_in(span))
    enough = 0.65 if len(run) >= 5 else 0.9  # three names prove less than five: then there must be no other word
    return len(calls) >= 2 and named + sold >= enough * words
