"""Archives and packed files, member by member, within caps on size, number and depth."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

MAX_MEMBER_BYTES = 100_000_000
MAX_TOTAL_BYTES = 2_000_000_000  # of one archive, expanded
MAX_MEMBERS = 100_000
_MAX_RATIO = 500  # text packs 3 to 20 fold, a bomb a thousand
_FREE_BYTES = 10_000_000  # below this the ratio says nothing


def read_zip(file: BinaryIO) -> Iterator[tuple[str, bytes | str]]:
    """Yield the name and content of each member of a ZIP, or the sentence that says why it was left out."""
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        yield "", f"this ZIP cannot be read: {error}"
        return
    left = MAX_TOTAL_BYTES
    for number, member in enumerate(members):
        if member.is_dir():
            continue
        if number >= MAX_MEMBERS or left <= 0:
            yield (
                "",
                f"the rest of this ZIP was not read: it holds more than {MAX_MEMBERS:,} files or {MAX_TOTAL_BYTES // 10**9} GB",
            )
            return
        content = _member(
            archive, member, min(left, MAX_MEMBER_BYTES, max(_FREE_BYTES, member.compress_size * _MAX_RATIO))
        )
        left -= len(content)
        yield member.filename, content


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes | str:
    if member.flag_bits & 1:
        return "it is encrypted"
    try:
        with archive.open(member) as file:
            data = file.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        return f"it cannot be unpacked: {error}"
    return data if len(data) <= limit else f"it expands to more than {limit // 1_000_000} MB"


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
