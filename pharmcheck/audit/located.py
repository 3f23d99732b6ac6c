"""WARC files wherever they stand, and single pages of them by their place: what workers on many machines read."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import BinaryIO

from pharmcheck.audit.opened import GZIP, MAX_RECORD_BYTES, absolute, members, opened
from pharmcheck.audit.recorded import RecordedPage, files_in, keep_page, keep_recordings, packed, page_in, unpacked
from pharmcheck.audit.recordings import recordings_in
from pharmcheck.audit.stamps import stamp_of
from pharmcheck.audit.store import Job, Store
from pharmcheck.capture.archive import iter_exchanges
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.warc import MAX_TOTAL_BYTES, iter_records

_BATCH = 200  # pages of one transaction
_MARK = b"@"  # no zlib stream begins so: what follows says where the page stands
_NUMBER = re.compile(r"^record \d+")


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page in a WARC file: whose it is, and the place of its record as the state keeps it."""

    job: Job
    record: bytes


@dataclass(frozen=True, slots=True)
class Listed:
    """What stands in one WARC file: recordings that we made, else pages; and (what, why) of the unread."""

    ours: tuple[Job, ...] = ()
    missing: bool = False
    pages: tuple[FoundPage | tuple[str, str], ...] = ()


def list_pages(path: str) -> Listed:
    """Return where the pages of a WARC file stand. Raises OSError for a file that is there and cannot be read."""
    name = PurePosixPath(path).name
    try:
        if ours := recordings_in(path):
            jobs = tuple(found for found in ours if isinstance(found, Job))
            return Listed(jobs, pages=tuple(found for found in ours if not isinstance(found, Job)))
        with opened(path) as file:
            return Listed(pages=tuple(_pages(file, path, name)))
    except FileNotFoundError:
        return Listed(missing=True)


def read_recorded(store: Store, paths: Sequence[str], tell: Callable[[str], None]) -> None:
    """Put the sites of WARC files into the store: our own recordings as they are, the pages of crawls by site.

    Of a file that has grown since it was read, what is new is added.
    """
    for name in files_in(paths):
        stamp = stamp_of(name)
        before, done = store.items_read(name)
        if done and not store.has_changed(name, stamp):
            continue
        store.note_read(name, before, done=False)
        store.note_stamp(name, stamp)
        try:
            if ours := recordings_in(name):
                if before:
                    store.take_back(name)
                with store.together():
                    keep_recordings(store, name, PurePosixPath(name).name, ours)
                    store.note_read(name, 1, done=True)
            else:
                _read_crawl(store, name, before, tell)
        except FileNotFoundError:
            with store.together():
                store.add_unread(name, name, "", "there is no such file")
                store.note_read(name, 0, done=True)


def _read_crawl(store: Store, path: str, before: int, tell: Callable[[str], None]) -> None:
    """Keep where the pages of a crawl stand, behind the first `before`, which were listed earlier."""
    name, number = PurePosixPath(path).name, before
    with opened(path) as file:
        found = islice(_pages(file, path, name), before, None)
        while batch := list(islice(found, _BATCH)):
            number += len(batch)
            with store.together():
                keep_pages(store, path, name, batch)
                store.note_read(path, number, done=False)
            tell(f"{name}: {number:,} pages listed")
    store.note_read(path, number, done=True)


def keep_pages(store: Store, path: str, name: str, found: Iterable[FoundPage | tuple[str, str]]) -> None:
    """Put the places of pages into the store, and what could not be read."""
    for page in found:
        if isinstance(page, FoundPage):
            keep_page(store, page.job, page.record)
        else:
            store.add_unread(path, name, *page)


def _pages(file: BinaryIO, path: str, name: str) -> Iterator[FoundPage | tuple[str, str]]:
    if not _has_places(file, name):
        file.seek(0)
        yield from (_found(item, b"") for item in _known(iter_exchanges(file, name)))
        return
    file.seek(0)
    where = absolute(path)
    for number, (start, length, content) in enumerate(members(file, name), 1):
        if isinstance(content, str):
            yield "", content
            continue
        items = list(_known(iter_exchanges(io.BytesIO(content), name)))
        place = _MARK + json.dumps([where, start, length]).encode() if len(items) == 1 else b""
        for item in items:
            found = _found(item, place)
            yield found if isinstance(found, FoundPage) else (found[0], _NUMBER.sub(f"record {number}", found[1]))


def _has_places(file: BinaryIO, name: str) -> bool:
    """True where each record is a gzip member, as in nearly all crawls; of other files the pages travel themselves."""
    if file.read(2) != b"\x1f\x8b":
        return False
    file.seek(0)
    first = next(members(file, name))[2]
    return (
        isinstance(first, bytes) and len(list(islice(iter_records(io.BytesIO(first), name, MAX_TOTAL_BYTES), 2))) == 1
    )


def _known(items: Iterable[Exchange | str]) -> Iterator[RecordedPage | tuple[str, str]]:
    for item in items:
        page = ("", item) if isinstance(item, str) else page_in(item)
        if page is not None:
            yield page


def _found(item: RecordedPage | tuple[str, str], place: bytes) -> FoundPage | tuple[str, str]:
    if isinstance(item, tuple):
        return item
    return FoundPage(item.job, place or packed(item.exchange))


def page_of(record: bytes) -> Exchange:
    """Return the page that the state keeps, or whose place it keeps. Raises OSError where it is no longer there."""
    if not record.startswith(_MARK):
        return unpacked(record)
    path, start, length = json.loads(record.removeprefix(_MARK))
    with opened(path) as file:
        file.seek(start)
        data = file.read(length)
    with suppress(zlib.error):
        content = zlib.decompressobj(GZIP).decompress(data, MAX_RECORD_BYTES)
        for item in _known(iter_exchanges(io.BytesIO(content), path)):
            if isinstance(item, RecordedPage):
                return item.exchange
    raise OSError(f"{path} has changed since it was listed: no page stands at byte {start:,} any more")
