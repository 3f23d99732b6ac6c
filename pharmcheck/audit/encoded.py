"""Text that stands encoded inside text: base64, escaped markup, percent signs, quoted-printable."""

from __future__ import annotations

import html
import quopri
import re
from collections.abc import Iterator
from urllib.parse import unquote

from pharmcheck.redirectors import unbase64

_BASE64 = re.compile(r"(?<![\w+/])(?:aHR0c|d3d3L)[\w+/-]{6,2000}={0,2}|(?<=;base64,)[\w+/-]{8,20000}={0,2}")
_BASE64_SIGNS = ("aHR0c", "d3d3L", ";base64,")  # "http", "www.", and what data: addresses say
_ENTITY = re.compile(r"&(?:#\d{2,7};|#x[0-9a-f]{2,6};|lt;/?[a-z]|period;|colon;|sol;)", re.IGNORECASE)
_PERCENT = re.compile(r"(?<![\w%])(?:https?%3a(?:%2f|/){2}|%68%74%74%70)[^\s\"'<>]{3,2000}", re.IGNORECASE)
_QUOTED = re.compile(r"=3D[\"']?\s?(?:h|www)|https?(?::|=3A)(?:/|=2F){2}\S{0,200}=(?:3D|2E|2F|2D|\r?\n)", re.IGNORECASE)


def decoded(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield (what it says, the name of the coding, start, end) of what is encoded in `text`.

    Escaped markup and quoted-printable run through a whole text: then `end` is 0, and the place is not known.
    """
    for match in _BASE64.finditer(text) if any(sign in text for sign in _BASE64_SIGNS) else ():
        yield unbase64(match[0]), "base64", match.start(), match.end()
    for match in _PERCENT.finditer(text) if "%" in text else ():
        yield unquote(match[0]), "percent", match.start(), match.end()
    if "&" in text and _ENTITY.search(text):
        yield html.unescape(text), "entities", 0, 0
    if ("=3" in text or "=2" in text or "=\n" in text) and _QUOTED.search(text):
        plain = quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")
        yield plain, "quoted-printable", 0, 0
