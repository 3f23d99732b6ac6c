"""Lists of warning signs: below "Do not buy from a website which:" a line tells what others do, and so does one that is a quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pharmcheck.model import Mention, Offer, Page, Rung, Stance
from pharmcheck.reading.asking import read_forms
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.ways_to_buy import takes_orders_by_messenger

_WARNS = frozenset({"warning-voice", "regulator-voice"})
_TAKEN = frozenset({Rung.UPLOAD, Rung.E_PRESCRIPTION, Rung.CONSULTATION})
_SELLER = frozenset({"seller-voice", "order-call"})
_SIGN = r"(?:[-–—*•·・▪●■✗✘❌⚠☐□]|\d{1,2}[.)）]|[a-z]\))"
_MARK = re.compile(rf"\s*{_SIGN}")
_HEAD_ENDS = (":", "：")
_HEAD_WORDS = 14  # a heading without a colon is short
_BARE = 120  # characters of an item without a mark below such a heading, which is no sentence
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？")
_MOST_LINES = 15
_LONGEST = 240  # characters of an item
_PARTED = 2  # semicolons that make a line a list by itself
# Items that are quotations and nothing else: what those say of whom the list tells. Without a mark there must be two in a row,
# for a single one may be a buyer's praise.
_MARKS = '"“„«‹「『'
_QUOTE = f"[{_MARKS}]" + r"[^\n\"“”„«»「」『』]{3,160}[\"”“»›」』][.,;、。]?"
_QUOTATION = rf"(?:\s*{_QUOTE})+[ \t]*$"
_INDENT = r"[^\S\n]*"  # no empty lines: from each of thousands the search would run over all that follow
_QUOTED_ITEM = compile_on_use(
    rf"^{_INDENT}{_SIGN}{_QUOTATION}|^{_INDENT}{_QUOTE}(?:\s*{_QUOTE})*[ \t]*$(?:\n{_QUOTATION})+", re.MULTILINE
)


def spare_warned_lists(page: Page, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions of a page; those in a list below a warning, on a page whose title warns, or in an item that is but a
    quotation, are LISTED.

    Where a seller speaks of itself among the lines, it is no list: whoever warns of others does not say `our pharmacy`.
    """
    own = [m.start for m in mentions if m.concept in _SELLER and m.stance is Stance.ASSERTED]
    lists = (_items(page.text, m.start) for m in mentions if m.concept in _WARNS)
    listed = [span for spans in lists if not _any_in(own, spans) for span in spans]
    if not own and any(m.concept in _WARNS and m.start < len(page.title) for m in mentions):
        listed.append((len(page.title), len(page.text)))  # the title warns: all of the page is about others
    if any(mark in page.text for mark in _MARKS):
        listed += [match.span() for match in _QUOTED_ITEM.finditer(page.text)]
    if not listed:
        return tuple(mentions)
    return tuple(
        replace(m, stance=Stance.LISTED)
        if m.stance is Stance.ASSERTED and m.concept not in _WARNS and _any_in((m.start,), listed)
        else m
        for m in mentions
    )


def _any_in(places: Sequence[int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for place in places for start, end in spans)


def restore(mentions: Sequence[Mention], offers: Sequence[Offer], pages: Sequence[Page]) -> tuple[Mention, ...]:
    """Return the mentions as they count: on a site that offers prescription medicines, or takes orders by messenger where people
    arrive, no list is about others.

    Otherwise a heading of warning, put above a shop's own promises, would unsay them. A pharmacy that takes prescriptions may
    warn, on pages where nothing goes into a cart.
    """
    selling = [o for o in offers if o.order and o.price and o.medicine.prescription_only]
    if not selling and not takes_orders_by_messenger(mentions):
        return tuple(mentions)
    takes = any(statement.rung in _TAKEN for page in pages for statement in read_forms(page))
    shelves = {id(o.page) for o in selling}
    return tuple(
        replace(m, stance=Stance.ASSERTED)
        if m.stance is Stance.LISTED and not (takes and id(m.page) not in shelves)
        else m
        for m in mentions
    )


def _items(text: str, at: int) -> list[tuple[int, int]]:
    """Return the bounds of the items of the list whose heading is the line at `at`, none where it heads no list."""
    end = text.find("\n", at)
    start = text.rfind("\n", 0, at) + 1
    if end < 0:
        return []
    head = text[start:end].rstrip()
    colon = head.endswith(_HEAD_ENDS)
    if not colon and len(head.split(maxsplit=_HEAD_WORDS)) > _HEAD_WORDS:  # which may be a megabyte
        return []
    found: list[tuple[int, int]] = []
    for _ in range(_MOST_LINES):
        start, end = end + 1, text.find("\n", end + 1)
        end = end if end >= 0 else len(text)
        line = text[start:end].strip()
        marked = _MARK.match(line) is not None
        if not line and not found and start < len(text):
            continue
        if not found and not colon and line.endswith(_HEAD_ENDS) and len(line) <= _LONGEST:
            colon = True  # `Do not buy where you read:` below the heading
            continue
        bare = len(line) <= _BARE and not line.endswith(_SENTENCE_ENDS)
        if line.count(";") >= _PARTED and len(line) <= _LONGEST and not found:
            return [(start, end)]
        if not line or len(line) > _LONGEST or line.endswith(_HEAD_ENDS) or not (marked or colon or bare):
            break
        found.append((start, end))
        if end == len(text):
            break
    return found if len(found) > 1 else []
