"""Crawls as inputs of an audit: the sites recorded in WARC files, kept page by page for judging without a network."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

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
    for path in _files(paths):
        name = str(path)
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


def _files(paths: Sequence[str]) -> Iterator[Path]:
    for given in paths:
        path = Path(given)
        yield from sorted(p for p in path.rglob("*.warc*") if p.is_file()) if path.is_dir() else (path,)


def _is_ours(path: Path) -> bool:
    """True for a recording of one site that pharmcheck made."""
    try:
        with path.open("rb") as file:
            first = next(iter_records(file, path.name, MAX_TOTAL_BYTES), "")
    except ArchiveError:
        return False
    return isinstance(first, Record) and b"software: pharmcheck/" in first.block and b"\r\ntarget:" in first.block


def _keep(store: Store, name: str, item: Exchange | str) -> None:
    if isinstance(item, str):
        store.add_unread(name, "", item)
        return
    if item.status != 200 or not item.is_html:
        return
    if len(item.body) > _MAX_BODY_BYTES:
        item = replace(item, body=item.body[:_MAX_BODY_BYTES], cut="length")
    try:
        target = parse_target(item.url)
    except TargetError as error:
        store.add_unread(name, item.url[:200], str(error))
        return
    identity = identity_of(target.url, target.host)
    store.add_site(Job(identity, target.url, target.domain))
    store.add_page(identity, target.url, packed(item), _MAX_PAGES)


def packed(exchange: Exchange) -> bytes:
    """Return a recorded answer as bytes for the state file: a line of JSON, then the body, compressed."""
    about = [exchange.url, exchange.status, exchange.reason, exchange.headers, exchange.cut]
    return zlib.compress(json.dumps(about).encode() + b"\n" + exchange.body)


def unpacked(data: bytes) -> Exchange:
    """Return the answer that `packed` made bytes of."""
    about, _, body = zlib.decompress(data).partition(b"\n")
    url, status, reason, headers, cut = json.loads(about)
    return Exchange(url, status, reason, tuple((k, v) for k, v in headers), body, cut)
