"""WARC 1.1 (ISO 28500) files: records in, records out; a file that is cut off is an error, never taken as whole."""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pharmcheck.whole_file import write_whole

MAX_BLOCK_BYTES = 20_000_000  # ten times the cap of a page
MAX_TOTAL_BYTES = 300_000_000  # expanded, and all of it is held: ten times what we record of one site
MAX_RECORDS = 100_000  # likewise: a record of 40 bytes costs us a thousand
BLOCK_DIGEST = "WARC-Block-Digest"
_MAX_STRAY_LINES = 1_000_000  # lines that belong to no record: those of one that had to be given up, or a bomb
_MAX_LINE_BYTES = 65_536
_MAX_HEADERS = 200
_CUT_OFF = "{} is cut off: its last record is not whole. Record the site again, or repair the file."


class ArchiveError(ValueError):
    """A WARC file cannot be used; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Record:
    """One WARC record: its named fields (names in lower case when read) and its block."""

    fields: tuple[tuple[str, str], ...]
    block: bytes

    def field(self, name: str) -> str:
        """Return the value of a named field, whatever its case, "" where there is none."""
        return next((v for k, v in self.fields if k.lower() == name.lower()), "")


def block_digest(block: bytes) -> str:
    """Return the digest of a block as its record names it."""
    return f"sha256:{base64.b32encode(hashlib.sha256(block).digest()).decode()}"


def content_id(*parts: str) -> str:
    """Return a record id that depends on nothing but what the record holds, the digest of its block among it."""
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return f"<urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}>"


def as_fields(values: dict[str, object]) -> bytes:
    """Return a block of the kind `application/warc-fields`."""
    return "".join(f"{name}: {value}\r\n" for name, value in values.items()).encode()


def from_fields(block: bytes) -> dict[str, str]:
    """Return what a block of the kind `application/warc-fields` says, names in lower case."""
    lines = block.decode("utf-8", "replace").split("\r\n")
    return {k.strip().lower(): v.strip() for k, colon, v in (line.partition(":") for line in lines) if colon}


def write_records(path: Path, records: Sequence[Record]) -> None:
    """Write a WARC file, each record a gzip member of its own (plain where `path` is not `.gz`), whole or not at all.

    The bytes depend on the records only. Raises OSError.
    """
    write_whole(path, map(pack if path.suffix == ".gz" else _serialise, records))


def pack(record: Record, level: int = 9) -> bytes:
    """Return a record as one gzip member; the bytes depend on the record and the level only."""
    return gzip.compress(_serialise(record), level, mtime=0)


def read_records(raw: BinaryIO, name: str) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """Return the records of a WARC file, plain or gzip, and what was wrong with those that had to be left out.

    Raises ArchiveError for a file that is cut off, is no WARC, or expands beyond all measure; OSError if unreadable.
    """
    records: list[Record] = []
    problems: list[str] = []
    for found in iter_records(raw, name, MAX_TOTAL_BYTES):
        if isinstance(found, Record):
            records.append(found)
        else:
            problems.append(found)
        if len(records) + len(problems) > MAX_RECORDS:
            raise ArchiveError(f"{name} holds more than {MAX_RECORDS:,} records")
    if not records:
        raise ArchiveError(f"{name} holds no WARC record that can be read")
    return tuple(records), tuple(problems)


def iter_records(raw: BinaryIO, name: str, most: int) -> Iterator[Record | str]:
    """Yield the records of a WARC file, plain or gzip, and sentences on those left out, in memory for one.

    Raises ArchiveError as `read_records` does; `most` caps the bytes that it expands to.
    """
    try:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        stream = gzip.GzipFile(fileobj=raw) if packed else raw
        yield from _read(_Counted(stream, name, most))
    except EOFError:
        raise ArchiveError(_CUT_OFF.format(name)) from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise ArchiveError(f"{name} is damaged: {error}") from None


def _serialise(record: Record) -> bytes:
    lines = ["WARC/1.1", *(f"{k}: {v}" for k, v in record.fields)]
    if not record.field(BLOCK_DIGEST):
        lines.append(f"{BLOCK_DIGEST}: {block_digest(record.block)}")
    lines.append(f"Content-Length: {len(record.block)}")
    return b"".join(("\r\n".join(lines).encode(), b"\r\n\r\n", record.block, b"\r\n\r\n"))


class _Counted:
    """A stream that refuses to give more than `most` bytes."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile, name: str, most: int) -> None:
        self._stream = stream
        self._most = self._left = most
        self.name = name

    def line(self) -> bytes:
        return self._counted(self._stream.readline(_MAX_LINE_BYTES))

    def read(self, size: int) -> bytes:
        """Return exactly `size` bytes; raises EOFError where there are fewer."""
        data = self._counted(self._stream.read(size))
        if len(data) < size:
            raise EOFError
        return data

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise ArchiveError(f"{self.name} expands to more than {self._most // 1_000_000:,} MB")
        return data


def _read(stream: _Counted) -> Iterator[Record | str]:
    """Yield records, and sentences on those that are left out; after a broken one, go on at the next that begins."""
    number, stray, lost = 0, 0, False
    while line := stream.line():
        if not line.startswith(b"WARC/"):
            stray += 1
            if stray > _MAX_STRAY_LINES:
                raise ArchiveError(f"{stream.name} holds more than {_MAX_STRAY_LINES:,} lines outside of its records")
            if line.strip() and not lost:
                lost = True
                yield f"record {number}: something else stands after its end, so its length is wrong"
            continue
        number, lost = number + 1, False
        fields = _read_fields(stream)
        length = dict(fields or ()).get("content-length", "")
        if fields is None or not (length.isdecimal() and len(length) < 16):
            lost = True
            yield f"record {number}: its header cannot be read"
            continue
        if int(length) > MAX_BLOCK_BYTES:
            _skip(stream, int(length))
            yield f"record {number}: larger than {MAX_BLOCK_BYTES // 1_000_000} MB"
            continue
        record = Record(fields, stream.read(int(length)))
        yield record if _digest_right(record) else f"record {number}: its content does not match its digest"


def _read_fields(stream: _Counted) -> tuple[tuple[str, str], ...] | None:
    """Return the named fields of a record, None where they are no such fields; raises EOFError where they break off."""
    fields: list[tuple[str, str]] = []
    for _ in range(_MAX_HEADERS):
        line = stream.line()
        if not line.endswith(b"\n"):
            if len(line) < _MAX_LINE_BYTES:
                raise EOFError
            return None
        text = line.decode("utf-8", "replace").strip()
        if not text:
            return tuple(fields)
        if line[:1] in b" \t" and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {text}")
            continue
        key, colon, value = text.partition(":")
        if not colon:
            return None
        fields.append((key.strip().lower(), value.strip()))
    return None


def _skip(stream: _Counted, length: int) -> None:
    if length > MAX_TOTAL_BYTES:
        raise ArchiveError(f"{stream.name} holds a record that says to be {length:,} bytes long, which it cannot be")
    while length:
        length -= len(stream.read(min(length, 1_000_000)))


def _digest_right(record: Record) -> bool:
    """Tell whether the block matches its digest; a digest in an algorithm or spelling that we do not know passes."""
    algorithm, _, value = record.field("warc-block-digest").partition(":")
    if algorithm not in ("sha1", "sha256"):
        return True
    digest = hashlib.new(algorithm, record.block, usedforsecurity=False)
    known = {digest.hexdigest(), base64.b32encode(digest.digest()).decode().rstrip("=").lower()}
    return value.strip().rstrip("=").lower() in known
