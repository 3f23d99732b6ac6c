"""Writes files that are there whole or not at all, and makes names that every file system takes."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows, where nothing is swept
    fcntl = None  # type: ignore[assignment]

# Names of devices, whatever follows their first dot (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
_PART = re.compile(r"\.[0-9a-f]{16}\.part")
_LONGEST_NAME = 80  # file systems take 255 bytes; digests and endings stand beside it


def plain_name(name: str) -> str:
    """Return a name without anything that a file system, a shell or a browser could take for more than letters.

    It has at most 81 characters, and is never empty; different names may come out alike.
    """
    plain = re.sub(r"[^a-z0-9.-]+", "_", name.lower())[:_LONGEST_NAME].strip("._-") or "site"
    return f"_{plain}" if plain.partition(".")[0] in _DEVICES else plain


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces, one after another, to `path`; an interrupted write leaves an older file as it was.

    A device, a pipe or a symbolic link is never replaced: it is opened and written to as a shell would do, under the
    rules of the system. The file in the making has a name that nobody can foresee. Raises OSError.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        with path.open("wb") as there:
            there.writelines(pieces)
        return
    part, out = _begun(path)
    try:
        with out:
            out.writelines(pieces)
            out.flush()
            os.fsync(out.fileno())
            if fcntl:
                part.replace(path)  # while it is held, so that nobody sweeps it
        if not fcntl:
            part.replace(path)  # Windows renames no file that is open
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Delete what processes that were killed left of their `write_whole` in a folder; never what one still writes."""
    for part in folder.glob(".*.part"):
        if fcntl and _PART.fullmatch(part.name) and part.is_file() and not part.is_symlink():
            with suppress(OSError), part.open("rb") as file:  # gone, or held by who writes it
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                part.unlink()


def _begun(path: Path) -> tuple[Path, BinaryIO]:
    """Return the name of a new file beside `path`, and the file, held by this process so that nobody sweeps it."""
    while True:
        part = path.with_name(f".{secrets.token_hex(8)}.part")
        out = part.open("xb")  # x: an entry of that name, a planted link too, is an error
        with suppress(OSError):  # a file system without locks, on which nothing is swept
            if fcntl:
                fcntl.flock(out, fcntl.LOCK_EX)
        if part.exists():
            return part, out
        out.close()  # swept before it was held
