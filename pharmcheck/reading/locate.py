"""Where a quote begins in the bytes of the body that its page was read from."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape

from pharmcheck.model import Page, Quote
from pharmcheck.reading.decode import encoded_length, shown
from pharmcheck.reading.on_use import compile_on_use

_UNSEEN = "\\s\x00-\x1f\x7f-\x9f"  # white space is folded and control characters are dropped in a page's text
_SPACE = re.compile(f"[{_UNSEEN}]+")
_ENTITY = r"&(?:\#\d{1,8}|\#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?"
_PLAIN = rf"(?P<run>[^<&{_UNSEEN}]++)|(?P<entity>{_ENTITY})|(?P<stray>[<&])"
_READ = ("run", "entity", "stray")
_RAW = re.compile(_PLAIN)
_MARKUP = compile_on_use(
    r"<(?P<name>script|style|template)\b[^>]*+>.*?(?:</(?P=name)\s*>|\Z)|<!--.*?(?:-->|\Z)|<[/!?a-zA-Z][^>]*+>?|"
    + _PLAIN,
    re.DOTALL | re.IGNORECASE,
)


def locate(page: Page, text: str) -> int | None:
    """Return the byte offset in the page's body at which `text`, a quote of the page, begins; None if it is not there.

    Looks for the letters as they are; then, white space left out and entities decoded, in the text between tags, which
    finds a quote across inline tags and folded lines; then likewise in the whole source, which finds attribute values
    (a description, an `alt`). Takes time linear in the length of the source.
    """
    source = shown(page.source)
    wanted = _SPACE.sub("", text)
    if not wanted:
        return None
    at = source.find(text)
    if at < 0:
        at = _condensed(page, _MARKUP).find(wanted)
    if at < 0:
        at = _condensed(page, _RAW).find(wanted)
    return None if at < 0 else encoded_length(page.source[:at], page.charset)


@dataclass(frozen=True, slots=True)
class _Condensed:
    """A source without white space, entities decoded, in runs: where each begins in `text`, and in the source.

    `decoded` are the beginnings in the source of those runs that stand for an entity.
    """

    text: str
    begins: array[int]
    origins: array[int]
    decoded: frozenset[int]

    def find(self, wanted: str) -> int:
        """Return the offset in the source of the first place that reads `wanted`, or -1."""
        at = self.text.find(wanted)
        if at < 0:
            return -1
        index = bisect_right(self.begins, at) - 1
        origin = self.origins[index]
        return origin if origin in self.decoded else origin + at - self.begins[index]


@lru_cache(maxsize=16)  # the pages of a site: signals and identifiers quote them; 5 MB at most for a page of 2 MB
def _condensed(page: Page, tokens: re.Pattern[str]) -> _Condensed:
    joined: list[str] = []
    begins, origins = array("I"), array("I")
    decoded: set[int] = set()
    length = 0
    for token in tokens.finditer(shown(page.source)):
        if token.lastgroup not in _READ:
            continue
        run = token[0]
        if token.lastgroup == "entity":
            run = _SPACE.sub("", unescape(run))
            decoded.add(token.start())
        if run:
            joined.append(run)
            begins.append(length)
            origins.append(token.start())
            length += len(run)
    return _Condensed("".join(joined), begins, origins, frozenset(decoded))


def trace(quote: Quote, page: Page | None) -> Quote:
    """Return the quote with the digest of its page's body and the byte offset there, if it is from a page."""
    text = quote.text[:200]
    if page is None or not text:
        return quote
    offset = locate(page, text)
    if offset is None and text not in page.text:
        return quote
    return replace(quote, text=text, digest=page.digest, offset=offset)


def trace_all(quotes: Iterable[Quote], by_url: Mapping[str, Page]) -> dict[Quote, Quote]:
    """Return the quotes, each with itself traced: page after page, as few pages are kept ready."""
    return {quote: trace(quote, by_url.get(quote.url)) for quote in sorted(set(quotes), key=lambda quote: quote.url)}
