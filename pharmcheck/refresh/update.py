"""Refreshes the user's lists: a download or a file is checked, read, compared, and only then put in use."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from pharmcheck.capture.download import DownloadError, Progress
from pharmcheck.capture.options import CaptureOptions
from pharmcheck.readers.entries import Entry, read_list
from pharmcheck.readers.our_list import COLUMNS, RegistryError
from pharmcheck.readers.spec import Reader
from pharmcheck.refresh.fetch import Fetched, fetch
from pharmcheck.registries import store
from pharmcheck.registries.folder import Folder, read_folder, read_reader
from pharmcheck.registries.store import Origin, StoreError

FAILURES = (RegistryError, StoreError, DownloadError, OSError)  # after each of them the old list is in use as before
_A_DAY = timedelta(days=1)
_MOST_TOLD = 200  # names of what came and went, in one line of the log


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an update did. `unchanged`: the published list is the one that we hold; `unread`: addresses that are none."""

    registry: str
    entries: int
    as_of: date
    unchanged: bool = False
    added: int = 0
    removed: int = 0
    unread: tuple[str, ...] = ()


def update(registry_id: str, options: CaptureOptions, progress: Progress, *, accept_fewer: bool = False) -> Outcome:
    """Download a registry's list and put it in use; with `accept_fewer`, also one that shrank more than its reader allows.

    Raises one of FAILURES, with a sentence for people; then nothing has changed but a line in the log.
    """
    return _logged(
        registry_id, options.now, lambda: _download(registry_id, options, progress, accept_fewer=accept_fewer)
    )


def take_files(
    registry_id: str, files: Sequence[Path], now: datetime, as_of: date, *, accept_fewer: bool = False
) -> Outcome:
    """Put a list in use that a person downloaded, all its pages in `files`, as it was on the day `as_of`.

    Raises as `update` does.
    """

    def take() -> Outcome:
        folder, reader = _known(registry_id)
        if as_of > now.date() + _A_DAY:
            raise RegistryError(f"the file cannot be of {as_of}, which is yet to come")
        if (held := _day_in_use(registry_id)) > as_of:
            raise RegistryError(f"the file is of {as_of}, and the list in use of {held}, so it would not be used")
        bodies = tuple(path.read_bytes() for path in files)
        fetched = Fetched(f"a file that was given ({', '.join(path.name for path in files)})", bodies)
        return _take(folder, reader, fetched, now, as_of, accept_fewer=accept_fewer)

    return _logged(registry_id, now, take)


def updatable() -> tuple[str, ...]:
    """Return the ids of the registries whose list can be downloaded: where it is, and its form, are known."""
    folders = store.registry_folders(store.shipped_root())
    return tuple(f.name for f in folders if read_reader(f) and read_folder(f)[0].download_url)


def _known(registry_id: str) -> tuple[Folder, Reader]:
    folder = store.shipped_folder(registry_id)
    reader = read_reader(folder)
    known = read_folder(folder)[0]
    if not reader:
        raise RegistryError(f"the form of its list is not known; it can only be looked at: {known.registry.url}")
    return known, reader


def _download(registry_id: str, options: CaptureOptions, progress: Progress, *, accept_fewer: bool) -> Outcome:
    folder, reader = _known(registry_id)
    if not folder.download_url:
        raise RegistryError(
            f"no address is known from which its list can be downloaded; save it from {folder.registry.url} "
            f"and give it with --from FILE {registry_id}"
        )
    version = store.newest(registry_id)
    ours = None
    with suppress(StoreError):  # a broken version is replaced by what comes
        ours = store.read_origin(version) if version and (version / "list.csv").is_file() else None
    if ours and ours.reader != _form(reader):
        ours = None  # rows that were read in another way must come again
    fetched = fetch(folder.download_url, reader, options, progress, ours)
    day = max(options.now.date(), _day_in_use(registry_id))  # what is published today is no older than what we hold
    if version and ours and fetched.unchanged:
        return _confirm(registry_id, version, replace(ours, as_of=day, fetched=_time(options.now)))
    return _take(folder, reader, fetched, options.now, day, accept_fewer=accept_fewer)


def _take(folder: Folder, reader: Reader, fetched: Fetched, now: datetime, day: date, *, accept_fewer: bool) -> Outcome:
    """Read what was fetched, compare it with the list in use, and put it in its place."""
    registry = folder.registry
    reading = read_list(reader, fetched.bodies, registry.polarity, registry.url)
    old = _rows_in_use(registry.id)
    rows = _merged(old, reading.entries) if reader.keeps_old else reading.entries
    if not accept_fewer and len(rows) * 100 < len(old) * (100 - reader.max_shrink_percent):
        raise RegistryError(
            f"it has {len(rows)} entries, the one in use {len(old)}: more than {reader.max_shrink_percent} % fewer. "
            "Look at it, and use --accept-fewer if that is right"
        )
    if any(row[5] == (day + _A_DAY).isoformat() for row in rows):
        day += _A_DAY  # east of Greenwich it is tomorrow already
    digest = hashlib.sha256(b"".join(fetched.bodies)).hexdigest()
    origin = Origin(
        day, fetched.source, digest, _form(reader), _time(now), len(rows), fetched.etag, fetched.last_modified
    )
    written = _csv(rows)
    _refuse_bad(registry.id, written, origin)
    version = store.newest(registry.id)
    if version and _holds(version / "list.csv", written):
        return replace(_confirm(registry.id, version, origin), unread=reading.unread)
    days = _days_held(registry.id, old, rows, day) if registry.polarity == "positive" else b""
    store.keep(registry.id, written, origin, days)
    added, removed = sorted(set(rows) - set(old)), sorted(set(old) - set(rows))
    outcome = Outcome(registry.id, len(rows), day, False, len(added), len(removed), reading.unread)
    changes = {"published": reading.read, "unread": list(reading.unread[:_MOST_TOLD])}
    _note("updated", registry.id, origin, {**changes, "added": _told(added), "removed": _told(removed)})
    return outcome


def _confirm(registry_id: str, version: Path, origin: Origin) -> Outcome:
    store.confirm(version, origin)
    _note("unchanged", registry_id, origin, {})
    return Outcome(registry_id, origin.entries, origin.as_of, unchanged=True)


def _day_in_use(registry_id: str) -> date:
    with suppress(StoreError):  # a broken version is replaced by what comes
        return store.day_in_use(store.shipped_folder(registry_id))
    return date.min


def _rows_in_use(registry_id: str) -> tuple[Entry, ...]:
    folder = store.shipped_folder(registry_id)
    try:
        path = store.list_in_use(folder)
    except StoreError:
        path = folder / "list.csv"
    if not path or not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(tuple(row) for row in csv.reader(lines))[1:]


def _days_held(registry_id: str, old: Iterable[Entry], new: Iterable[Entry], day: date) -> bytes:
    """Return since when our copies name each site of the new list under its number: it may outlive its pharmacy there.

    Days go over from the list in use; what it lacks is of `day`. An entry that was gone, or has another number, begins anew.
    """
    version, since = store.newest(registry_id), _day_in_use(registry_id)
    known: dict[tuple[str, str], date] = {}
    with suppress(StoreError):  # a broken version is replaced by what comes
        known = store.held_days(version) if version else {}
    days = {(domain, number): known.get((domain, number), since) for _, number, domain, *_ in old if domain}
    text = io.StringIO()
    rows = ((domain, number, days.get((domain, number), day)) for _, number, domain, *_ in new if domain)
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _merged(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the old entries and those of the new ones that are of another site, path, status or day."""
    known = {entry[2:6] for entry in old}
    return (*old, *(entry for entry in new if entry[2:6] not in known))


def _refuse_bad(registry_id: str, written: bytes, origin: Origin) -> None:
    """Raise RegistryError where the new list would be refused when it is loaded: a number, a count, a date."""
    with tempfile.TemporaryDirectory(prefix="pharmcheck-") as scratch:
        path = Path(scratch, "list.csv")
        path.write_bytes(written)
        store.confirm(path.parent, origin)
        try:
            read_folder(store.shipped_folder(registry_id), path)
        except RegistryError as error:
            raise RegistryError(str(error).replace(str(path), "the list, as we would keep it")) from None


def _holds(path: Path, written: bytes) -> bool:
    return path.is_file() and path.read_bytes() == written


def _csv(rows: Iterable[Entry]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((COLUMNS, *rows))
    return text.getvalue().encode()


def _form(reader: Reader) -> str:
    """Return the form of a list with a mark that changes when its `[reader]` does."""
    return f"{reader.format} {hashlib.sha256(repr(reader).encode()).hexdigest()[:12]}"


def _logged(registry_id: str, now: datetime, act: Callable[[], Outcome]) -> Outcome:
    try:
        return act()
    except FAILURES as error:
        with suppress(OSError, StoreError):  # where even the log cannot be written, the error itself says why
            store.shipped_folder(registry_id)
            store.log(registry_id, {"when": _time(now), "event": "kept the old list", "why": str(error)})
        raise


def _note(event: str, registry_id: str, origin: Origin, more: Mapping[str, object]) -> None:
    facts = {**asdict(origin), "as_of": origin.as_of.isoformat()}
    store.log(registry_id, {"when": origin.fetched, "event": event, **facts, **more})


def _told(entries: Sequence[Entry]) -> dict[str, object]:
    """Return how many entries came or went, and their names, as far as one line holds them."""
    names = [domain + path or number or name for name, number, domain, path, *_ in entries[:_MOST_TOLD]]
    return {"count": len(entries), "entries": names}


def _time(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
