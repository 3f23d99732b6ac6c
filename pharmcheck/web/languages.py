"""The languages of the form: catalogues, and what a browser says of its reader's language and country.

A report is written in English once, and that is what its JSON says. For a reader its finished sentences are looked up
in the catalogue: a msgid may hold `{places}`, and then stands for every sentence of that shape.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pharmcheck import law

LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
# Whose language says where its reader most likely buys, if the browser names no country.
_HOME = {"de": "DE", "fr": "FR", "es": "ES"}
_PLACE = re.compile(r"\{(\w+)\}")
# How sentences were put together, the loosest joint first: one after another, in brackets behind another, by a semicolon.
_JOINTS = tuple(map(re.compile, (r"((?<=[a-z0-9)]\.) (?=[A-Z]))", r"( \((?=[^()]+\)\Z)|\)\Z)", r"(; )")))
_DAY = re.compile(r"\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})\b")
# How a number is written (CLDR): what parts thousands, and what decimals. Only what stands in these places is a number of ours.
_MARKS = {"de": str.maketrans(",.", ".,"), "fr": str.maketrans(",.", "\u202f,"), "es": str.maketrans(",.", ".,")}
_NUMBERS = frozenset(("count", "size", "seconds", "strength", "most", "price"))
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?: [A-Z]{3})?")  # a price with its currency
_LONGEST = 1_000  # no sentence of ours is longer


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A message with places. `head` begins it; each of `places` is a name and what stands behind it, the last at the end.

    Each is sought once, from left to right, and never gone back on: names that strangers chose stand in the places, and
    must not make the search slow.
    """

    start: str
    longest: str  # piece between places: where it is not in a sentence, nothing need be sought
    head: re.Pattern[str]
    places: tuple[tuple[str, re.Pattern[str]], ...]
    said: str

    def filled(self, text: str) -> dict[str, str] | None:
        """Return what stands in the places of a sentence of this shape, None for another."""
        if not text.startswith(self.start) or self.longest not in text or not (found := self.head.match(text)):
            return None
        parts, end = found.groupdict(), found.end()
        for name, behind in self.places:
            if not (found := behind.search(text, end + 1)):  # no place is empty
                return None
            parts |= {name: text[end : found.start()], **found.groupdict()}
            end = found.end()
        return parts


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """What English becomes in one language; what it does not hold stays English."""

    language: str
    messages: Mapping[str, str]
    shapes: tuple[Shape, ...]

    def say(self, message: str, **values: object) -> str:
        """Return a message of ours with its places filled."""
        said = self.messages.get(message, message)
        return said.format(**values) if values else said

    def tell(self, text: str) -> str:
        """Return a finished sentence of a report; in what it quotes, only words of ours are looked up."""
        for spelling in (text, text[:1].upper() + text[1:]):  # a title stands in other sentences in lower case
            if spelling in self.messages:
                return self.messages[spelling]
        if len(text) > _LONGEST:
            return text
        for shape in self.shapes:
            if (parts := shape.filled(text)) is not None:
                return shape.said.format(**{name: self._fill(name, part) for name, part in parts.items()})
        for joint in _JOINTS:
            if len(joined := joint.split(text)) > 1:
                return "".join(part if n % 2 else self.tell(part) for n, part in enumerate(joined))
        return _DAY.sub(lambda m: f"{m[1]} {self.say(m[2])} {m[3]}", text)

    def _fill(self, place: str, part: str) -> str:
        """Return what stands in a place of a sentence, a number as the language writes it."""
        if place in _NUMBERS and _NUMBER.fullmatch(part):
            return part.translate(_MARKS.get(self.language, {}))
        return self.tell(part)


@cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of one of LANGUAGES."""
    messages = dict(read_po((files("pharmcheck.web") / "locale" / f"{language}.po").read_text("utf-8")))
    with_places = sorted(
        filter(_PLACE.search, messages), key=lambda m: -len(_PLACE.sub("", m))
    )  # the most particular first
    return Catalogue(language, messages, tuple(_shape(m, messages[m]) for m in with_places))


def read_po(text: str) -> Iterator[tuple[str, str]]:
    """Yield the msgids and msgstrs of a gettext catalogue, without plural forms and contexts; ValueError for others.

    Read here because `gettext` reads only compiled catalogues, and does not tell which messages they hold.
    """
    parts: dict[str, str] = {}
    keyword = ""
    for number, line in enumerate((*text.splitlines(), 'msgid ""'), 1):
        found = re.fullmatch(r'(?:(msgid|msgstr) )?(".*")', line.strip())
        if not line.strip() or line.startswith("#"):
            continue
        if not found:
            raise ValueError(f"line {number} of the catalogue is not understood: {line!r}")
        if found[1] == "msgid" and parts:
            if parts["msgid"] and parts.get("msgstr"):
                yield parts["msgid"], parts["msgstr"]
            parts = {}
        keyword = found[1] or keyword
        parts[keyword] = parts.get(keyword, "") + ast.literal_eval(found[2])


def preferred(accept: str, asked: str = "") -> str:
    """Return the language to answer in: the one asked for, else the best of Accept-Language, else English."""
    if asked in LANGUAGES:
        return asked
    tags = (tag.partition("-")[0] for tag in _tags(accept))
    return next((tag for tag in tags if tag in LANGUAGES), "en")


def guessed_country(accept: str) -> str:
    """Return the country that Accept-Language points to, "" where it points to none."""
    for tag in _tags(accept):
        language, _, region = tag.partition("-")
        country = region.rpartition("-")[2].upper() or _HOME.get(language, "")
        if country in law.countries():
            return country
    return ""


def _tags(accept: str) -> list[str]:
    """Return the tags of Accept-Language in lower case, the most wanted first (RFC 9110, section 12.5.4)."""
    found = re.findall(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?", accept[:500])
    return [tag.lower() for tag, q in sorted(found, key=lambda f: -float(f[1] or 1)) if float(q or 1) > 0]


def _shape(message: str, said: str) -> Shape:
    """Return the shape of a message; a `{count}` holds digits, so that it is found together with what surrounds it."""
    start, *rest = _PLACE.split(message)
    units = [("", re.escape(start))]
    for place, literal in zip(rest[::2], rest[1::2], strict=True):
        if place == "count":
            units[-1] = (units[-1][0], rf"{units[-1][1]}(?P<count>\d[\d,]*){re.escape(literal)}")
        else:
            units.append((place, re.escape(literal)))
    units[-1] = (units[-1][0], rf"{units[-1][1]}\Z")
    (_, head), *places = units
    behind = tuple((name, re.compile(unit)) for name, unit in places)
    return Shape(start, max((start, *rest[1::2]), key=len), re.compile(head), behind, said)
