"""Crawls as inputs of an audit: the sites recorded in WARC files, kept page by page for judging without a network."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from pharmcheck.audit.identity import identity_of
from pharmcheck.audit.store import Job, Store
from pharmcheck.capture.archive import iter_exchanges
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.warc import MAX_TOTAL_BYTES, ArchiveError, Record, iter_records
from pharmcheck.target import TargetError, parse_target

_MAX_PAGES = 14  # of one site, as many as a live check reads
_MAX_BODY_BYTES = 2_000_000
_BATCH = 200


def read_recorded(store: Store, paths: Sequence[str], tell: Callable[[str], None]) -> None:
    """Put the sites of WARC files into the store: our own recordings as they are, the pages of crawls by site."""
    for name in files_in(paths):
        path = Path(name)
        before, done = store.items_read(name)
        if done:
            continue
        try:
            if _is_ours(path):
                with store.together():
                    store.add_site(Job(name, f"file:{path.absolute()}", name))
                    store.note_read(name, 1, done=True)
            else:
                _read_crawl(store, path, before, tell)
        except FileNotFoundError:
            with store.together():
                store.add_unread(name, "", "there is no such file")
                store.note_read(name, 0, done=True)


def _read_crawl(store: Store, path: Path, before: int, tell: Callable[[str], None]) -> None:
    """Keep the pages of a crawl behind the `before` exchanges that were read earlier."""
    name, number = str(path), before
    with path.open("rb") as file:
        found = islice(iter_exchanges(file, path.name), before, None)
        while batch := list(islice(found, _BATCH)):
            number += len(batch)
            with store.together():
                for item in batch:
                    _keep(store, path.name, item)
                store.note_read(name, number, done=False)
            tell(f"{path.name}: {number:,} records read")
    store.note_read(name, number, done=True)


def files_in(paths: Sequence[str]) -> Iterator[str]:
    """Yield the WARC files that were given: files, folders, and URLs as they are."""
    for given in paths:
        if "://" not in given and Path(given).is_dir():
            yield from (str(p) for p in sorted(Path(given).rglob("*.warc*")) if p.is_file())
        else:
            yield given


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return is_recording(file, path.name)


def is_recording(file: BinaryIO, name: str) -> bool:
    """True for a recording of one site that pharmcheck made."""
    try:
        first = next(iter_records(file, name, MAX_TOTAL_BYTES), "")
    except ArchiveError:
        return False
    return isinstance(first, Record) and b"software: pharmcheck/" in first.block and b"\r\ntarget:" in first.block


@dataclass(frozen=True, slots=True)
class RecordedPage:
    """A page of a crawl, no longer than what is read of one, and the site that it belongs to."""

    job: Job
    exchange: Exchange


def page_in(item: Exchange) -> RecordedPage | tuple[str, str] | None:
    """Return the page that an exchange is, (what, why) where its address is none, None for what is no page."""
    if item.status != 200 or not item.is_html:
        return None
    if len(item.body) > _MAX_BODY_BYTES:
        item = replace(item, body=item.body[:_MAX_BODY_BYTES], cut="length")
    try:
        target = parse_target(item.url)
    except TargetError as error:
        return item.url[:200], str(error)
    return RecordedPage(Job(identity_of(target.url, target.host), target.url, target.domain), item)


def _keep(store: Store, name: str, item: Exchange | str) -> None:
    page = ("", item) if isinstance(item, str) else page_in(item)
    if isinstance(page, tuple):
        store.add_unread(name, *page)
    elif page:
        keep_page(store, page.job, packed(page.exchange))


def keep_page(store: Store, job: Job, record: bytes) -> None:
    """Put a page into the store, or its place in a WARC file."""
    store.add_site(job)
    store.add_page(job.identity, job.target, record, _MAX_PAGES)


def packed(exchange: Exchange) -> bytes:
    """Return a recorded answer as bytes for the state file: a line of JSON, then the body, compressed."""
    about = [exchange.url, exchange.status, exchange.reason, exchange.headers, exchange.cut]
    return zlib.compress(json.dumps(about).encode() + b"\n" + exchange.body)


def unpacked(data: bytes) -> Exchange:
    """Return the answer that `packed` made bytes of."""
    about, _, body = zlib.decompress(data).partition(b"\n")
    url, status, reason, headers, cut = json.loads(about)
    return Exchange(url, status, reason, tuple((k, v) for k, v in headers), body, cut)
