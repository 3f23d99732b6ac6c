"""Addresses written in text, each disguise undone and named."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pharmcheck.audit.encoded import decoded
from pharmcheck.audit.shapes import shapes
from pharmcheck.reading.mail import JOINT
from pharmcheck.target import has_public_suffix

MAX_WRITTEN = 5_000  # addresses of one text; what holds more is a dump, of which the first ones tell enough
_MAX_TRIED = 100_000  # shapes of one text that may turn out to be no address: two to four seconds
_INVISIBLE = re.compile(
    "[\x00\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a\u202b\u202d\u2060-\u2064\ue000\ufe00-\ufe0f\ufeff]"
)
# An address that is normal as it stands, and nothing beside it, as in lists of links: each other shape would lie inside of it.
_ALONE = re.compile(
    r"https?://(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,3}[a-z]{2,24})/(?:[\w/.=?&-]{0,1900}[\w/=-])?",
    re.ASCII,
)
_BACKWARDS = re.compile("\u202e([^\u202c\n]{3,300})\u202c?")


@dataclass(frozen=True, slots=True)
class Written:
    """An address as someone wrote it: the normal `url`, where it stands, what had to be undone to read it.

    `named` tells that no scheme was written. Names of what is undone: `scheme` (hxxp, none, doubled), `slashes`, `dot`
    ([.], a word), `spaces`, `invisible`, `direction`, `full-width`, `line-break`, `percent`, `idn`, `number` (an IP
    address), `userinfo`, `instruction` ("replace * with a dot"), `base64`, `entities`, `quoted-printable`, `script`.
    """

    url: str
    host: str
    start: int
    end: int
    undone: tuple[str, ...] = ()
    named: bool = False


def find_written(text: str, *, deep: bool = True) -> Iterator[Written]:
    """Yield the addresses in `text`, at most 5,000, as far as its first 100,000 shapes of one go; time is linear in its length.

    With `deep`, what stands encoded inside is decoded and read once more.
    """
    alone = _ALONE.fullmatch(text)
    if alone and "xn--" not in alone["host"] and has_public_suffix(alone["host"]):
        yield Written(text, alone["host"], 0, len(text))
        if deep:
            yield from _inner(text, [(0, len(text))])
        return
    plain, drops = _visible(text)
    taken: list[tuple[int, int]] = []
    count = tried = 0
    for shape in shapes(plain):
        spans: list[tuple[int, int]] = []
        last = 0
        for match in shape.matches:
            tried += 1
            if count >= MAX_WRITTEN or tried > _MAX_TRIED:
                return
            found = None if match.start() < last or _inside(match.start(), taken) else shape.read(match)
            if not found:
                continue
            spans.append((found.start, found.end))
            count, last = count + 1, found.end
            first, final = _origin(found.start, drops), _origin(found.end - 1, drops) + 1
            undone = (*found.undone, *_veils(text[max(0, first - 1) : final]))
            yield Written(found.url, found.host, first, final, tuple(dict.fromkeys(undone)), shape.named)
        taken = sorted(taken + spans)
    if deep:
        yield from _inner(plain, taken)


def _origin(at: int, drops: tuple[int, ...]) -> int:
    return at + bisect_right(drops, at) if drops else at


def _inside(at: int, taken: list[tuple[int, int]]) -> bool:
    found = bisect_right(taken, (at, 1 << 60)) - 1
    return found >= 0 and at < taken[found][1]


def _visible(text: str) -> tuple[str, tuple[int, ...]]:
    """Return text as a reader sees it, and the offsets in it before which something invisible was dropped."""
    if text.isascii() and "\0" not in text:
        return text, ()
    if "\u202e" in text:
        text = _BACKWARDS.sub(lambda m: "\u200e" + m[1][::-1] + ("\u200e" if m[0][-1] == "\u202c" else ""), text)
    wide = unicodedata.normalize("NFKC", text)
    if len(wide) == len(text):
        text = wide
    drops = tuple(match.start() - number for number, match in enumerate(_INVISIBLE.finditer(text)))
    return (_INVISIBLE.sub("", text) if drops else text), drops


def _veils(seen: str) -> Iterator[str]:
    """Yield what hid an address in the text as it stood."""
    if seen.isascii() and "\0" not in seen:
        return
    if JOINT in seen:
        yield "line-break"
    if "\u202e" in seen:
        yield "direction"
    if _INVISIBLE.search(seen.replace(JOINT, "")):
        yield "invisible"
    if unicodedata.normalize("NFKC", seen) != seen:
        yield "full-width"


def _inner(text: str, taken: list[tuple[int, int]]) -> Iterator[Written]:
    """Yield the addresses that stand encoded in a text and were not seen in plain."""
    seen = ""
    for plain, name, start, end in decoded(text):
        if end and _inside(start, taken):
            continue
        seen = seen or "\n".join(text[a:b] for a, b in taken)
        for found in find_written(plain, deep=False):
            if end or found.host not in seen:
                at = start if end else max(text.find(found.host), 0)
                undone = tuple(dict.fromkeys((*found.undone, name)))
                yield Written(found.url, found.host, at, end or at + 1, undone, found.named)
