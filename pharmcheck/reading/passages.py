"""Where on a page an operator's particulars are sought, and quotes for those that are not in its visible text."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Page, Quote
from pharmcheck.reading.lines import Span

# Pages that carry particulars anywhere; of others the head and the foot are read, where shops repeat theirs.
_WHOLE = frozenset(
    ("home", "pasted", "contact", "about", "terms", "prescription", "faq", "privacy", "shipping", "returns")
)
_HEAD_CHARS, _FOOT_CHARS = 1_500, 4_000


def spans(page: Page) -> Iterator[Span]:
    """Yield the stretches of the page's text in which particulars are sought, in order, not overlapping."""
    length = len(page.text)
    if page.role in _WHOLE or length <= _HEAD_CHARS + _FOOT_CHARS:
        yield Span(0, length)
    else:
        yield Span(0, _HEAD_CHARS)
        yield Span(length - _FOOT_CHARS, length)


def quote_of(page: Page, text: str, note: str = "") -> Quote:
    """Return a quote of `text` from the page's visible text, or, where it is not visible, from its source."""
    at = page.text.find(text)
    return page.quote(at, at + len(text), note) if at >= 0 else Quote(page.url, text[:200], note, page.digest)
