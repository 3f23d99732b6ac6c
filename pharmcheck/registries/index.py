"""The index of the listings: one SQLite file in the cache, built once, thrown away when anything about it is odd.

A file is used only if it was made from these very lists by this very code, is ours, and was not written to since: its
name is the digest of what it was made from, and its time of change is set to a number from that digest, which any later
write moves. Where the cache cannot be written, the index is built in memory.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import fields
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from pharmcheck import __version__
from pharmcheck.model import Listing, Registry
from pharmcheck.readers.our_list import RegistryError
from pharmcheck.registries import folder, names, pieces, tables
from pharmcheck.registries.folder import Folder
from pharmcheck.registries.tables import FORMAT, fill

Answer = TypeVar("Answer")
Load = Callable[[], Iterable[tuple[Folder, Iterable[Listing]]]]

_KEPT = 3  # files of this and of other installations; an older one is built again when it is asked for
_YEAR_2000 = 946_684_800  # seconds; the times of change that are set lie in the eight years after it, long past
_WRITING = ".part"


class Index:
    """Answers questions to the tables of `tables.py`. Safe among threads and after a fork."""

    def __init__(self, files: Sequence[Path], load: Load, cache: Path | None) -> None:
        """Open the index of the lists in `files`, building it with `load` where there is none that can be trusted.

        Raises RegistryError where a list is not understood.
        """
        self._load = load
        self._digest = _digest(files) if cache else ""
        self.path = cache / f"registries-{self._digest[:32]}.sqlite" if cache else None
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._base = self._open()

    def ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Return the answer of the base to a question; nobody else asks meanwhile. A damaged file is built anew once.

        Raises RegistryError where even that does not help.
        """
        with self._lock:
            if self._process != os.getpid() and self.path:
                self._process, self._base = os.getpid(), self._open()  # handles of SQLite do not survive a fork
            try:
                return question(self._base)
            except sqlite3.DatabaseError as error:
                if self.path is None:
                    raise RegistryError(f"the index of the registries cannot be read: {error}") from None
            self._base.close()
            with suppress(OSError):
                self.path.unlink()
            self._base = self._open()
            return question(self._base)

    def _open(self) -> sqlite3.Connection:
        if self.path is None:
            return self._in_memory()
        base = _trusted(self.path, self._digest)
        if base is None:
            try:
                self._build(self.path)
            except (OSError, sqlite3.Error):
                return self._in_memory()
            base = _trusted(self.path, self._digest)
        return base or self._in_memory()

    def _in_memory(self) -> sqlite3.Connection:
        base = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            fill(base, self._load())
        except sqlite3.OperationalError as error:
            needed = "use a Python whose SQLite has FTS5 and JSON"
            raise RegistryError(
                f"SQLite {sqlite3.sqlite_version} cannot index the registries: {error}; {needed}"
            ) from None
        return base

    def _build(self, path: Path) -> None:
        """Build the file under another name, and put it in its place whole. Raises OSError, sqlite3.Error."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f".{secrets.token_hex(8)}{_WRITING}")
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            with closing(sqlite3.connect(part)) as base:
                base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
                fill(base, self._load())
                base.execute("CREATE TABLE made (digest TEXT, pages INTEGER)")
                base.execute("INSERT INTO made VALUES (?, 0)", (self._digest,))
                base.execute("UPDATE made SET pages = (SELECT page_count FROM pragma_page_count)")
                base.commit()
            with part.open("rb") as written:
                os.fsync(written.fileno())
            os.utime(part, ns=(_stamp(self._digest), _stamp(self._digest)))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        _tidy(path.parent)


def cache_folder() -> Path | None:
    """Return where indexes are kept: PHARMCHECK_CACHE, else the system's place for caches; None where there is none."""
    if given := os.environ.get("PHARMCHECK_CACHE"):
        return Path(given)
    shared = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA", "")
    if Path(shared).is_absolute():
        return Path(shared, "pharmcheck")
    try:
        return Path.home() / ".cache" / "pharmcheck"
    except RuntimeError:  # a user without a home
        return None


def _digest(files: Iterable[Path]) -> str:
    """Return a digest of the state of the lists, without reading them, and of the code that reads them."""
    shapes = [[field.name for field in fields(shape)] for shape in (Folder, Registry, Listing)]
    parts: list[object] = [FORMAT, __version__, shapes]
    code = (module.__file__ for module in (folder, names, pieces, tables))
    for file in (*files, *(Path(path) for path in code if path)):
        with suppress(OSError):  # a list that is missing makes another digest than one that is there
            state = file.stat()
            parts.append((str(file), state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _stamp(digest: str) -> int:
    """Return the time of change that the file gets, in nanoseconds; some systems keep no more than even seconds."""
    return (_YEAR_2000 + int(digest[:7], 16) // 2 * 2) * 1_000_000_000


def _trusted(path: Path, digest: str) -> sqlite3.Connection | None:
    """Return the open index, None where the file is not there or not exactly what was written."""
    try:
        state = path.lstat()
        ours = not hasattr(os, "geteuid") or (state.st_uid == os.geteuid() and not state.st_mode & 0o022)
        if not (stat.S_ISREG(state.st_mode) and ours and state.st_mtime_ns == _stamp(digest)):
            return None
        base = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        try:
            ((made, pages),) = base.execute("SELECT digest, pages FROM made")
            ((size,),) = base.execute("PRAGMA page_size")
        except (sqlite3.Error, ValueError):
            base.close()
            return None
    except (OSError, sqlite3.Error):
        return None
    if (made, pages * size) == (digest, state.st_size):
        return base
    base.close()
    return None


def _tidy(cache: Path) -> None:
    """Remove the oldest indexes, and what builds that were killed have left."""

    def age(file: Path) -> float:
        with suppress(OSError):  # another process may tidy as well
            return file.stat().st_ctime
        return 0.0

    indexes = sorted(cache.glob("registries-*.sqlite"), key=age, reverse=True)
    newest = age(indexes[0]) if indexes else 0.0
    left = [part for part in cache.glob(f".*{_WRITING}") if newest - age(part) > 86_400]
    for file in (*indexes[_KEPT:], *left):
        with suppress(OSError):
            file.unlink()
