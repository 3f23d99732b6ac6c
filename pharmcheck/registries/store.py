"""Where lists live: those that are shipped, and newer ones in the user's data directory, each version whole or not at all.

`<data>/registries/<id>/<n>/` holds `list.csv`, `list.json` (its date and where it came from) and, for lists of sellers, `held.csv`
(since when our copies name each site); the greatest `n` is in use, the one before it is kept, and `log.jsonl` beside them tells
what happened. A version is made under another name and renamed in one step, so that a reader sees all of it or none of it,
whenever the writer is killed.
"""

from __future__ import annotations

import csv
import json
import os
import re
import secrets
import shutil
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from pharmcheck.whole_file import write_whole

HELD = "held.csv"  # domain, number, and the day of the first of our copies that has them both; none since lacked them
KEPT = 2  # the version in use, and the one before it
_ABANDONED_S = 86_400  # a version that has been in the making for a day belongs to a process that was killed


class StoreError(ValueError):
    """A version in the user's data directory cannot be used; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a version of a list came from: `as_of` is the day on which it was the authority's list.

    `sha256` is that of the published bytes, `reader` the form in which they were read: in another one they are read anew.
    `etag` and `last_modified` are the server's words for a conditional request, `fetched` is a UTC time (ISO 8601).
    `entries` counts the rows of our `list.csv`.
    """

    as_of: date
    source: str
    sha256: str
    reader: str
    fetched: str
    entries: int
    etag: str = ""
    last_modified: str = ""


def data_root() -> Path:
    """Return the user's data directory: `PHARMCHECK_DATA`, else that of the XDG base directory specification.

    StoreError for a user without a home, as services have it.
    """
    if own := os.environ.get("PHARMCHECK_DATA", ""):
        return Path(own)
    shared = Path(os.environ.get("XDG_DATA_HOME", ""))
    try:
        return (shared if shared.is_absolute() else Path.home() / ".local" / "share") / "pharmcheck"
    except RuntimeError:
        raise StoreError("there is no home directory to keep lists in; set PHARMCHECK_DATA to a folder") from None


def shipped_root() -> Path:
    """Return the folder of the shipped registries: in the installed package, or in the checkout beside it."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "registries_data"
    return shipped if shipped.is_dir() else package.parent / "registries"


def registry_folders(root: Path) -> tuple[Path, ...]:
    """Return the folders in `root` that hold a registry, in the order of their ids: the one place that says what is read."""
    return tuple(sorted(path.parent for path in root.glob("*/registry.toml")))


def listing_files() -> Mapping[str, tuple[Path, Path | None]]:
    """Return, by registry id, its `registry.toml` and the `list.csv` to use, None where we hold none.

    A list of the user's is used where it is at least as new as the shipped one; then `list.json` beside it holds its
    date. Its path is another one for each version, but its date can move on while the path stays.
    """
    folders = registry_folders(shipped_root())
    return {folder.name: (folder / "registry.toml", list_in_use(folder)) for folder in folders}


def list_in_use(folder: Path) -> Path | None:
    """Return the `list.csv` to use for one shipped folder, None where we hold none. Raises StoreError."""
    shipped = folder / "list.csv"
    held = shipped if shipped.is_file() else None
    newer = newest(folder.name)
    if newer and (held is None or _shipped_day(folder / "registry.toml") <= read_origin(newer).as_of):
        return newer / "list.csv"
    return held


def day_in_use(folder: Path) -> date:
    """Return the day of the list that `list_in_use` returns; the first day of all where we hold none."""
    path = list_in_use(folder)
    if path and path.parent != folder:
        return read_origin(path.parent).as_of
    return _shipped_day(folder / "registry.toml")


def shipped_folder(registry_id: str) -> Path:
    """Return the shipped folder of a registry; StoreError where there is none of that name."""
    folder = shipped_root() / registry_id
    if not re.fullmatch(r"[a-z0-9-]+", registry_id) or not folder.is_dir():
        raise StoreError(f"no registry has the id {registry_id!r}; `pharmcheck registries` lists them")
    return folder


def newest(registry_id: str) -> Path | None:
    """Return the folder of the user's version in use, None where there is none, or none that we may read."""
    with suppress(StoreError, PermissionError):  # a service that may not see its home has no lists there
        return next(iter(_versions(data_root() / "registries" / registry_id)), None)
    return None


def read_origin(version: Path) -> Origin:
    """Return where a version came from; StoreError where its `list.json` is not in order."""
    path = version / "list.json"
    try:
        facts = json.loads(path.read_text("utf-8"))
        return Origin(**{**facts, "as_of": date.fromisoformat(facts["as_of"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: {error}; remove the folder {version} to use the list before it") from None


def held_days(version: Path) -> dict[tuple[str, str], date]:
    """Return since when our copies name each site, by its domain and number; StoreError where that file is not in order."""
    path = version / HELD
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return {(domain, number): date.fromisoformat(day) for domain, number, day in csv.reader(lines)}
    except (OSError, ValueError, csv.Error) as error:
        raise StoreError(f"{path}: {error}; remove the file, and new days are counted from now") from None


def keep(registry_id: str, rows: bytes, origin: Origin, held: bytes = b"") -> Path:
    """Put a new version in use, keep the one before it, and return its folder. Raises OSError; then nothing changed."""
    home = data_root() / "registries" / registry_id
    home.mkdir(parents=True, exist_ok=True)
    making = home / f".{secrets.token_hex(8)}.part"
    making.mkdir()
    try:
        write_whole(making / "list.csv", [rows])
        write_whole(making / "list.json", [_words(origin)])
        if held:
            write_whole(making / HELD, [held])
        made = _put_in_use(making, home)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    for old in (*_versions(home)[KEPT:], *_abandoned(home)):
        shutil.rmtree(old, ignore_errors=True)
    return made


def confirm(version: Path, origin: Origin) -> None:
    """Note that a version is still the authority's list: its `list.json` is replaced in one step. Raises OSError."""
    write_whole(version / "list.json", [_words(origin)])


def log(registry_id: str, event: Mapping[str, object]) -> None:
    """Add a line to the registry's log; a line is written in one call, so that two writers do not mix. Raises OSError."""
    home = data_root() / "registries" / registry_id
    home.mkdir(parents=True, exist_ok=True)
    line = json.dumps(event, ensure_ascii=False).encode() + b"\n"
    descriptor = os.open(home / "log.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put_in_use(making: Path, home: Path) -> Path:
    """Rename a finished folder to the next number; another process may have taken that number, then the one after."""
    number = max((int(path.name) for path in _versions(home)), default=0)
    for step in range(1, 100):
        made = home / str(number + step)
        try:
            making.rename(made)
        except OSError:
            if not made.exists():
                raise
            continue
        _sync(home)
        return made
    raise OSError(f"{home}: no free number for a new version")


def _sync(folder: Path) -> None:
    """Make a rename outlast a power cut, where the system lets a directory be opened."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _versions(home: Path) -> list[Path]:
    """Return the whole versions of a registry, newest first; what is in the making has another kind of name."""
    found = [path for path in home.glob("[0-9]*") if path.name.isdecimal()] if home.is_dir() else []
    return sorted(found, key=lambda path: int(path.name), reverse=True)


def _abandoned(home: Path) -> list[Path]:
    """Return what killed processes left in the making, by the file system's own clock: `home` has just changed."""
    limit = home.stat().st_mtime - _ABANDONED_S
    found = []
    for path in home.glob(".*.part"):
        with suppress(FileNotFoundError):  # another process has just put it in use
            found += [path] if path.stat().st_mtime < limit else []
    return found


def _words(origin: Origin) -> bytes:
    return json.dumps(asdict(origin), ensure_ascii=False, indent=1, default=str).encode() + b"\n"


def _shipped_day(facts: Path) -> date:
    day = tomllib.loads(facts.read_text("utf-8")).get("as_of")
    return day if isinstance(day, date) else date.min
