"""Labels of host names as they look: punycode read, accents dropped, letters of other scripts and digits as the letters they resemble."""

from __future__ import annotations

import unicodedata

from pharmcheck.reading.disguise import LOOKALIKE, skeleton

# Letters that accents do not explain, and pairs that read as one letter.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("ıɩ", "i"),
        **dict.fromkeys("ɑα", "a"),
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ħ": "h",
        "ŧ": "t",
        "ɡ": "g",
        "ƅ": "b",
    }
)
_PAIRS = (("rn", "m"), ("vv", "w"))


def unicode_label(label: str) -> str:
    """Return a label with its punycode read; as it is where that is broken or there is none."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def plain_label(label: str) -> str:
    """Return a label in plain small letters: punycode read, accents dropped, letters of other scripts as they look."""
    if label.isascii() and not label.startswith("xn--"):
        return label
    marked = unicodedata.normalize("NFKD", unicode_label(label).lower())
    return "".join(c for c in marked if not unicodedata.combining(c)).translate(LOOKALIKE).translate(_LETTERS)


def shape_of(joined: str) -> str:
    """Return what a hurried eye sees: digits as the letters that they resemble, `rn` as `m`."""
    for pair, letter in _PAIRS:
        joined = joined.replace(pair, letter)
    return skeleton(joined)
