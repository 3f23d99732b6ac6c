"""Where a quote begins in the bytes of the body that its page was read from."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from html import unescape

from pharmcheck.model import Page, Quote
from pharmcheck.reading.decode import encoded_length, shown

_UNSEEN = "\\s\x00-\x1f\x7f-\x9f"  # white space is folded and control characters are dropped in a page's text
_SPACE = re.compile(f"[{_UNSEEN}]+")
_ENTITY = r"&(?:\#\d{1,8}|\#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?"
_PLAIN = rf"[{_UNSEEN}]+|(?P<entity>{_ENTITY})|(?P<run>[^<&{_UNSEEN}]++|.)"
_RAW = re.compile(_PLAIN)
_MARKUP = re.compile(
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
        at = _find_condensed(source, wanted, _MARKUP)
    if at < 0:
        at = _find_condensed(source, wanted, _RAW)
    return None if at < 0 else encoded_length(page.source[:at], page.charset)


def _find_condensed(source: str, wanted: str, tokens: re.Pattern[str]) -> int:
    """Return the offset in `source` of the first place whose runs and entities, joined, read `wanted`, or -1."""
    joined: list[str] = []
    begins: list[int] = []  # for each run, where it begins in the joined text, and in the source
    origins: list[int] = []
    length = 0
    for token in tokens.finditer(source):
        run = token["run"] or (_SPACE.sub("", unescape(token["entity"])) if token["entity"] else "")
        if run:
            joined.append(run)
            begins.append(length)
            origins.append(token.start())
            length += len(run)
    at = "".join(joined).find(wanted)
    if at < 0:
        return -1
    index = bisect_right(begins, at) - 1
    inside = at - begins[index] if not source.startswith("&", origins[index]) else 0
    return origins[index] + inside


def trace(quote: Quote, page: Page | None) -> Quote:
    """Return the quote with the digest of its page's body and the byte offset there, if it is from a page."""
    text = quote.text[:200]
    if page is None or not text:
        return quote
    offset = locate(page, text)
    if offset is None and text not in page.text:
        return quote
    return replace(quote, text=text, digest=page.digest, offset=offset)
