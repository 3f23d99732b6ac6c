"""Crawls as inputs of an audit: the sites recorded in WARC files, kept page by page for judging without a network."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pharmcheck.audit.identity import identity_of
from pharmcheck.audit.store import Job, Store
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.options import MAX_PAGE_BYTES, MAX_PAGES
from pharmcheck.target import TargetError, parse_target


def files_in(paths: Sequence[str]) -> Iterator[str]:
    """Yield the WARC files that were given: files, folders, and URLs as they are."""
    for given in paths:
        if "://" not in given and Path(given).is_dir():
            yield from (str(p) for p in sorted(Path(given).rglob("*.warc*")) if p.is_file())
        else:
            yield given


def keep_recordings(store: Store, path: str, name: str, found: Iterable[Job | tuple[str, str]]) -> None:
    """Put recordings that we made into the store, and what of them cannot be read."""
    for item in found:
        if isinstance(item, Job):
            store.add_recording(item)
        else:
            store.add_unread(path, name, *item)


@dataclass(frozen=True, slots=True)
class RecordedPage:
    """A page of a crawl, no longer than what is read of one, and the site that it belongs to."""

    job: Job
    exchange: Exchange


def page_in(item: Exchange) -> RecordedPage | tuple[str, str] | None:
    """Return the page that an exchange is, (what, why) where its address is none, None for what is no page."""
    if item.status != 200 or not item.is_html:
        return None
    if len(item.body) > MAX_PAGE_BYTES:
        item = replace(item, body=item.body[:MAX_PAGE_BYTES], cut="length")
    try:
        target = parse_target(item.url)
    except TargetError as error:
        return item.url[:200], str(error)
    return RecordedPage(Job(identity_of(target.url, target.host), target.url, target.domain), item)


def keep_page(store: Store, job: Job, record: bytes) -> None:
    """Put a page into the store, or its place in a WARC file: of one site as many as a live check reads."""
    store.add_site(job)
    store.add_page(job.identity, job.target, record, MAX_PAGES)


def packed(exchange: Exchange) -> bytes:
    """Return a recorded answer as bytes for the state file: a line of JSON, then the body, compressed."""
    about = [exchange.url, exchange.status, exchange.reason, exchange.headers, exchange.cut]
    return zlib.compress(json.dumps(about).encode() + b"\n" + exchange.body)


def unpacked(data: bytes) -> Exchange:
    """Return the answer that `packed` made bytes of."""
    about, _, body = zlib.decompress(data).partition(b"\n")
    url, status, reason, headers, cut = json.loads(about)
    return Exchange(url, status, reason, tuple((k, v) for k, v in headers), body, cut)
