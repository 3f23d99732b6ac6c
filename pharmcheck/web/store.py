"""Finished checks, kept for a set time under ids that nobody can guess: SQLite, in memory or in a file."""

from __future__ import annotations

import json
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_TABLES = """
PRAGMA secure_delete=ON;
PRAGMA foreign_keys=ON;
CREATE TABLE IF NOT EXISTS checks (
    id TEXT PRIMARY KEY, question TEXT NOT NULL, created REAL NOT NULL, summary TEXT NOT NULL, report BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS questions ON checks (question, created);
CREATE TABLE IF NOT EXISTS articles (
    id TEXT NOT NULL REFERENCES checks ON DELETE CASCADE, language TEXT NOT NULL, article BLOB NOT NULL,
    PRIMARY KEY (id, language)
);
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """A result in a line: what a table of results shows. `why` says in a sentence why a check failed, else ""."""

    host: str = ""
    verdict: str = ""
    risk: int = 0
    symbol: str = ""
    color: str = ""
    sentence: str = ""
    risk_words: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check gave: its summary, the report as JSON text, and as an HTML article for each language."""

    summary: Summary
    report: str = ""
    articles: Mapping[str, str] = field(default_factory=dict)


class StoreError(ValueError):
    """The file cannot keep results; the message says why, for people."""


class Store:
    """At most `most` outcomes, each for `keep_s` seconds; the oldest go first. StoreError where `path` is no file of ours."""

    def __init__(self, path: Path | None, keep_s: float, most: int, clock: Callable[[], float] = time.time) -> None:
        try:
            if path:  # results tell what people looked for: nobody else on this machine may read them
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
            self._db.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            raise StoreError(
                f"{str(path)!r} cannot keep results: {why}. Name another file, or one that is not there yet."
            ) from None
        self._keep_s, self._most, self._clock = keep_s, most, clock

    def put(self, check_id: str, question: str, outcome: Outcome) -> None:
        """Keep an outcome, and drop what is too old or too much."""
        self._db.execute(
            "INSERT INTO checks VALUES (?, ?, ?, ?, ?)",
            (check_id, question, self._clock(), json.dumps(asdict(outcome.summary)), _packed(outcome.report)),
        )
        self._db.executemany(
            "INSERT INTO articles VALUES (?, ?, ?)",
            [(check_id, language, _packed(article)) for language, article in outcome.articles.items()],
        )
        self._db.execute("DELETE FROM checks WHERE created < ?", (self._clock() - self._keep_s,))
        newest = "SELECT id FROM checks ORDER BY created DESC LIMIT ?"
        self._db.execute(f"DELETE FROM checks WHERE id NOT IN ({newest})", (self._most,))  # noqa: S608 - our own text

    def summary(self, check_id: str) -> tuple[Summary, float] | None:
        """Return the summary and the time it was kept at (seconds since 1970), None for what is not or no more kept."""
        row = self._row("summary, created", check_id)
        return (Summary(**json.loads(row[0])), row[1]) if row else None

    def report(self, check_id: str) -> str | None:
        """Return the report as JSON text, None for what is not or no more kept, and for a check that failed."""
        row = self._row("report", check_id)
        return (_unpacked(row[0]) or None) if row else None

    def article(self, check_id: str, language: str) -> str | None:
        """Return the report as an HTML article in one language, None for what is not or no more kept."""
        row = self._row("(SELECT article FROM articles a WHERE a.id = checks.id AND language = ?)", language, check_id)
        return _unpacked(row[0]) if row and row[0] else None

    def recent(self, question: str, within_s: float) -> str | None:
        """Return the id of the newest good outcome of a question that is no older than `within_s`."""
        rows = self._db.execute(
            "SELECT id, summary FROM checks WHERE question = ? AND created >= ? ORDER BY created DESC",
            (question, self._clock() - min(within_s, self._keep_s)),
        )
        return next((str(row[0]) for row in rows if not json.loads(row[1])["why"]), None)

    def close(self) -> None:
        """Let go of the file; what was in memory only is gone."""
        self._db.close()

    def _row(self, columns: str, *values: str) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._db.execute(
            f"SELECT {columns} FROM checks WHERE id = ? AND created >= ?",  # noqa: S608 - our own column names
            (*values, self._clock() - self._keep_s),
        ).fetchone()
        return found


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode(), 1)  # a report shrinks to a sixth already


def _unpacked(data: bytes) -> str:
    return zlib.decompress(data).decode()
