"""Markup made safe for the parser: no NULs, no tag with thousands of attributes, no endless nesting or list."""

from __future__ import annotations

import re

MAX_DEPTH = 2_000  # lexbor needs time in the square of the depth: 67 ms at 10,000, 5 s at 50,000
MAX_ATTRIBUTES = 1_000  # likewise of the attributes of one tag: 0.8 s at 20,000, over 20 s at 100,000
MAX_OPTIONS = 5_000  # likewise of the options of one select: 0.07 s at 5,000, 7 s at 50,000
_LONG_TAG_CHARS = 2 * MAX_ATTRIBUTES

_ATTRIBUTE = r"""[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s>]*+))?+"""
_TAG = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:[\s/]++|=|{_ATTRIBUTE})*+")  # possessive: linear, whatever the quotes
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_NESTING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_CLOSING_ITSELF = "p li dt dd tr td th option tbody thead tfoot"
_OPTION = re.compile(r"<option\b", re.IGNORECASE)
_VOID = "area base br col embed hr img input link meta param source track wbr"
_FLAT = frozenset(f"{_CLOSING_ITSELF} {_VOID}".split())
_FLAT_BLOCK = re.compile(
    r"<(?:/?)(?:div|section|table|ul|ol|dl|blockquote|article|center|fieldset|h[1-6])\b[^<>]*+>?", re.I
)
_FLAT_DROP = re.compile(
    r"<(?!/?(?:a|img|title|meta|base|script|style|textarea|input|select|option|form|label|button|br|p|li|td|tr|html|head|body)\b|!)"
    r"/?[a-zA-Z][^<>]*+>?",
    re.I,
)


def tame(markup: str) -> str:
    """Return markup with the same text and links that the parser reads in time linear in its length."""
    markup = markup.replace("\0", "")
    if markup.count("<") > MAX_DEPTH and _depth(markup) > MAX_DEPTH:
        markup = _FLAT_DROP.sub("", _FLAT_BLOCK.sub("<br>", markup)).replace("<a ", "</a><a ")
    if markup.count("<") > MAX_OPTIONS and len(_OPTION.findall(markup)) > MAX_OPTIONS:
        markup = _OPTION.sub("<br", markup)
    return _cut_attributes(markup)


def _depth(markup: str) -> int:
    """Return about how deep elements nest at most, those that close themselves left out."""
    opened, closed = markup.count("<"), markup.count("</")
    if opened - closed <= MAX_DEPTH and opened <= 2 * MAX_DEPTH:
        return 0
    depth = deepest = 0
    for closing, name in _NESTING.findall(markup):
        if name.lower() not in _FLAT:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _cut_attributes(markup: str) -> str:
    """Drop the attributes of each tag that has more than `MAX_ATTRIBUTES`."""
    if max(map(len, _TAG.findall(markup)), default=0) < _LONG_TAG_CHARS:
        return markup
    return _TAG.sub(_cut, markup)


def _cut(tag: re.Match[str]) -> str:
    if len(tag[0]) < _LONG_TAG_CHARS or sum(1 for _ in _ATTRIBUTES.finditer(tag[0])) <= MAX_ATTRIBUTES:
        return tag[0]
    return tag[0].split(None, 1)[0]
