"""ZIP archives under limits: what is inside is counted while it is expanded, never believed beforehand."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from pharmcheck.readers.our_list import RegistryError

MAX_EXPANDED = 200_000_000  # bytes of all members together
MAX_RATIO = 200  # expanded to packed; a register's text packs 5 to 20 times, deflate at most 1,032 times
MAX_MEMBERS = 2_000
_SLICE = 1 << 16


def is_zip(body: bytes) -> bool:
    """Tell whether a body begins as a ZIP archive does."""
    return body.startswith(b"PK\x03\x04")


def member(body: bytes, name: str) -> bytes:
    """Return the one member of that file name, in whatever folder; RegistryError where there is none or several."""
    found = [path for path in _names(body) if path.rpartition("/")[2] == name]
    if len(found) != 1:
        raise RegistryError(f"the archive holds {len(found)} files {name!r}, expected one")
    return _expanded(body, found)[found[0]]


def check(body: bytes) -> list[str]:
    """Return the names of the members; RegistryError for an archive that is broken, or too large once it is expanded."""
    names = _names(body)
    _expanded(body, names, keep=False)
    return names


def pieces(body: bytes, path: str) -> Iterator[bytes]:
    """Yield a member of an archive that was checked, piece by piece."""
    with zipfile.ZipFile(BytesIO(body)) as archive, archive.open(path) as packed:
        while piece := packed.read(_SLICE):
            yield piece


def _names(body: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise RegistryError(f"the archive is broken: {error}") from None
    if len(names) > MAX_MEMBERS:
        raise RegistryError(f"the archive holds {len(names):,} files, more than {MAX_MEMBERS:,}")
    return names


def _expanded(body: bytes, names: list[str], *, keep: bool = True) -> dict[str, bytes]:
    """Return members expanded; with `keep` false they are only counted."""
    limit = min(MAX_EXPANDED, max(1_000_000, MAX_RATIO * len(body)))
    found: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            for name in names:
                parts = []
                with archive.open(name) as packed:
                    while piece := packed.read(_SLICE):
                        total += len(piece)
                        if total > limit:
                            raise RegistryError(f"the archive expands to more than {limit:,} bytes")
                        if keep:
                            parts.append(piece)
                found[name] = b"".join(parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, RegistryError):
            raise
        raise RegistryError(f"the archive is broken: {error}") from None
    return found
