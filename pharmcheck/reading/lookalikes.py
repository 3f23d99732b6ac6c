"""Hosts made to look like a known pharmacy's: swapped letters, a slip of the finger, added words, another ending."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from pharmcheck.model import Resemblance, Target
from pharmcheck.reading.alike import one_slip_apart
from pharmcheck.reading.label_shapes import plain_label, shape_of
from pharmcheck.reading.trade_words import only_trade_words, own_part
from pharmcheck.target import registrable_domain

# Shorter names are met by chance: of the known names, each taken out in turn, only kin are like another (tests).
_SWAPPED, _TURNED, _SLIPPED = 5, 6, 8  # letters of a name that may be disguised, turned round, or mistyped
_ADDED_TO, _ADDED_TO_LISTED = 6, 10  # letters of a name to which words were added; of a name that only a register gives
_OTHER_ENDING, _OTHER_ENDING_LISTED = 6, 9
_SUBDOMAIN = 6  # signs of a whole domain that stands before another one
_MOST_CHARS = 63  # of a label (RFC 1035)
# Endings of countries that are sold to everybody; chains own the others of the countries where they trade.
_OPEN_ENDINGS = frozenset(["su", "cc", "ws", "to", "tk", "ml", "ga", "cf", "gq", "pw", "cm", "la", "nu", "st"])


@dataclass(frozen=True, slots=True)
class KnownName:
    """A pharmacy's name and domain.

    `protect` says what is protected: `name` (a name of its own, however it is used), `listed` (a register's entry: the
    name may be shared by honest namesakes), `host` (an ordinary word or surname: only the whole domain and disguised
    letters), or "" (nothing: the domain is but known not to be an imitation).
    """

    name: str
    domain: str
    protect: str


@dataclass(frozen=True, slots=True, eq=False)
class KnownNames:
    """Known names, indexed so that one look-up costs some microseconds, however many names there are."""

    domains: dict[str, KnownName] = field(default_factory=dict)
    labels: dict[str, KnownName] = field(default_factory=dict)
    shapes: dict[str, KnownName] = field(default_factory=dict)
    halves: dict[tuple[int, int, str], list[str]] = field(default_factory=dict)
    endings: dict[str, set[str]] = field(default_factory=dict)

    def like(self, target: Target) -> Resemblance | None:
        """Return the known name that the target's host imitates and how, None for its own domain and for no likeness."""
        if target.domain in self.domains or _is_address(target.domain):
            return None
        label, _, ending = target.domain.partition(".")
        name = plain_label(label)
        return (
            self._before(target)
            or self._disguised(label, name)
            or self._other_ending(name, ending)
            or self._with_words(name)
            or self._mistyped(name)
        )

    def _before(self, target: Target) -> Resemblance | None:
        """`walgrove.com.shop.example`, `walgrove-com.example`."""
        parts = target.host.removesuffix(target.domain).rstrip(".").split(".")
        for start in range(len(parts)):
            for end in range(start + 2, len(parts) + 1):
                known = self.domains.get(".".join(parts[start:end]))
                if known and known.protect and len(known.domain) >= _SUBDOMAIN:
                    return _resemblance(known, "subdomain")
        pieces = target.domain.partition(".")[0].removeprefix("www-").split("-")
        for end in range(2, len(pieces) + 1):
            known = self.domains.get(".".join(pieces[:end]))
            if known and known.protect and not only_trade_words("".join(pieces[: end - 1])):
                return _resemblance(known, "subdomain")
        return None

    def _disguised(self, label: str, name: str) -> Resemblance | None:
        """`waIgrove`, `wa1grove`, `wal-grove`: other letters of the same shape, or hyphens between."""
        joined = name.replace("-", "")
        known = self.shapes.get(shape_of(joined))
        if known is None or len(joined) < _SWAPPED:
            return None
        own = plain_label(known.domain.partition(".")[0])
        if own.replace("-", "") != joined or (own == name and own != label):
            return _resemblance(known, "letters")
        if own != name and known.protect == "name" and len(joined) >= _ADDED_TO:
            return _resemblance(known, "hyphens")
        return None

    def _other_ending(self, name: str, ending: str) -> Resemblance | None:
        known = self.labels.get(name.replace("-", ""))
        if known is None or known.protect not in ("name", "listed") or len(self.endings[name.replace("-", "")]) > 1:
            return None
        last = ending.rpartition(".")[2]
        floor = 4 if last in _OPEN_ENDINGS else _OTHER_ENDING if known.protect == "name" else _OTHER_ENDING_LISTED
        general = len(last) > 2 or last in _OPEN_ENDINGS
        return _resemblance(known, "ending") if general and len(name) >= floor else None

    def _with_words(self, name: str) -> Resemblance | None:
        """`walgrove-store`, `buywalgroveonline24`: the whole name, and words of the trade around it."""
        joined = name.replace("-", "")[:_MOST_CHARS]
        for start in range(len(joined) - _ADDED_TO + 1):
            for end in range(len(joined), start + _ADDED_TO - 1, -1):
                known = self.labels.get(joined[start:end]) if end - start < len(joined) else None
                if known is None or known.protect not in ("name", "listed"):
                    continue
                if known.protect == "listed" and end - start < _ADDED_TO_LISTED:
                    continue
                if only_trade_words(joined[:start]) and only_trade_words(joined[end:]):
                    return _resemblance(known, "words")
        return None

    def _mistyped(self, name: str) -> Resemblance | None:
        """`walgrvoe`, `walgroove`: one slip of the finger."""
        joined = name.replace("-", "")[:_MOST_CHARS]
        if len(joined) < _TURNED or only_trade_words(joined):
            return None
        for near in self._near(joined):
            known = self.labels[near]
            turned = len(near) == len(joined) and sorted(near) == sorted(joined)
            long_enough = len(near) >= _SLIPPED or (turned and known.protect == "name")
            if _with_a_letter(*sorted((near, joined), key=len)):
                continue
            if long_enough and near != joined and one_slip_apart(near, joined):
                return _resemblance(known, "typing")
        return None

    def _near(self, joined: str) -> Iterator[str]:
        """Yield names of which one half stands in place: one slip cannot spoil both, but where it turns the middle round."""
        size = len(joined)
        for length in (size, size + 1, size - 1):
            half = length // 2
            yield from self.halves.get((length, 0, joined[:half]), ())
            yield from self.halves.get((length, 1, joined[size - (length - half) :]), ())
        half = size // 2
        turned = joined[: half - 1] + joined[half] + joined[half - 1] + joined[half + 1 :]
        if turned in self.labels and self.labels[turned].protect in ("name", "listed"):
            yield turned


def index_names(names: Iterable[KnownName]) -> KnownNames:
    """Return the index; of names that share a label the first one stands for it."""
    known = KnownNames()
    larger: list[KnownName] = []
    for name in names:
        known.domains.setdefault(name.domain, name)
        domain = registrable_domain(name.domain)
        if domain != name.domain:  # a part of a larger seller's site, whose name is another
            larger.append(KnownName(name.name, domain, ""))
            continue
        label, _, ending = domain.partition(".")
        joined = plain_label(label).replace("-", "")
        known.endings.setdefault(joined, set()).add(ending)
        if not name.protect or joined in known.labels or (name.protect == "listed" and not own_part(joined)):
            continue
        known.labels[joined] = name
        known.shapes.setdefault(shape_of(joined), name)
        own = joined if name.protect == "name" else own_part(joined) if name.protect == "listed" else ""
        if len(own) >= (_TURNED if name.protect == "name" else _SLIPPED):
            half = len(joined) // 2
            known.halves.setdefault((len(joined), 0, joined[:half]), []).append(joined)
            known.halves.setdefault((len(joined), 1, joined[half:]), []).append(joined)
    for name in larger:
        known.domains.setdefault(name.domain, name)
    return known


@cache
def well_known_names() -> tuple[KnownName, ...]:
    """Return the names of `known_names.csv`: sellers whom everybody in their country knows; no entry of a register."""
    table = files("pharmcheck.reading").joinpath("known_names.csv").read_text("utf-8")
    return tuple(KnownName(row["name"], row["domain"], row["protect"]) for row in csv.DictReader(table.splitlines()))


def _resemblance(known: KnownName, how: str) -> Resemblance:
    return Resemblance(known.name, known.domain, how)


def _with_a_letter(short: str, long: str) -> bool:
    """`walgrove`, `e-walgrove`: no slip, but a word of one letter."""
    return len(long) > len(short) and long.endswith(short) and only_trade_words(long[: -len(short)])


def _is_address(domain: str) -> bool:
    return ":" in domain or domain.replace(".", "").isdigit()
