"""Writes files that are there whole or not at all, and makes names that every file system takes."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

# Names of devices, whatever follows their first dot (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
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
        with path.open("wb") as out:
            out.writelines(pieces)
        return
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as out:  # x: an entry of that name, a planted link too, is an error
            out.writelines(pieces)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
