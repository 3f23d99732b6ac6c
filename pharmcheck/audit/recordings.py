"""Recordings that pharmcheck made, as inputs of an audit: one site a file, or the sites of an audit one behind another."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from pharmcheck.audit.identity import identity_of
from pharmcheck.audit.opened import absolute, copied, members, opened
from pharmcheck.audit.shards import INDEX, find
from pharmcheck.audit.store import Job
from pharmcheck.capture.archive import Recording, load, load_from, records_of
from pharmcheck.capture.warc import MAX_TOTAL_BYTES, ArchiveError, Record, from_fields, iter_records, pack
from pharmcheck.model import Report, Target
from pharmcheck.target import TargetError, parse_target

if TYPE_CHECKING:
    from pharmcheck.capture.live import Captured

_LEVEL = 1  # of gzip
_DATE = "warc-date"


def recordings_in(path: str) -> tuple[Job | tuple[str, str], ...]:
    """Return the recordings that a file holds, and (what, why) of those that are damaged; none for other files.

    Each is one of the site that was captured, whatever the file is called. Raises OSError for a file that cannot be read.
    """
    name = PurePosixPath(path).name
    place = absolute(path)
    with opened(path) as file:
        about = _about(file, name)
        if "target" not in about:
            return ()
        if "site" in about:
            file.seek(0)
            return tuple(_sites(file, place, name))
    return (_only(f"file:{place}"),)


def _only(target: str) -> Job | tuple[str, str]:
    """Return the recording that is all of a file, read to its end."""
    try:
        recording = recording_at(target)
    except ArchiveError as error:
        return "", str(error)
    site = identity_of(recording.target.url, recording.target.host)
    return Job(site, target, site, captured=_moment(recording.options.now.isoformat()))


def _sites(file: BinaryIO, place: str, name: str) -> Iterator[Job | tuple[str, str]]:
    """Yield the sites of an audit's file; one of which a part is missing is named."""
    site, captured, begin, end, missing = "", "", 0, 0, 0
    for start, length, content in members(file, name):
        if isinstance(content, str):
            yield site, content
            return
        if b"\r\nWARC-Type: warcinfo\r\n" in content[:200]:
            if site:
                yield _found(Job(site, f"part:{begin}+{end - begin}:{place}", site, captured=captured), missing)
            about = _about(io.BytesIO(content), name)
            begin, captured, (site, missing) = start, _moment(about.get(_DATE, "")), _named(about)
            if not site:
                yield "", f"the recording at byte {start:,} does not say of which site it is"
        end, missing = start + length, missing - 1
    if site:
        yield _found(Job(site, f"part:{begin}+{end - begin}:{place}", site, captured=captured), missing)


def _named(about: dict[str, str]) -> tuple[str, int]:
    """Return the site of a recording and how many records it has, "" where that is not said as we say it."""
    try:
        return str(json.loads(about["site"])), int(about["records"]) + 1
    except (KeyError, ValueError, RecursionError):
        return "", 0


def _found(job: Job, missing: int) -> Job | tuple[str, str]:
    if missing:
        why = f"is cut off: {missing} records are missing" if missing > 0 else "holds more records than it says"
        return job.identity, f"its recording {why}"
    return job


def _moment(date: str) -> str:
    """Return a time as reports write it, so that times can be compared; "" for what is none."""
    try:
        return datetime.fromisoformat(date).astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return ""


def _about(file: BinaryIO, name: str) -> dict[str, str]:
    """Return what the first record says of a recording that we made, nothing where it is none."""
    try:
        first = next(iter_records(file, name, MAX_TOTAL_BYTES), "")
    except ArchiveError:
        return {}
    if not isinstance(first, Record) or first.field("warc-type") != "warcinfo":
        return {}
    about = from_fields(first.block) | {_DATE: first.field(_DATE)}
    return about if about.get("software", "").startswith("pharmcheck/") else {}


def recording_of(site: str, target: Target, found: Captured) -> bytes:
    """Return what was captured of a site as WARC records, each a gzip member; `site` is its name in the audit."""
    return b"".join(pack(record, _LEVEL) for record in records_of(target, found.options, found.exchanges, site))


def recording_at(target: str) -> Recording:
    """Return the recording that a job names: a whole file, or a part of one. Raises ArchiveError, OSError."""
    kind, _, rest = target.partition(":")
    if kind == "file":
        with copied(rest) as path:
            return load(path)
    span, _, place = rest.partition(":")
    start, _, length = span.partition("+")
    with opened(place) as file:
        file.seek(int(start))
        return load_from(io.BytesIO(file.read(int(length))), PurePosixPath(place).name)


def check_kept(kept: Path, site: str, countries: Sequence[str] = ()) -> Report:
    """Judge one site of an audit's folder or of one file, named as the audit or as an address. Raises ArchiveError, OSError."""
    from pharmcheck.capture.live import play  # noqa: PLC0415 - who merely lists recordings judges none
    from pharmcheck.pipeline import judge  # noqa: PLC0415

    recording = _in_folder(kept, site) if kept.is_dir() else _in_file(kept, site)
    return judge(asyncio.run(play(recording)), countries)


def _in_file(path: Path, site: str) -> Recording:
    held = [found for found in recordings_in(str(path)) if isinstance(found, Job) and found.target.startswith("part:")]
    of_site = [job for job in held if job.identity in _names(site)]
    if held and not of_site:
        raise ArchiveError(f"{path.name} holds no recording of {site}")
    return recording_at(of_site[0].target) if of_site else load(path, parse_target(site))


def _in_folder(folder: Path, site: str) -> Recording:
    for name in _names(site):
        if place := find(folder, name):
            return recording_at(f"part:{place.start}+{place.length}:{folder / place.file}")
    why = "" if (folder / INDEX).is_file() else f": there is no {INDEX}, which an audit writes at its end"
    raise ArchiveError(f"{folder} holds no recording of {site}{why}")


def _names(site: str) -> tuple[str, ...]:
    """Return the names that an audit may have given a site: what was typed, whom it is of, a redirector by its address."""
    try:
        target = parse_target(site)
    except TargetError:
        return (site,)
    return site, identity_of(target.url, target.host), target.url.partition("://")[2].rstrip("/")
