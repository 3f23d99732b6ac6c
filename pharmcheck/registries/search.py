"""Finds names in the index by words that may be mistyped: as few errors as there are, the shortest names first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from pharmcheck.registries.names import STEPS, TOO_MANY, allowed, distance, readings, tokens, words
from pharmcheck.registries.pieces import pieces_sought

Reading = Sequence[str]
_HELD = """SELECT vocabulary.word FROM vocabulary WHERE id IN (
  SELECT word FROM pieces WHERE piece IN (SELECT value FROM json_each(?)))"""
_MEANT = "SELECT arrival, name FROM found JOIN names ON id = found.rowid WHERE found MATCH ? ORDER BY found.rowid"
Near = Mapping[str, Mapping[str, int]]  # of each sought word the held words that it may mean, with the errors between


def find_names(base: sqlite3.Connection, text: str, limit: int) -> list[int]:
    """Return the arrival numbers of the first `limit` names that are meant by `text`, at the first step that finds any.

    A name is meant where each word sought is one of its words. Two words may stand for one, and the reverse.
    """
    read = readings(text)
    unknown = {word for reading in read for word in reading if not _is_held(base, word)}
    for errors, in_one in STEPS:
        wanted = [
            r for r in read[: 1 if in_one > 1 else None] if sum(w in unknown for w in r) * max(1, in_one) <= errors
        ]
        near = {word: {word: 0} for reading in wanted for word in reading}
        for word in _mistakable(wanted, unknown, errors // max(1, in_one)) if errors else ():
            near[word] |= _near(base, word, in_one)
        if found := _first(base, wanted, near, errors, limit):
            return found
    return []


def _mistakable(wanted: Sequence[Reading], unknown: set[str], places: int) -> Iterator[str]:
    """Yield the words in which errors are to be sought: where as many as may hold one are unknown, no others."""
    for reading in wanted:
        strange = [word for word in reading if word in unknown]
        yield from strange if len(strange) == places else reading


def _is_held(base: sqlite3.Connection, word: str) -> bool:
    return base.execute("SELECT 1 FROM found WHERE found MATCH ? LIMIT 1", (f'"{word}"',)).fetchone() is not None


def _near(base: sqlite3.Connection, word: str, most: int) -> dict[str, int]:
    """Return the held words that may be meant by a mistyped one, with the number of errors."""
    if allowed(word) < most:
        return {}
    held = base.execute(_HELD, (json.dumps([*pieces_sought(word, most)]),))
    return distance(word, [other for (other,) in held], most)


def _first(base: sqlite3.Connection, wanted: Sequence[Reading], near: Near, errors: int, limit: int) -> list[int]:
    """Return the first names that hold each word of one of the readings, with so many errors in all."""
    if not wanted:
        return []
    found: list[int] = []
    for arrival, name in base.execute(_MEANT, (_expression(wanted, near),)):
        if not errors or _errors(wanted, near, tokens(words(name))) <= errors:
            found.append(arrival)
        if len(found) == limit:
            break
    return found


def _errors(wanted: Sequence[Reading], near: Near, held: frozenset[str]) -> int:
    return min(
        sum(min((away for other, away in near[word].items() if other in held), default=TOO_MANY) for word in reading)
        for reading in wanted
    )


def _expression(wanted: Sequence[Reading], near: Near) -> str:
    """Return what is sought as a query of FTS5: one reading or another, of each word one way to write it."""

    def ways(word: str) -> str:
        return " OR ".join(f'"{other}"' for other in near[word])

    return " OR ".join("(" + " AND ".join(f"({ways(word)})" for word in reading) + ")" for reading in wanted)
