"""What the index of the listings holds: its tables, how they are filled, and the keys by which they are asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from pharmcheck.model import Listing, Registry
from pharmcheck.registries.folder import Folder
from pharmcheck.registries.names import mistakable, name_of, tokens, words
from pharmcheck.registries.pieces import pieces_of

FORMAT = 1  # to be raised when the tables, or the folding of names, change
RANK = {"warned": 0, "listed": 1, "lifted": 2, "recorded": 3}
_FIELDS = tuple(field.name for field in fields(Listing))

# Names are numbered in the order in which a search shows them, so that its first hits are its best. `arrival` is the number
# under which listings know a name. The words of names are in `found`; those that may be mistyped also in `vocabulary`.
_TABLES = """
CREATE TABLE folders (no INTEGER PRIMARY KEY, facts TEXT NOT NULL);
CREATE TABLE listings (
  id INTEGER PRIMARY KEY, registry TEXT NOT NULL, name INTEGER, code TEXT, site TEXT,
  rank INTEGER NOT NULL, day TEXT NOT NULL, entry TEXT NOT NULL
);
CREATE TABLE names (id INTEGER PRIMARY KEY, arrival INTEGER NOT NULL, size INTEGER NOT NULL, name TEXT NOT NULL);
CREATE TABLE vocabulary (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
CREATE TABLE pieces (piece TEXT, word INTEGER, PRIMARY KEY (piece, word)) WITHOUT ROWID;
CREATE VIRTUAL TABLE found USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii');
"""
_INDEXES = """
CREATE INDEX by_site ON listings (site) WHERE site IS NOT NULL;
CREATE INDEX by_code ON listings (code) WHERE code IS NOT NULL;
CREATE INDEX by_name ON listings (name) WHERE name IS NOT NULL;
CREATE INDEX by_arrival ON names (arrival);
INSERT INTO found (found) VALUES ('optimize');
"""


def fill(base: sqlite3.Connection, loaded: Iterable[tuple[Folder, Iterable[Listing]]]) -> None:
    """Write all registries with their listings into an empty database."""
    base.executescript(_TABLES)
    arrivals: dict[str, int] = {}
    warned: set[str] = set()

    def rows(listings: Iterable[Listing]) -> Iterator[tuple[Any, ...]]:
        for x in listings:
            called = name_of(x)
            name = arrivals.setdefault(called, len(arrivals)) if called else None
            if called and x.status == "warned":
                warned.add(called)
            day = (x.since or x.as_of).isoformat()
            keys = number_key(x.number) or None, site_key(x.domain) or None
            yield x.registry, name, *keys, RANK[x.status], day, pack([getattr(x, field) for field in _FIELDS])

    for number, (folder, listings) in enumerate(loaded):
        base.execute("INSERT INTO folders VALUES (?, ?)", (number, pack(asdict(folder))))
        base.executemany("INSERT INTO listings VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", rows(listings))
    _fill_names(base, arrivals, warned)
    base.executescript(_INDEXES)
    base.execute("ANALYZE")
    base.commit()


def _fill_names(base: sqlite3.Connection, arrivals: Mapping[str, int], warned: set[str]) -> None:
    """Write the names, fewest words first, those with a warning before others, and their words."""
    ordered = sorted((len(w := words(name)), name not in warned, w, name) for name in arrivals)
    numbered = ((number, arrivals[name], size, name) for number, (size, _, _, name) in enumerate(ordered))
    base.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", numbered)
    held = ((number, " ".join(tokens(w))) for number, (_, _, w, _) in enumerate(ordered))
    base.executemany("INSERT INTO found (rowid, tokens) VALUES (?, ?)", held)
    vocabulary = sorted({word for _, _, w, _ in ordered for word in mistakable(w)})
    base.executemany("INSERT INTO vocabulary VALUES (?, ?)", enumerate(vocabulary))
    filed = ((piece, number) for number, word in enumerate(vocabulary) for piece in pieces_of(word))
    base.execute("CREATE TEMP TABLE filed (piece TEXT, word INTEGER)")  # sorted by SQLite: it needs no memory for that
    base.executemany("INSERT INTO filed VALUES (?, ?)", filed)
    base.execute("INSERT INTO pieces SELECT DISTINCT piece, word FROM filed ORDER BY piece, word")
    base.execute("DROP TABLE filed")


def pack(value: Any) -> str:
    """Return plain values and dates as text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=lambda day: {"date": day.isoformat()})


def unpack_listing(entry: str) -> Listing:
    """Return the listing that was packed, field by field."""
    return Listing(*_frozen(json.loads(entry, object_hook=_dated)))


def unpack_folder(facts: str) -> Folder:
    """Return the folder that was packed."""
    given = {key: _frozen(value) for key, value in json.loads(facts, object_hook=_dated).items()}
    registry = {key: _frozen(value) for key, value in given["registry"].items()}
    return Folder(**{**given, "registry": Registry(**registry)})


def _dated(found: dict[str, Any]) -> Any:
    return date.fromisoformat(found["date"]) if found.keys() == {"date"} else found


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def normal_number(number: str) -> str:
    """Return the letters and digits of a licence number, upper-case."""
    return "".join(character for character in number.upper() if character.isalnum())


def number_key(number: str) -> str:
    """Return a licence number without its leading zeros, which people leave out; "" where there is no number."""
    plain = normal_number(number)
    return plain.lstrip("0") or plain[:1]


def site_key(host: str) -> str:
    """Return a host from its last label to its first, each with a dot, so that all hosts below it begin with its key."""
    return "".join(f"{label}." for label in reversed(host.split("."))) if host else ""
