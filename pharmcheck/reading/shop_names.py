"""Shops that call themselves after a medicine: `At Plenimax Direct, we …`, `© Plenimax Store`, or over their menus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from pharmcheck.model import Page, Quote
from pharmcheck.reading.domain_names import medicine_names
from pharmcheck.reading.on_use import compile_on_use

_TEXTS = 16  # the pages of a site: the kind of site and two signals ask for the names on them
# What follows a medicine in the name of a shop: a word for one, or the place that it serves.
_AFTER = (
    "Shop|Store|Mart|Market|Direct|Online|Hub|World|Express|Rx|Meds|Pharmacy|Pharma|Depot|Outlet|Source|Supply|Supplies|Zone|Villa|Club|"
    "Australia|Aussie|UK|USA|Canada|Europe|India|Deutschland|Germany|France|London|Sydney|Melbourne|Brisbane|Perth|Berlin|Paris|Toronto|24"
)
_ENDS = tuple(_AFTER.split("|"))
_AFTERWARDS = compile_on_use(rf"[ -]?(?:{_AFTER})\b")
# What stands before the name where a page speaks of its own shop. Each begins with a plain letter, so that the search may skip
# to one; hence the look back in place of \b.
_OPENINGS = ("At", "at", "Welcome to", "welcome to", "Choose", "choose", "Why", "About", "Contact", "Buy from")
_OPENING = compile_on_use(
    r"(?:Why(?<!\wWhy) [Ww]e [Ss]tarted |"
    + "".join(rf"{words}(?<!\w{words}) |" for words in _OPENINGS)
    + "|".join(rf"{sign}(?: ©)? ?(?:\d{{4}} ?)?" for sign in ("©", "Copyright", "copyright"))
    + ")(?=(?P<word>[A-Z0-9][A-Za-z0-9]{0,60}))"  # no name is longer
)
# Goods that are no medicine's name of six letters, and name shops as often.
_GOODS_NAMES = frozenset(
    ("Steroid", "Steroids", "Anabolic", "Anabolics", "Sarms", "SARMs", "Generic", "Nootropics", "Benzo", "Xanax")
)


def shop_names(page: Page) -> Iterator[Quote]:
    """Yield where a page calls its shop after a medicine: `At Plenimax Direct, we …`, `© Plenimax Store`, or over its menu."""
    for start, end in _spoken(page.text):
        yield page.quote(start, end, "the name of the shop")
    yield from names_over_menus(page)


def names_over_menus(page: Page) -> Iterator[Quote]:
    """Yield the lines that are such a name and nothing else, where one comes again: it heads the site."""
    for start, end in _over_menus(page.text):
        yield page.quote(start, end, "the name of the shop")


@lru_cache(maxsize=_TEXTS)
def _spoken(text: str) -> tuple[tuple[int, int], ...]:
    spans = (_name_at(text, opening.end(), opening["word"]) for opening in _OPENING.finditer(text))
    return tuple(span for span in spans if span)


def _name_at(text: str, start: int, word: str) -> tuple[int, int] | None:
    """Return where the name of a shop stands that begins with this word, None where the word begins with no medicine."""
    for size in range(1, len(word) + 1):
        if word[:size] in _capitalised() and (after := _AFTERWARDS.match(text, start + size)):
            return start, after.end()
    return None


@lru_cache(maxsize=_TEXTS)
def _over_menus(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the lines stand that are such a name and come again."""
    lines = text.split("\n")
    repeated = {line for line, times in Counter(lines).items() if times > 1 and line.endswith(_ENDS) and _is_name(line)}
    found, start = [], 0
    for line in lines if repeated else ():
        if line in repeated:
            found.append((start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


def _is_name(line: str) -> bool:
    """True when a line is the name of a shop and nothing else: a medicine, perhaps a blank or dash, a word for a shop."""
    heads = [line.removesuffix(end) for end in _ENDS if line.endswith(end)]
    return any(head in _capitalised() or (head.endswith((" ", "-")) and head[:-1] in _capitalised()) for head in heads)


@cache
def _capitalised() -> frozenset[str]:
    """Return the names, each with a capital letter."""
    return frozenset(n.capitalize() for n in medicine_names() if n.isascii()) | _GOODS_NAMES
