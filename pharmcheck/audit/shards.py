"""The evidence of an audit: recordings of sites one behind another in WARC files of bounded size, and where each stands."""

from __future__ import annotations

import hashlib
import mmap
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from pharmcheck.audit.assignments import Answer
from pharmcheck.audit.store import Place, Store
from pharmcheck.capture.warc import ArchiveError
from pharmcheck.whole_file import write_whole

MAX_SHARD_BYTES = 100_000_000
INDEX = "index.tsv"


class Shards:
    """The WARC files of an audit, written by one process. Use it as a context manager.

    The state says how far each file is committed; what a killed process has written behind that is cut off.
    """

    def __init__(self, folder: Path, store: Store, most: int = MAX_SHARD_BYTES) -> None:
        self._folder, self._store, self._most = folder, store, most
        self._file: BinaryIO | None = None
        self._name, self._end = "", 0

    def __enter__(self) -> Self:
        for name, end in self._store.shards():
            path = self._folder / name
            size = path.stat().st_size if path.exists() else 0
            if size > end:
                os.truncate(path, end)
            self._name, self._end = (name, end) if size >= end else ("", 0)  # behind a file that was cut nothing goes
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._close()

    def keep(self, recordings: Sequence[bytes]) -> list[Place | None]:
        """Write recordings, all of them to the disk at once, and return their places, None for b"". Raises OSError."""
        places = [self._append(recording) if recording else None for recording in recordings]
        self._sync()
        return places

    def _append(self, recording: bytes) -> Place:
        if not self._name or (self._end and self._end + len(recording) > self._most):
            self._begin()
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = (self._folder / self._name).open("ab")
        self._file.write(recording)
        start, self._end = self._end, self._end + len(recording)
        return Place(self._name, start, len(recording), hashlib.sha256(recording).hexdigest())

    def _begin(self) -> None:
        """Go on in a file that is not there yet; the state knows of it before it is made."""
        self._close()
        known = {name for name, _ in self._store.shards()}
        names = (f"evidence-{number:05}.warc.gz" for number in count(1))
        self._name = next(n for n in names if n not in known and not (self._folder / n).exists())
        self._end = 0
        self._store.add_shard(self._name)

    def _sync(self) -> None:
        if self._file:
            self._file.flush()
            os.fsync(self._file.fileno())

    def _close(self) -> None:
        if self._file:
            self._sync()
            self._file.close()
        self._file = None


def opened_shards(folder: Path | None, store: Store) -> AbstractContextManager[Shards | None]:
    """Give the files for recordings, None where none are kept."""
    return Shards(folder, store) if folder else nullcontext()


def keep_answers(store: Store, shards: Shards | None, answers: Sequence[Answer]) -> None:
    """Keep reports and recordings: these reach the disk first, then all reports with their places in one transaction."""
    if not answers:
        return
    places = shards.keep([answer.evidence for answer in answers]) if shards else [None] * len(answers)
    with store.together():
        for answer, place in zip(answers, places, strict=True):
            if answer.report is not None:
                store.note_report(answer.identity, answer.report, place)


def write_index(folder: Path, store: Store) -> None:
    """Write where the recording of each site stands: site, file, offset, length, digest; sorted, for `find`."""
    rows = ((site, place.file, place.start, place.length, place.sha256) for site, place in store.places())
    if folder.is_dir():
        write_whole(folder / INDEX, ("\t".join(map(str, row)).encode() + b"\n" for row in rows))


def find(folder: Path, site: str) -> Place | None:
    """Return where the recording of a site stands, None where there is none; looks at some lines of the index only.

    Raises ArchiveError for a line that is none of ours, for the folder may come from anybody.
    """
    path = folder / INDEX
    if not path.is_file() or not path.stat().st_size:
        return None
    wanted = site.encode("utf-8", "replace") + b"\t"
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
        low, high = 0, len(lines)
        while low < high:
            middle = (low + high) // 2
            start, end = lines.rfind(b"\n", 0, middle) + 1, lines.find(b"\n", middle)
            line = lines[start:end]
            if line.startswith(wanted):
                return _place(line, path)
            low, high = (end + 1, high) if line < wanted else (low, start)
    return None


def _place(line: bytes, path: Path) -> Place:
    try:
        _, name, offset, length, digest = line.decode().split("\t")
        place = Place(name, int(offset), int(length), digest)
    except ValueError:
        place = Place("", 0, 0, "")
    if not place.file or place.file != Path(place.file).name or min(place.start, place.length) < 0:
        raise ArchiveError(f"{path} is damaged: {line[:80]!r} does not say where a recording stands")
    return place
