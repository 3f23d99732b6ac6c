"""Make text from a site harmless to show: no control sequences, no bidi tricks, no links that can be clicked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import accumulate

# ECMA-48: OSC, DCS, SOS, PM and APC strings up to their terminator; CSI sequences; other two-byte escapes.
_ANSI = re.compile(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]?"
)
_JOINERS = "\u200c\u200d"  # Persian and Indic scripts need them inside words
_MARKS = 3  # combining marks in a row: Vietnamese and Hebrew need up to three, a smear of them hides other lines
_SCHEME = re.compile(r"\bhttp(s?)(?=:/)", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"(?<!hxxp)(?<!hxxps)://")
_WWW = re.compile(r"\bwww\.", re.IGNORECASE)


def clean(text: str) -> str:
    """Return `text` on one line, without escape sequences, control, bidi, invisible and unprintable characters."""
    if text.isascii() and text.isprintable():  # most of what is shown, and nothing in it needs a look
        return " ".join(text.split())
    kept: list[str] = []
    marks = 0
    for char in _ANSI.sub(" ", text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MARKS:
            continue
        if category in ("Cc", "Zl", "Zp", "Zs"):
            kept.append(" ")
        elif category in ("Cs", "Co", "Cn"):
            kept.append("\ufffd")
        elif category != "Cf" or char in _JOINERS:
            kept.append(char)
    return " ".join("".join(kept).split())


def defang(address: str) -> str:
    """Return a URL, host or domain that no program turns into a link: `hxxps://pills[.]example/a`."""
    address = clean(address)
    start = address.find("://") + 3 if "://" in address else 0
    host, slash, path = address[start:].partition("/")
    return unlinked(address[:start]) + host.replace(".", "[.]") + slash + unlinked(path)


def spoken(text: str, domains: Iterable[str] = ()) -> str:
    """Return a site's own words, clean, with every URL in them and every name of `domains` defanged."""
    text = unlinked(clean(text))
    for domain in filter(None, domains):
        split = domain.replace(".", "[.]").replace("\\", r"\\")  # a backslash means something where it is put in
        text = re.sub(re.escape(domain), split, text, flags=re.IGNORECASE)
    return text


def within(host: str, domain: str) -> bool:
    """True when `host` is `domain` or lies under it."""
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def cells(text: str) -> int:
    """Count the terminal columns of clean `text`: East Asian wide characters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def shortened(text: str, columns: int) -> str:
    """Return `text`, cut with an ellipsis where it is wider than `columns`."""
    if cells(text) <= columns:
        return text
    end = sum(used <= columns - 2 for used in accumulate(map(cells, text)))
    return f"{text[:end].rstrip()} …"


def unlinked(text: str) -> str:
    """Return `text` with every URL and `www.` in it written so that no program takes it for a link."""
    return _WWW.sub("www[.]", _OTHER_SCHEME.sub("[:]//", _SCHEME.sub(r"hxxp\1", text)))
