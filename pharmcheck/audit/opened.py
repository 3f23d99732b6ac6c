"""Files wherever they stand, and the gzip members of them.

A path, or any URL that fsspec knows (`s3://`, `gs://`, `https://`, `memory://`); URLs need the extra `cluster`.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from pharmcheck.capture.archive import MAX_CRAWL_BYTES
from pharmcheck.capture.warc import MAX_BLOCK_BYTES

MAX_RECORD_BYTES = MAX_BLOCK_BYTES + 1_000_000  # with its header
GZIP = 31  # zlib's window bits for a gzip member
_CHUNK = 1 << 20


def members(file: BinaryIO, name: str) -> Iterator[tuple[int, int, bytes | str]]:
    """Yield start, length and content of each gzip member, or a sentence on why it cannot be had.

    One member holds one record, as WARC 1.1, annex D, recommends.
    """
    place, data, left = 0, b"", MAX_CRAWL_BYTES
    while data := data or file.read(_CHUNK):
        engine, content, start = zlib.decompressobj(GZIP), bytearray(), place
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
                if len(content) <= MAX_RECORD_BYTES:
                    content += piece
        except zlib.error as error:
            yield start, 0, f"{name} is damaged: {error}"
            return
        large = f"record 1: larger than {MAX_BLOCK_BYTES // 1_000_000} MB"
        yield start, place - start, bytes(content) if len(content) <= MAX_RECORD_BYTES else large


def absolute(path: str) -> str:
    """Return a path as it is understood in any folder, a URL as it is."""
    return path if "://" in path else str(Path(path).absolute())


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
