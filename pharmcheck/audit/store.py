"""The state of an audit: messages read, links found, sites to check and checked, in one SQLite file that survives kill -9."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_VERSION = "3"  # 2 did not tell of which input a link is; 1 kept the pages of crawls
_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS inputs (
  number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, items INTEGER NOT NULL, done INTEGER NOT NULL,
  stamp TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS links (number INTEGER PRIMARY KEY, input INTEGER NOT NULL, row TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS unread (
  number INTEGER PRIMARY KEY, input INTEGER NOT NULL, file TEXT, message TEXT, why TEXT);
CREATE TABLE IF NOT EXISTS sites (
  identity TEXT PRIMARY KEY, target TEXT NOT NULL, lock TEXT NOT NULL, links INTEGER NOT NULL, state TEXT NOT NULL,
  attempts INTEGER NOT NULL, checked TEXT NOT NULL, verdict TEXT NOT NULL, report BLOB);
CREATE INDEX IF NOT EXISTS todo ON sites (state, attempts);
CREATE TABLE IF NOT EXISTS pages (
  identity TEXT NOT NULL, url TEXT NOT NULL, record BLOB NOT NULL, PRIMARY KEY (identity, url)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shards (file TEXT PRIMARY KEY, bytes INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS places (
  identity TEXT PRIMARY KEY, file TEXT NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL, sha256 TEXT NOT NULL
) WITHOUT ROWID;
"""


class StoreError(Exception):
    """The folder of an audit cannot be used; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Job:
    """A site to check: `target` is its address, `lock` what no two jobs at once may share, `attempts` earlier tries.

    `number` is its place in the store, 0 before it stands there; `links` how many lead to it, or pages of it were recorded;
    `captured` when its recording was made (ISO 8601, UTC), "" for none.
    """

    identity: str
    target: str
    lock: str
    attempts: int = 0
    number: int = 0
    links: int = 0
    captured: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the recording of a site stands: a file of the folder `evidence`, bytes of it, and their digest."""

    file: str
    start: int
    length: int
    sha256: str


class Store:
    """An open state file. Use it as a context manager; each method is one transaction.

    It is held for itself until it is closed or its process dies: two audits at once would note each link twice.
    """

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None, timeout=1.0)
        try:
            self._base.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=FULL")  # a power cut loses nothing that was committed
            self._base.executescript(_TABLES)
            self._base.execute("BEGIN EXCLUSIVE")  # reading alone takes no lock
            self._base.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._base.close()
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise StoreError(
                    f"{path} is in use by another audit. Wait for its end, or use another --out."
                ) from None
            raise
        except sqlite3.DatabaseError as error:
            self._base.close()
            raise StoreError(f"{path} is no state of an audit: {error}. Begin again with another --out.") from None
        if self.about("version", _VERSION) != _VERSION:
            self._base.close()
            raise StoreError(f"{path} was written by another version. Begin again with another --out.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._base.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make all that is written inside one transaction."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def about(self, name: str, default: str) -> str:
        """Return what is noted under `name`; the first time, note `default`."""
        self._base.execute("INSERT OR IGNORE INTO about VALUES (?, ?)", (name, default))
        return str(self._base.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()[0])

    def about_inputs(self, given: Iterable[str], column: str = "") -> dict[str, str]:
        """Return the inputs of this audit, those given before first, each with the column by which it is read.

        `column` is that of those given now; one that was given before keeps its own where there is none.
        """
        every: dict[str, str] = json.loads(self.about("inputs", "{}"))
        for path in given:
            every[path] = column or every.get(path, "")
        self._base.execute("UPDATE about SET value = ? WHERE name = 'inputs'", (json.dumps(every),))
        return every

    def items_read(self, path: str) -> tuple[int, bool]:
        """Return how many items of an input were read, and whether that is all of it."""
        row = self._base.execute("SELECT items, done FROM inputs WHERE path = ?", (path,)).fetchone()
        return (int(row[0]), bool(row[1])) if row else (0, False)

    def has_begun(self, path: str) -> bool:
        """True when the reading of an input was begun, now or by a process that is no more."""
        return self._base.execute("SELECT 1 FROM inputs WHERE path = ?", (path,)).fetchone() is not None

    def note_read(self, path: str, items: int, *, done: bool) -> None:
        self._base.execute(
            "INSERT INTO inputs (path, items, done) VALUES (?, ?, ?) "
            "ON CONFLICT (path) DO UPDATE SET items = excluded.items, done = excluded.done",
            (path, items, int(done)),
        )

    def has_changed(self, path: str, stamp: str) -> bool:
        """True when an input whose reading was begun had another stamp then; without a stamp nobody can tell."""
        row = self._base.execute("SELECT stamp FROM inputs WHERE path = ?", (path,)).fetchone()
        return bool(row and stamp and row[0] != stamp)

    def note_stamp(self, path: str, stamp: str) -> None:
        """Keep how an input looked before it was read; its reading has begun."""
        self._base.execute("UPDATE inputs SET stamp = ? WHERE path = ?", (stamp, path))

    def take_back(self, path: str) -> None:
        """Forget what was read of an input, so that it can be read anew; sites stay, and what is known of them."""
        with self.together():
            for table in ("links", "unread"):
                self._base.execute(
                    f"DELETE FROM {table} WHERE input = (SELECT number FROM inputs WHERE path = ?)",  # noqa: S608 (ours)
                    (path,),
                )
            self.note_read(path, 0, done=False)

    def begin_again(self, path: str) -> None:
        """Have standard input read once more where it was read to its end; what came before stays."""
        self._base.execute("UPDATE inputs SET path = path || number WHERE path = ? AND done", (path,))

    def drop_doubles(self, path: str) -> None:
        """Drop of standard input what it said when it was read before."""
        number = self._number(path)
        for table, said in (("links", "row"), ("unread", "(file, message, why)")):
            self._base.execute(
                f"DELETE FROM {table} WHERE input = ? AND {said} IN (SELECT {said.strip('()')} FROM {table} "  # noqa: S608
                "WHERE input IN (SELECT number FROM inputs WHERE path = ? || number))",
                (number, path),
            )

    def add_links(self, path: str, rows: Iterable[dict[str, Any]]) -> None:
        """Keep links of an input whose reading has begun."""
        number = self._number(path)
        told = ((number, json.dumps(row, ensure_ascii=False)) for row in rows)
        self._base.executemany("INSERT INTO links (input, row) VALUES (?, ?)", told)

    def add_unread(self, path: str, file: str, message: str, why: str) -> None:
        """Keep what could not be read of an input whose reading has begun."""
        row = (self._number(path), file, message, why)
        self._base.execute("INSERT INTO unread (input, file, message, why) VALUES (?, ?, ?, ?)", row)

    def _number(self, path: str) -> int:
        return int(self._base.execute("SELECT number FROM inputs WHERE path = ?", (path,)).fetchone()[0])

    def add_site(self, job: Job) -> None:
        """Note one more link to a site; the first one says what is checked."""
        self._base.execute(
            "INSERT INTO sites VALUES (?, ?, ?, 1, 'todo', 0, '', '', NULL) "
            "ON CONFLICT (identity) DO UPDATE SET links = links + 1",
            (job.identity, job.target, job.lock),
        )

    def add_recording(self, job: Job) -> None:
        """Note a recording of a site to be judged; of several the latest counts, of two at one time the last."""
        self.add_site(job)
        self._base.execute(
            "UPDATE sites SET target = ?, checked = ?, state = 'todo' WHERE identity = ? "
            "AND (checked < ? OR (checked = ? AND state = 'todo'))",
            (job.target, job.captured, job.identity, job.captured, job.captured),
        )

    def add_page(self, identity: str, url: str, record: bytes, most: int) -> None:
        """Keep a recorded page of a site, at most `most` of them, each once."""
        held = self._base.execute("SELECT count(*) FROM pages WHERE identity = ?", (identity,)).fetchone()[0]
        if held < most:
            self._base.execute("INSERT OR IGNORE INTO pages VALUES (?, ?, ?)", (identity, url, record))

    def pages(self, identity: str) -> list[bytes]:
        rows = self._base.execute("SELECT record FROM pages WHERE identity = ? ORDER BY url", (identity,))
        return [bytes(row[0]) for row in rows]

    def sites(self) -> int:
        """Return how many sites there are; none is ever taken away."""
        return int(self._base.execute("SELECT coalesce(max(rowid), 0) FROM sites").fetchone()[0])

    def todo(self, most: int, behind: tuple[int, int] = (0, 0), *, tried: bool = True) -> list[Job]:
        """Return sites to check, those never tried first, behind the one with these attempts and this number.

        Those `tried` before are left out where that is asked.
        """
        rows = self._base.execute(
            "SELECT identity, target, lock, attempts, rowid, links FROM sites "
            "WHERE state = 'todo' AND (attempts, rowid) > (?, ?) AND (attempts = 0 OR ?) ORDER BY attempts, rowid LIMIT ?",
            (*behind, tried, most),
        )
        return [Job(*row) for row in rows]

    def note_attempt(self, identity: str) -> None:
        """Count a try that ended without an answer."""
        self._base.execute("UPDATE sites SET attempts = attempts + 1 WHERE identity = ?", (identity,))

    def note_report(self, identity: str, report: dict[str, Any], place: Place | None = None) -> None:
        """Keep the answer on a site, and where its recording stands; from here on it is done, whatever happens."""
        self._base.execute("DELETE FROM places WHERE identity = ?", (identity,))
        if place:
            row = (identity, place.file, place.start, place.length, place.sha256)
            self._base.execute("INSERT INTO places VALUES (?, ?, ?, ?, ?)", row)
            self._base.execute(
                "UPDATE shards SET bytes = MAX(bytes, ?) WHERE file = ?", (place.start + place.length, place.file)
            )
        packed = zlib.compress(json.dumps(report, ensure_ascii=False).encode("utf-8", "replace"), 6)
        self._base.execute(
            "UPDATE sites SET state = 'done', checked = ?, verdict = ?, report = ? WHERE identity = ?",
            (report["captured"], report["verdict"], packed, identity),
        )

    def add_shard(self, file: str) -> None:
        """Note a file for recordings that is about to be made."""
        self._base.execute("INSERT INTO shards VALUES (?, 0)", (file,))

    def shards(self) -> list[tuple[str, int]]:
        """Return the files of recordings, in the order in which they were begun, and how many bytes of each count."""
        return [(str(f), int(b)) for f, b in self._base.execute("SELECT file, bytes FROM shards ORDER BY rowid")]

    def places(self) -> Iterator[tuple[str, Place]]:
        """Yield where recordings stand, by the name of the site, in the order of its bytes in UTF-8."""
        for identity, *place in self._base.execute("SELECT * FROM places ORDER BY identity"):
            yield identity, Place(*place)

    def forget_before(self, moment: str) -> None:
        """Have sites checked again whose answer is older than `moment` (ISO 8601, UTC)."""
        self._base.execute(
            "UPDATE sites SET state = 'todo', attempts = 0 WHERE state = 'done' AND checked < ?", (moment,)
        )

    def counts(self) -> dict[str, int]:
        """Return how many sites there are by verdict; those not yet checked under ""."""
        rows = self._base.execute(
            "SELECT CASE state WHEN 'done' THEN verdict ELSE '' END AS v, count(*) FROM sites GROUP BY v"
        )
        return {str(verdict): int(number) for verdict, number in rows}

    def reports(self) -> Iterator[dict[str, Any]]:
        """Yield the answers by the name of the site."""
        for row in self._base.execute("SELECT report FROM sites WHERE state = 'done' ORDER BY identity"):
            yield json.loads(zlib.decompress(row[0]))

    def links(self) -> Iterator[dict[str, Any]]:
        """Yield the links in the order in which they were found."""
        for row in self._base.execute("SELECT row FROM links ORDER BY number"):
            yield json.loads(row[0])

    def unread(self) -> Iterator[tuple[str, str, str]]:
        """Yield what could not be read: file, message, why."""
        yield from self._base.execute("SELECT file, message, why FROM unread ORDER BY number")
