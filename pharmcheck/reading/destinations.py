"""Where a site ships to: the countries that it names as destinations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pharmcheck.model import Detail, Page
from pharmcheck.reading.countries import COUNTRY_NAME, code_of
from pharmcheck.reading.disguise import lower
from pharmcheck.reading.landmarks import landmarks, lines_of

# Longer lines are paragraphs; a line of countries may be as long as all their names.
_MAX_LINE_CHARS = 400
_MAX_LIST_CHARS = 4_000
_MAX_LIST_LINES = 80
_SHIPPING = re.compile(
    r"\b(?:ship(?:s|ped|ping)?|deliver(?:s|ed|y|ies)?|dispatch(?:es|ed)?|versand|liefer\w+|livr\w+|livraison|env[ií]\w+|sped\w+"
    r"|verzend\w+|wysyłk\w+|dostaw\w+|doruč\w+|доставк\w+)\b"
)
_SHIPS_TO = re.compile(
    r"\b(?:to|in|within|across|throughout|for|nach|nur|en|vers|a|naar|do|auf|innerhalb|throughout)\b|:|only|worldwide|wide\b"
)
_ORIGIN = re.compile(r"\b(?:from|aus|depuis|desde|dal|vanuit)\s(?!.*\b(?:to|nach|vers|naar)\s)[^,;:]{0,30}$")
_DENIED = re.compile(
    r"\b(?:not|no longer|never|cannot|can't|don't|doesn't|except|excluding|exclud\w+|restricted|prohibited|avoid|beware"
    r"|kein\w*|nicht|außer|pas|jamais|sauf|no|nie|niet|geen|non|ne|unable|outside|unavailable|stopped|suspended)\b"
)
# A heading over a list of countries, one a line: "Countries we ship to".
_HEADING = re.compile(
    r"(?:ship|deliver|dispatch|serve|countries|destination|versand|liefer|livr|env[ií]|sped|verzend|dostaw)"
)
_SEPARATORS = re.compile(r"[\s,;/|•·*–—-]+|\band\b|\bund\b|\bet\b|\by\b")


def ships_to(page: Page) -> Iterator[Detail]:
    """Yield the countries that the page names as destinations and does not exclude, each once, with its ISO code.

    They stand in a line about shipping, or one a line under a heading about it.
    """
    if not landmarks(page.text).keys() >= {"destination", "country"}:
        return
    about = {start for start, _ in lines_of(page.text, "destination")}
    under, left, start = "", 0, 0
    seen: set[str] = set()
    for line in lower(page.text).split("\n"):
        written = page.text[start : start + len(line)] if left or start in about else ""
        if left and len(line) <= _MAX_LIST_CHARS and not _SEPARATORS.sub("", COUNTRY_NAME.sub("", written)):
            for match in _unseen(written, seen):
                seen.add(code_of(match[0]))
                yield _detail(page, start + match.start(), start + match.end(), match[0], under)
            left -= 1
        elif start in about:
            if len(line) <= _MAX_LIST_CHARS and (shipping := _SHIPPING.search(line)) and _SHIPS_TO.search(line):
                for match in _in_line(written, line, seen):
                    seen.add(code_of(match[0]))
                    first = start + min(shipping.start(), match.start())
                    yield _detail(page, first, max(start + match.end(), first + 1), match[0], "")
            heads = len(line) <= 100 and _HEADING.search(line) and not _DENIED.search(line)
            under, left = (written.strip(), _MAX_LIST_LINES) if heads else ("", 0)
        elif left and line.strip():
            left = 0
        start += len(line) + 1


def _unseen(written: str, seen: set[str]) -> Iterator[re.Match[str]]:
    """Yield the countries of a line that were not yielded before."""
    yield from (match for match in COUNTRY_NAME.finditer(written) if code_of(match[0]) not in seen)


def _in_line(written: str, line: str, seen: set[str]) -> Iterator[re.Match[str]]:
    """Yield the new destinations among the countries that one line about shipping names; `line` is in lower case."""
    for match in _unseen(written, seen):
        sentence = line[: match.start()].rpartition(". ")[2]
        if (
            (len(line) <= _MAX_LINE_CHARS or _is_listed(sentence))
            and not _DENIED.search(sentence)
            and not _ORIGIN.search(sentence)
            and _SHIPPING.search(sentence + line[match.end() :])
        ):
            yield match


def _is_listed(sentence: str) -> bool:
    """True when what stands before a country in its sentence is about shipping and for the most part countries."""
    return bool(_SHIPPING.search(sentence)) and sentence.count(",") * 40 >= len(sentence) - 160


def _detail(page: Page, start: int, end: int, name: str, under: str) -> Detail:
    code = code_of(name)
    return Detail("ships-to", code, page.quote(start, end, f"under '{under[:100]}'" if under else ""), code)
