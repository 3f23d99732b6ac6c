"""Where a quote begins in the bytes of the body that its page was read from."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import chain

from pharmcheck.model import Page, Quote
from pharmcheck.reading.decode import encoded_length, shown
from pharmcheck.reading.on_use import compile_on_use

_UNSEEN = "\\s\x00-\x1f\x7f-\x9f"  # white space is folded and control characters are dropped in a page's text
_SPACE = re.compile(f"[{_UNSEEN}]+")
_ENTITY = r"&(?:\#\d{1,8}|\#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?"
_ENTITY_SIGN = re.compile(_ENTITY)
_TOKEN = re.compile(rf"(?P<run>[^<&{_UNSEEN}]++)|(?P<entity>{_ENTITY})|[<&]")
_MARKUP = compile_on_use(
    r"<(?P<name>script|style|template)\b[^>]*+>.*?(?:</(?P=name)\s*>|\Z)|<!--.*?(?:-->|\Z)|<[/!?a-zA-Z][^>]*+>?",
    re.DOTALL | re.IGNORECASE,
)
_PIECE = 2_000  # characters; in a piece a place is counted off


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
        at = _condensed(page, None).find(wanted)
    return None if at < 0 else encoded_length(page.source[:at], page.charset)


@dataclass(frozen=True, slots=True)
class _Condensed:
    """A source without white space, entities decoded, in pieces: where each begins in `text`, and in the source."""

    source: str
    text: str
    begins: array[int]
    origins: array[int]

    def find(self, wanted: str) -> int:
        """Return the offset in the source of the first place that reads `wanted`, or -1."""
        at = self.text.find(wanted)
        if at < 0:
            return -1
        index = bisect_right(self.begins, at) - 1
        left = at - self.begins[index]  # letters before it in its piece
        for token in _TOKEN.finditer(self.source, self.origins[index]):
            is_entity = token.lastgroup == "entity"
            length = len(_decoded(token) if is_entity else token[0])
            if left < length:
                return token.start() + (0 if is_entity else left)
            left -= length
        raise AssertionError("a place in the text stands in its source")


@lru_cache(maxsize=16)  # the pages of a site: signals and identifiers quote them; 5 MB at most for a page of 2 MB
def _condensed(page: Page, markup: re.Pattern[str] | None) -> _Condensed:
    """Return the source of a page without white space and without what `markup` matches, entities decoded.

    Piece by piece, not word by word: both readings of a page of 20 KB took 1.6 ms, now 0.7.
    """
    source = shown(page.source)
    joined: list[str] = []
    begins, origins = array("I"), array("I")
    length = 0
    for start, end in _pieces(source, markup):
        piece = source[start:end]
        if "&" in piece:
            piece = _ENTITY_SIGN.sub(_decoded, piece)
        if run := _SPACE.sub("", piece):
            joined.append(run)
            begins.append(length)
            origins.append(start)
            length += len(run)
    return _Condensed(source, "".join(joined), begins, origins)


def _decoded(entity: re.Match[str]) -> str:
    return _SPACE.sub("", unescape(entity[0]))


def _pieces(source: str, markup: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    """Yield the bounds of what stands between markup, in pieces that are not long and cut no entity."""
    start = 0
    for found in chain(markup.finditer(source) if markup else (), (None,)):
        end = found.start() if found else len(source)
        while end - start > _PIECE:
            cut = max(source.rfind(" ", start, start + _PIECE), source.rfind("&", start, start + _PIECE))
            cut = cut if cut > start else start + _PIECE
            yield start, cut
            start = cut
        if end > start:
            yield start, end
        start = found.end() if found else end


def trace(quote: Quote, page: Page | None) -> Quote:
    """Return the quote with the digest of its page's body and the byte offset there, if it is from a page."""
    text = quote.text[:200]
    if page is None or not text:
        return quote
    offset = locate(page, text)
    if offset is None and text not in page.text:
        return quote
    return Quote(quote.url, text, quote.note, page.digest, offset)


def trace_all(quotes: Iterable[Quote], by_url: Mapping[str, Page]) -> dict[Quote, Quote]:
    """Return the quotes, each with itself traced: page after page, as few pages are kept ready."""
    return {quote: trace(quote, by_url.get(quote.url)) for quote in sorted(set(quotes), key=lambda quote: quote.url)}
