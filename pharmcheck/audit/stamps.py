"""What is read of a folder, and by what is told that an input has changed since it was read."""

from __future__ import annotations

import hashlib
from pathlib import Path

STATE = "state.sqlite"  # by it the folder of an audit is known


def files_below(folder: Path) -> list[Path]:
    """Return the files of a folder that are read, sorted: none whose name begins with a dot, and no results of audits."""
    audits = {state.parent for state in folder.rglob(STATE)} - {folder}
    named = (p for p in folder.rglob("*") if not p.name.startswith(".") and p.is_file())
    return sorted(p for p in named if audits.isdisjoint(p.parents))


def stamp_of(path: str) -> str:
    """Return what is another when an input has changed: size and time of a file, of a folder those of all its files.

    It is "" for what nothing tells of: standard input, a URL, a file that is not there.
    """
    if path == "-" or "://" in path:
        return ""
    try:
        place = Path(path)
        if not place.is_dir():
            return _size_and_time(place)
        told = (f"{p.relative_to(place)}\0{_size_and_time(p)}\0" for p in files_below(place))
        return hashlib.sha256("".join(told).encode("utf-8", "replace")).hexdigest()
    except OSError:
        return ""


def _size_and_time(file: Path) -> str:
    found = file.stat()
    return f"{found.st_size} {found.st_mtime_ns}"
