"""Shops that a letter names without any address, read as `check` reads them.

A name counts beside a call to buy medicines that need a doctor, and not in a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pharmcheck.model import Page
from pharmcheck.reading.named_shops import find_named

_MAX_CHARS = 100_000  # who is promoted stands early; the rest of a long letter is filler
_NEAR = 2_000  # characters: a shop is named at the end of the praise of its medicines, or at the head of their list


def find_bare_names(text: str) -> Iterator[tuple[str, int]]:
    """Yield the shops that `text` only names, each once, and where; names of well-known pharmacies are passed over."""
    text = text[:_MAX_CHARS]
    if next(find_named(text, lambda start, end: True), None) is None:
        return
    from pharmcheck.reading.buying import CALL  # noqa: PLC0415 - with the next three, tables of medicines and phrases
    from pharmcheck.reading.medicines import find_medicines  # noqa: PLC0415
    from pharmcheck.reading.phrases import find_mentions  # noqa: PLC0415
    from pharmcheck.reading.surroundings import Surroundings  # noqa: PLC0415

    page = Page("", "letter", 200, text)
    around = Surroundings(page, find_mentions(page), find_medicines(page))

    def called(start: int, end: int) -> bool:
        left, right = around.bounds(start, end)
        if not around.within(around.strict, max(0, left - _NEAR), right + _NEAR):
            return False
        urged = around.within(around.calls, left, right) or CALL.stands_in(text, left, right)
        return urged and not around.within(around.warnings, left, right)

    seen: set[str] = set()
    for name, start, end in find_named(text, called):
        plain = _plain(name)
        if plain not in seen and called(start, end) and not _is_known(name):
            seen.add(plain)
            yield name, start


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def _is_known(name: str) -> bool:
    """True for a pharmacy that everybody knows, with or without the last word: a chain's name, a chain's name and "Pharmacy"."""
    return bool({_plain(name), _plain(name.rpartition(" ")[0])} & _known())


@cache
def _known() -> frozenset[str]:
    from pharmcheck.reading.lookalikes import well_known_names  # noqa: PLC0415

    names = well_known_names()
    return frozenset((*(_plain(n.name) for n in names), *(_plain(n.domain.partition(".")[0]) for n in names)))
