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
_CLOSING_ITSELF = "p li dt dd tr td th option tbody thead tfoot"
_OPTION = re.compile(r"<option\b", re.IGNORECASE)
_VOID = "area base br col embed hr img input link meta param source track wbr"
_FLAT = "|".join(f"{_CLOSING_ITSELF} {_VOID}".split())
_NESTING = re.compile(rf"</?(?!(?:{_FLAT})(?![a-zA-Z0-9:-]))[a-zA-Z]", re.IGNORECASE | re.ASCII)
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
    if markup.count("<") - markup.count("</") <= MAX_DEPTH:
        return 0  # not so many begin
    depth = deepest = 0
    for tag in _NESTING.findall(markup):
        if len(tag) == 2:
            depth += 1
            if depth > deepest:  # noqa: PLR1730 - max() doubles the time of the loop
                deepest = depth
        elif depth:
            depth -= 1
    return deepest


def _cut_attributes(markup: str) -> str:
    """Drop the attributes of each tag that has more than `MAX_ATTRIBUTES`."""
    tags = _TAG.findall(markup)
    if max(map(len, tags), default=0) < _LONG_TAG_CHARS or not any(map(_is_crowded, tags)):
        return markup
    return _TAG.sub(_cut, markup)


def _is_crowded(tag: str) -> bool:
    return len(tag) >= _LONG_TAG_CHARS and len(_ATTRIBUTES.findall(tag)) > MAX_ATTRIBUTES


def _cut(tag: re.Match[str]) -> str:
    return tag[0].split(None, 1)[0] if _is_crowded(tag[0]) else tag[0]
