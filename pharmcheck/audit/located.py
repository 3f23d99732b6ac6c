"""WARC files wherever they stand, and single records of them by their place: what workers on many machines read.

A path, or any URL that fsspec knows (`s3://`, `gs://`, `https://`, `memory://`); URLs need the extra `cluster`.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from pharmcheck.audit.recorded import RecordedPage, is_recording, packed, page_in, unpacked
from pharmcheck.audit.store import Job
from pharmcheck.capture.archive import MAX_CRAWL_BYTES, iter_exchanges
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.warc import MAX_BLOCK_BYTES

_CHUNK = 1 << 20
_MAX_RECORD_BYTES = MAX_BLOCK_BYTES + 1_000_000  # with its header
_MARK = b"@"  # no zlib stream begins so: what follows says where the page stands
_NUMBER = re.compile(r"^record \d+")
_GZIP = 31  # zlib's window bits for a gzip member


@dataclass(frozen=True, slots=True)
class Found:
    """A page in a WARC file: whose it is, and the place of its record as the state keeps it."""

    job: Job
    record: bytes


@dataclass(frozen=True, slots=True)
class Listed:
    """What stands in one WARC file: `ours` for a recording of one site, else pages, and (what, why) of the unread."""

    ours: bool = False
    missing: bool = False
    pages: tuple[Found | tuple[str, str], ...] = ()


def list_pages(path: str) -> Listed:
    """Return where the pages of a WARC file stand. Raises OSError for a file that is there and cannot be read."""
    name = PurePosixPath(path).name
    try:
        with opened(path) as file:
            if is_recording(file, name):
                return Listed(ours=True)
            file.seek(0)
            return Listed(pages=tuple(_pages(file, path, name)))
    except FileNotFoundError:
        return Listed(missing=True)


def _pages(file: BinaryIO, path: str, name: str) -> Iterator[Found | tuple[str, str]]:
    if file.read(2) != b"\x1f\x8b":  # not compressed, as hardly any crawl is kept: the pages travel themselves
        file.seek(0)
        yield from (_found(item, b"") for item in _known(iter_exchanges(file, name)))
        return
    file.seek(0)
    number = 0
    for number, (start, length, content) in enumerate(_members(file, name), 1):
        if isinstance(content, str):
            yield "", content
            continue
        items = list(_known(iter_exchanges(io.BytesIO(content), name)))
        place = _MARK + json.dumps([path, start, length]).encode() if len(items) == 1 else b""
        for item in items:
            found = _found(item, place)
            yield found if isinstance(found, Found) else (found[0], _NUMBER.sub(f"record {number}", found[1]))


def _known(items: Iterable[Exchange | str]) -> Iterator[RecordedPage | tuple[str, str]]:
    for item in items:
        page = ("", item) if isinstance(item, str) else page_in(item)
        if page is not None:
            yield page


def _found(item: RecordedPage | tuple[str, str], place: bytes) -> Found | tuple[str, str]:
    if isinstance(item, tuple):
        return item
    return Found(item.job, place or packed(item.exchange))


def page_of(record: bytes) -> Exchange:
    """Return the page that the state keeps, or whose place it keeps. Raises OSError where it is no longer there."""
    if not record.startswith(_MARK):
        return unpacked(record)
    path, start, length = json.loads(record.removeprefix(_MARK))
    with opened(path) as file:
        file.seek(start)
        data = file.read(length)
    content = zlib.decompressobj(_GZIP).decompress(data, _MAX_RECORD_BYTES)
    for item in _known(iter_exchanges(io.BytesIO(content), path)):
        if isinstance(item, RecordedPage):
            return item.exchange
    raise OSError(f"{path} has changed since it was listed: no page stands at byte {start:,} any more")


def _members(file: BinaryIO, name: str) -> Iterator[tuple[int, int, bytes | str]]:
    """Yield start, length and content of each gzip member, or a sentence on why it cannot be had.

    One member holds one record, as WARC 1.1, annex D, recommends.
    """
    place, data, left = 0, b"", MAX_CRAWL_BYTES
    while data := data or file.read(_CHUNK):
        engine, content, start = zlib.decompressobj(_GZIP), bytearray(), place
        try:
            while not engine.eof:
                if not (data := data or file.read(_CHUNK)):
                    yield start, 0, f"{name} is cut off in the middle of a record"
                    return
                piece, before = engine.decompress(data, _CHUNK), len(data)
                data = engine.unused_data if engine.eof else engine.unconsumed_tail
                place, left = place + before - len(data), left - len(piece)
                if left < 0:
                    yield start, 0, f"{name} expands to more than {MAX_CRAWL_BYTES // 1_000_000:,} MB"
                    return
                if len(content) <= _MAX_RECORD_BYTES:
                    content += piece
        except zlib.error as error:
            yield start, 0, f"{name} is damaged: {error}"
            return
        large = f"record 1: larger than {MAX_BLOCK_BYTES // 1_000_000} MB"
        yield start, place - start, bytes(content) if len(content) <= _MAX_RECORD_BYTES else large


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Open a file of this machine, or behind a URL that fsspec knows, for reading from any place. Raises OSError."""
    if "://" not in path:
        with Path(path).open("rb") as file:
            yield file
        return
    import fsspec  # noqa: PLC0415 - the extra `cluster`

    with fsspec.open(path, "rb") as file:
        yield file


@contextmanager
def copied(path: str) -> Iterator[Path]:
    """Give a recording as a file of this machine. Raises OSError."""
    if "://" not in path:
        yield Path(path)
        return
    with TemporaryDirectory(prefix="pharmcheck-") as folder, opened(path) as file:
        copy = Path(folder, PurePosixPath(path).name)
        with copy.open("wb") as out:
            shutil.copyfileobj(file, out)
        yield copy
