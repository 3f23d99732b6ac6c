"""Archives and packed files, member by member, within caps on size, number and depth."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from lzma import LZMAError
from typing import BinaryIO

MAX_MEMBER_BYTES = 100_000_000
MAX_TOTAL_BYTES = 2_000_000_000  # of one archive, expanded
MAX_MEMBERS = 100_000
_MAX_RATIO = 500  # text packs 3 to 20 fold, a bomb a thousand
_FREE_BYTES = 10_000_000  # below this the ratio says nothing
_DAMAGED = (zipfile.BadZipFile, zlib.error, LZMAError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a ZIP: its name, what could be read of it, and why that is not all, or ""."""

    name: str
    content: bytes = b""
    why: str = ""


def read_zip(
    file: BinaryIO, most: int = MAX_TOTAL_BYTES, wanted: Callable[[str], bool] = lambda name: True
) -> Iterator[Member]:
    """Yield the members of a ZIP whose names are `wanted`, expanded to `most` bytes in all; the others are not expanded."""
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
    except _DAMAGED as error:
        yield Member("", why=f"this ZIP cannot be read: {error}")
        return
    left = most
    for number, member in enumerate(members):
        if member.filename.endswith("/") or not wanted(member.filename):
            continue
        if number >= MAX_MEMBERS or left <= 0:
            why = f"the rest of this ZIP was not read: {MAX_MEMBERS:,} files and {most // 1_000_000:,} MB of it are"
            yield Member("", why=why)
            return
        bound = min(MAX_MEMBER_BYTES, max(_FREE_BYTES, member.compress_size * _MAX_RATIO))
        if member.file_size > bound:  # as its head claims, beyond which zipfile expands nothing
            yield Member(member.filename, why=f"it expands to more than {bound // 1_000_000} MB")
            continue
        found = _member(archive, member, left)
        left -= len(found.content)
        yield found


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> Member:
    name = member.filename
    if member.flag_bits & 1:
        return Member(name, why="it is encrypted")
    try:
        with archive.open(member) as file:
            data = file.read(limit + 1)
    except _DAMAGED as error:
        return Member(name, why=f"it cannot be unpacked: {error}")
    if len(data) > limit:
        return Member(name, data[:limit], f"it expands to more than {limit // 1_000_000} MB")
    return Member(name, data)


def unzipped(file: BinaryIO, limit: int = MAX_MEMBER_BYTES) -> tuple[bytes, str]:
    """Return what a gzip file holds as far as it can be read and `limit` allows, and what was wrong, or ""."""
    out = io.BytesIO()
    try:
        with gzip.GzipFile(fileobj=file) as stream:
            while piece := stream.read(1 << 20):
                out.write(piece)
                if out.tell() > limit:
                    return out.getvalue()[:limit], f"only its first {limit // 1_000_000} MB were read"
    except (OSError, EOFError, zlib.error) as error:
        return out.getvalue(), f"it is damaged: {error}"
    return out.getvalue(), ""
