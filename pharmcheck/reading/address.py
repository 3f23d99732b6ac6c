"""Postal addresses in a page's text, in any script: streets with a postcode or a country, boxes, structured addresses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from pharmcheck.model import Detail, Page
from pharmcheck.reading.boxes import boxes
from pharmcheck.reading.countries import COUNTRY_NAME, code_of, implied, named
from pharmcheck.reading.han_addresses import han_addresses, may_be_in_han
from pharmcheck.reading.lines import Span
from pharmcheck.reading.passages import quote_of, spans
from pharmcheck.reading.postcodes import LONGEST_CHARS, SHARED, sharing, sure
from pharmcheck.reading.streets import SLASHED_IN, slashed, streets
from pharmcheck.reading.structured import nested, text_of

MAX_PER_PAGE = 500
_BEFORE_CHARS, _AFTER_CHARS = 130, 70  # the street stands within this distance before a postcode, the town after it
_BEFORE_LINES, _AFTER_LINES = 4, 3
_LONGEST_LINE = 90  # a longer line is prose, not a line of an address
_FOLLOWING_STREET = re.compile(
    r"(?:\w+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|dr|blvd|boulevard)\b", re.IGNORECASE
)
_SLASHED_COUNTRY = ("Czech", "Česk", "Slova", "Slove")
_Read = Callable[[Page, re.Match[str]], Detail | None]
_Find = Callable[[str, int, int], Iterator[re.Match[str]]]
_SENTENCE = re.compile(r"(?<=\w{4})[.!?] (?=[A-Z]\w{3})|(?<![Nn]o)[:|©;•]\s|\s[-–—]\s|\)\s")
_DASHED_SENTENCE = re.compile(r"(?<=\w{4})[.!?] (?=[A-Z]\w{3})|[:|©;•]\s|\)\s")
_DASHED_IN = frozenset(("BR", "IN"))  # "Rua X, 12 - Centro - 01310-100": dashes part what commas part elsewhere
_END = re.compile(
    r"[|©;•]|(?<!\b\w)(?<!\b\w\w)\. |\.$|\s[-–—]\s|\b(?:[Tt]el|[Pp]hone|[Ff]ax|[Ee]-?mail|[Ff]on)\b|\+\d|\(|\d{5}"
)


def read_addresses(page: Page) -> Iterator[Detail]:
    """Yield the postal addresses on a page, structured ones first; a box number is an address that begins `PO box`.

    A postcode counts only with a street and number beside it, so that order numbers and prices do not. Where several
    countries write one shape, the country comes from its name, the site's domain or its language, or none is found.
    """
    yield from _structured(page)
    taken: set[str] = set()
    for found in _written(page):
        if found.quote.text[:15] not in taken:
            yield found
            taken.add(found.quote.text[:15])  # a postcode and a country's name may both lead to one address
            if len(taken) >= MAX_PER_PAGE:
                return


def _written(page: Page) -> Iterator[Detail]:
    read: tuple[tuple[_Read, _Find], ...]
    read = ((_sure, sure), (_shared, SHARED.finditer), (_by_country, COUNTRY_NAME.finditer))
    in_han = may_be_in_han(page.text)
    for span in spans(page):
        near = list(_near_streets(page, span))
        for reader, find in read:
            for start, stop in near:
                for match in find(page.text, start, min(span.end, stop + LONGEST_CHARS)):
                    found = reader(page, match) if match.start() <= stop else None
                    if found is not None:
                        yield found
        yield from _boxes(page, span)
        for han in han_addresses(page.text[span.start : span.end]) if in_han else ():
            start, end = span.start + han.start, span.start + han.end
            yield Detail("address", page.text[start:end].strip(), page.quote(start, end), han.country)


def _near_streets(page: Page, span: Span) -> Iterator[Span]:
    """Yield the stretches of a span in which a postcode has a street and number within reach."""
    if any(code in SLASHED_IN for code in implied(page)) or any(name in page.text for name in _SLASHED_COUNTRY):
        yield span  # there a street is known by its number alone
        return
    begin = end = -1
    for at in streets(page.text)[0]:
        start, stop = max(span.start, at - _AFTER_CHARS - LONGEST_CHARS), min(span.end, at + _BEFORE_CHARS)
        if start >= stop:
            continue
        if start <= end:
            end = stop
            continue
        if end > begin:
            yield Span(begin, end)
        begin, end = start, stop
    if end > begin:
        yield Span(begin, end)


def _structured(page: Page) -> Iterator[Detail]:
    for item in nested(page.structured):
        street = text_of(item, "streetAddress", "postOfficeBoxNumber")
        if not street:
            continue
        keys = ("postalCode", "addressLocality", "addressRegion", "addressCountry")
        value = ", ".join(filter(None, (street, *(text_of(item, key) for key in keys))))
        country = code_of(text_of(item, "addressCountry")) or next(iter(implied(page)), "")
        yield Detail("address", value[:200], quote_of(page, street, "from structured data"), country)


def _sure(page: Page, match: re.Match[str]) -> Detail | None:
    return _address(page, *match.span(), match.lastgroup or "")


def _shared(page: Page, match: re.Match[str]) -> Detail | None:
    start, end = match.span()
    if "©" in page.text[max(0, start - 15) : start] or _FOLLOWING_STREET.match(page.text, end, end + 40):
        return None
    candidates = sharing(match)
    country = named(_after(page, end)) or named(page.text[max(0, start - 60) : start])
    likely = (country,) if country else implied(page)
    return next((_address(page, start, end, code) for code in likely if code in candidates), None)


def _by_country(page: Page, match: re.Match[str]) -> Detail | None:
    return _address(page, *match.span(), code_of(match[0]))


def _boxes(page: Page, span: Span) -> Iterator[Detail]:
    for box in boxes(page.text):
        if span.start <= box.start < span.end:
            stop = box.end + len(_after(page, box.end))
            country = named(page.text[box.start : stop]) or next(iter(implied(page)), "")
            value = f"PO box: {_one_line(page.text[box.start : stop])}"
            yield Detail("address", value, page.quote(box.start, stop), country)


def _address(page: Page, start: int, end: int, country: str) -> Detail | None:
    """Return the address around a postcode or a country's name, None without a street and number before it."""
    starts, _ = streets(page.text)
    if country not in SLASHED_IN and bisect_left(starts, start - _BEFORE_CHARS) == bisect_left(
        starts, end + _AFTER_CHARS
    ):
        return None
    stop = end + len(_after(page, end))
    begin = _street_before(page.text, start, country)
    if begin is None and not (
        page.text[start:end].strip()[-1:].isdigit() and _has_street(page.text, end, stop, country)
    ):
        return None
    begin = start if begin is None else begin
    return Detail("address", _one_line(page.text[begin:stop])[:200], page.quote(begin, stop), country)


def _street_before(text: str, at: int, country: str) -> int | None:
    """Return where the lines of an address that ends at `at` begin: the nearest line up with a street and number."""
    floor = max(0, at - _BEFORE_CHARS)
    end = at
    for _ in range(_BEFORE_LINES):
        begin = max(floor, text.rfind("\n", floor, end) + 1)
        line = text[begin:end]
        parting = _DASHED_SENTENCE if country in _DASHED_IN else _SENTENCE
        sentence = max((m.end() for m in parting.finditer(line)), default=0)
        if _has_street(text, begin + sentence, end, country):
            return begin + sentence
        if begin <= floor or (end != at and len(line) > _LONGEST_LINE):
            return None
        end = begin - 1
    return None


def _has_street(text: str, begin: int, end: int, country: str) -> bool:
    """True for a word for a street with a number beside it, or a name with a house number as Czech addresses have."""
    starts, ends = streets(text)
    first, stop = bisect_left(starts, begin), bisect_left(starts, end)
    return any(at <= end for at in ends[first:stop]) or (country in SLASHED_IN and slashed(text[begin:end]))


def _after(page: Page, end: int) -> str:
    """Return the town and country that follow a postcode: the rest of its line, and of two more if they are short."""
    lines = page.text[end : end + _AFTER_CHARS].split("\n")
    kept = [_END.split(lines[0], maxsplit=1)[0]]
    for line in lines[1:_AFTER_LINES]:
        if not COUNTRY_NAME.fullmatch(line.strip(" .,")):
            break
        kept.append(line)
    return "\n".join(kept).rstrip()


def _one_line(text: str) -> str:
    return ", ".join(part.strip(" ,\t") for part in re.split(r"[\n\t]", text) if part.strip(" ,\t"))
