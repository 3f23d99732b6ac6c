"""Markup made safe for the parser: no NULs, no tag with thousands of attributes, no endless nesting or list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

MAX_DEPTH = 2_000  # lexbor needs time in the square of the depth: 67 ms at 10,000, 5 s at 50,000
MAX_ATTRIBUTES = 1_000  # likewise of the attributes of one tag: 0.8 s at 20,000, over 20 s at 100,000
MAX_OPTIONS = 5_000  # likewise of the options of one select: 0.07 s at 5,000, 7 s at 50,000
MAX_REOPENED = 300_000  # elements that `<p>` may open anew, as `<b>` left open is in each: 0.2 s; 4 million 3.6 s
_LONG_TAG_BYTES = 2 * MAX_ATTRIBUTES

_ATTRIBUTE = rb"""[^ \t\n\r\f/>=]++(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+(?:"[^"]*+"?+|'[^']*+'?+|[^ \t\n\r\f>]*+))?+"""
_USUAL = rb"""(?: [a-z-]++=(?:"[^"]*+"|'[^']*+'))++"""  # what most attributes are, at three quarters of the time
_TAG = re.compile(  # possessive: linear, whatever the quotes
    rb"<[a-zA-Z][^ \t\n\r\f/>]*+(?:%b|[ \t\n\r\f/]++|=|%b)*+" % (_USUAL, _ATTRIBUTE)
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_NO_MARKS = bytes(sign for sign in range(256) if sign not in b"=\"'>")
_HIDDEN_END = re.compile(rb"""="[^">]*>|='[^'>]*>""")
_QUOTED_ENDS = (
    re.compile(rb"""=(?=[ \t\n\r\f]*"([^">]*>[^"]*))"""),
    re.compile(rb"""=(?=[ \t\n\r\f]*'([^'>]*>[^']*))"""),
)
_BEGUN = re.compile(rb"<[a-zA-Z]")
_WHOLE_TAG = re.compile(rb"(<[a-zA-Z][^ \t\n\r\f/<>]*+)[^<>]*+")
_LOOKS = 20  # times the length of the markup
_CLOSING_ITSELF = b"p li dt dd tr td th option tbody thead tfoot"
_OPTION = re.compile(rb"<option\b", re.IGNORECASE)
_FORMATTING = b"b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"  # without `a`: one ends another
_FORMATTED = re.compile(rb"<(?=[bcefinstu])(%b)(?=[ \t\n\r\f/>])" % _FORMATTING, re.IGNORECASE)
_FORMATTING_TAG = re.compile(rb"</?(?:%b)(?![^ \t\n\r\f/<>])[^<>]*+>?" % _FORMATTING, re.IGNORECASE)
_CLOSED_AT_ONCE = re.compile(rb">[^<]*+</([a-z]++)[ \t\n\r\f/>]", re.IGNORECASE)
_LOOKED_AT_BYTES = 300  # of a tag; one that is longer is like no other
_REMEMBERED = 3  # of elements left open that are alike (HTML Standard 13.2.4.3, "Noah's Ark clause")
_VOID = b"area base br col embed hr img input link meta param source track wbr"
_FLAT = frozenset((_CLOSING_ITSELF + b" " + _VOID).split())
_MARK = re.compile(  # a tag with its attributes, or a comment: what looks like a tag inside of it closes nothing
    rb"<(/?)([a-z][^ \t\n\r\f/>]*+)((?:%b|[ \t\n\r\f/]++|=|%b)*+)|<(!--(?:-?+>|.*?(?:--!?>|\Z))|[!?/][^>]*+)"
    % (_USUAL, _ATTRIBUTE),
    re.DOTALL,
)
_OPENING = re.compile(rb"<([a-z][^ \t\n\r\f/>]*+)")
_FLAT_BLOCK = re.compile(
    rb"<(?:/?)(?:div|section|table|ul|ol|dl|blockquote|article|center|fieldset|h[1-6])\b[^<>]*+>?", re.I
)
_OBJECT = re.compile(rb"<object\b", re.IGNORECASE)
_FLAT_DROP = re.compile(
    rb"<(?!/?(?:a|img|title|meta|base|script|style|textarea|input|select|option|form|label|button|br|p|li|td|tr|html|head|body|"
    rb"iframe|embed|frame|noscript|noembed|noframes|xmp)\b|!)"  # these hold text or nothing, and nest in nothing
    rb"/?[a-zA-Z][^<>]*+>?",
    re.I,
)


def tame(markup: str) -> bytes:
    """Return markup in UTF-8 with the same text and links that the parser reads in time linear in its length."""
    tamed = markup.encode("utf-8", "ignore").replace(b"\0", b"")
    begun = tamed.count(b"<")
    if begun > MAX_DEPTH and is_deep(tamed):
        tamed = _OBJECT.sub(b"<embed", _FLAT_BLOCK.sub(b"<br>", tamed))  # which reads the same, and does not nest
        tamed = _FLAT_DROP.sub(b"", tamed).replace(b"<a ", b"</a><a ")
    if begun > MAX_OPTIONS and len(_OPTION.findall(tamed)) > MAX_OPTIONS:
        tamed = _OPTION.sub(b"<br", tamed)
    if begun * begun > MAX_REOPENED and begun * _left_open(tamed, begun) > MAX_REOPENED:
        tamed = _FORMATTING_TAG.sub(b"", tamed)
    return _cut_attributes(tamed)


def _left_open(markup: bytes, begun: int) -> int:
    """Return how many elements like `<b>` and `<font>` may stand open at most, which the parser opens anew in each paragraph."""
    opened = list(_FORMATTED.finditer(markup))
    if begun * len(opened) <= MAX_REOPENED:
        return len(opened)
    alike: Counter[bytes] = Counter()
    left = 0
    for found in opened:
        start = found.start()
        tag = _TAG.match(markup, start, start + _LOOKED_AT_BYTES)
        if tag is None or tag.end() == start + _LOOKED_AT_BYTES:
            left += 1
        else:
            closed = _CLOSED_AT_ONCE.match(markup, tag.end())
            if closed is None or closed[1].lower() != found[1].lower():
                alike[tag[0]] += 1
    return left + sum(min(number, _REMEMBERED) for number in alike.values())


def is_deep(markup: bytes) -> bool:
    """True when more than about MAX_DEPTH elements nest, those that close themselves left out.

    An end tag closes what is open by its name. In a comment or an attribute it closes nothing, but what begins there counts: a
    script may only look like one.
    """
    begun = markup.count(b"<")
    if begun <= 2 * MAX_DEPTH and begun - markup.count(b"</") <= MAX_DEPTH:
        return False  # not so many begin; of more, half do, and to count them is for nothing
    opened: defaultdict[bytes, int] = defaultdict(int)
    depth = 0
    for closes, name, rest, comment in _MARK.findall(markup.lower()):
        if closes:
            if opened[name]:
                opened[name] -= 1
                depth -= 1
        elif name and name not in _FLAT:
            opened[name] += 1
            depth += 1
        if b"<" in (rest or comment):
            for inside in _OPENING.findall(rest or comment):
                opened[inside] += inside not in _FLAT
                depth += inside not in _FLAT
        if depth > MAX_DEPTH:
            return True
    return False


def _cut_attributes(markup: bytes) -> bytes:
    """Drop the attributes of each tag that has more than `MAX_ATTRIBUTES`.

    Read from its own beginning every tag is read as the parser reads it, whatever false quotes stand before it, as in
    `<script>a<b c="</script><p …`. Only what is long between ends that no quote can hide is looked at: left with nothing but
    `= " ' >`, most markup shows at once that quotes hide none. Where all of that costs many times the length of the markup, the
    rest loses its attributes.
    """
    quoted = _HIDDEN_END.search(markup.translate(None, _NO_MARKS))
    pieces: list[bytes] = []
    done, left = 0, _LOOKS * len(markup)
    for start, end in _long_stretches(_without_quoted_ends(markup) if quoted else markup):
        for begun in _BEGUN.finditer(markup, start, end):
            if begun.start() < done:
                continue
            tag = _TAG.match(markup, begun.start())
            left -= len(tag[0]) if tag else 0
            if left < 0:
                return b"".join((*pieces, _WHOLE_TAG.sub(rb"\1", markup[done:])))
            if tag and _is_crowded(tag[0]):
                pieces += (markup[done : tag.start()], tag[0].split(None, 1)[0])
                done = tag.end()
    return b"".join((*pieces, markup[done:])) if pieces else markup


def _without_quoted_ends(markup: bytes) -> bytes:
    """Return markup of the same length, a blank for each `>` that stands behind a `=` and a quote not closed before it."""
    shown = bytearray(markup)
    for quoted in _QUOTED_ENDS:
        for value in quoted.finditer(markup):
            first, last = value.span(1)
            shown[first:last] = shown[first:last].replace(b">", b" ")
    return bytes(shown)


def _long_stretches(markup: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the stretches without `>` that are long enough for a crowded tag begin and end."""
    start = 0
    while len(markup) - start >= _LONG_TAG_BYTES:
        end = markup.rfind(b">", start, start + _LONG_TAG_BYTES)
        if end < 0:
            end = markup.find(b">", start + _LONG_TAG_BYTES)
            end = end if end >= 0 else len(markup)
            yield start, end
        start = end + 1


def _is_crowded(tag: bytes) -> bool:
    return len(tag) >= _LONG_TAG_BYTES and len(_ATTRIBUTES.findall(tag)) > MAX_ATTRIBUTES
