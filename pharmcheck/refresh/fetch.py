"""Fetches a published list, all its pages, and checks it against the hash that the authority publishes."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urljoin

from pharmcheck.capture.download import PAUSE_S, Downloaded, DownloadError, Downloads, Progress
from pharmcheck.capture.options import CaptureOptions
from pharmcheck.readers import html, json
from pharmcheck.readers.our_list import RegistryError
from pharmcheck.readers.spec import Reader
from pharmcheck.registries.store import Origin

Got = TypeVar("Got")
MAX_PAGES = 1_000
_SHA256 = re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{64}(?![0-9A-Fa-f])")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A published list: its pages in order, and from where; with `unchanged` there are none."""

    source: str
    bodies: tuple[bytes, ...]
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False


def fetch(url: str, reader: Reader, options: CaptureOptions, progress: Progress, ours: Origin | None) -> Fetched:
    """Return the list at `url`, or that it is still `ours`. Raises DownloadError and RegistryError.

    `{term}` in the address is replaced by each of the reader's terms, `{page}` or `{offset}` by those of its pages.
    """

    return in_time("list", options, lambda downloads: _fetch(url, reader, downloads, progress, ours))


def in_time(what: str, options: CaptureOptions, get: Callable[[Downloads], Awaitable[Got]]) -> Got:
    """Return what `get` downloads within the time of the options; DownloadError, which names `what`, where that is not enough."""

    async def run() -> Got:
        try:
            async with asyncio.timeout(options.site_timeout_s), Downloads(options) as downloads:
                return await get(downloads)
        except TimeoutError:
            raise DownloadError(f"the {what} was not there after {options.site_timeout_s:g} s") from None

    return asyncio.run(run())


async def _fetch(url: str, reader: Reader, downloads: Downloads, progress: Progress, ours: Origin | None) -> Fetched:
    if reader.list_link:
        url = await _linked(url, reader.list_link, downloads)
    if not reader.pages and not reader.terms:
        etag, modified = (ours.etag, ours.last_modified) if ours and ours.source == url else ("", "")
        one = await downloads.get(url, progress, etag=etag, last_modified=modified)
        if not one.unchanged and reader.hash_url:
            await _check_hash(one, reader, downloads)
        return Fetched(url, () if one.unchanged else (one.body,), one.etag, one.last_modified, one.unchanged)
    bodies: list[bytes] = []
    for term in reader.terms or ("",):
        bodies += await _pages(url.replace("{term}", quote(term, safe="")), reader, downloads, progress)
    return Fetched(url, tuple(bodies))


async def _pages(url: str, reader: Reader, downloads: Downloads, progress: Progress) -> Sequence[bytes]:
    """Return all pages of one list; how many there are must stay the same while they are read."""
    pages = reader.pages
    if not pages:
        return [(await downloads.get(url, progress)).body]

    async def page(number: int) -> bytes:
        place = url.replace("{page}", str(pages.first + number)).replace("{offset}", str(number * pages.step))
        return (await downloads.get(place, progress)).body

    bodies = [await page(0)]
    count = _count(reader, bodies[0])
    if count > MAX_PAGES:
        raise RegistryError(f"the list has {count:,} pages, more than {MAX_PAGES:,}")
    for number in range(1, count):
        await asyncio.sleep(PAUSE_S)
        bodies.append(await page(number))
        if _count(reader, bodies[-1]) != count:
            raise RegistryError("the number of pages changed while they were read: try again")
    return bodies


def _count(reader: Reader, body: bytes) -> int:
    assert reader.pages
    if reader.format == "json":
        return max(1, -(-json.count(reader, body) // reader.pages.step))
    return html.last_page(reader, body) - reader.pages.first + 1


async def _check_hash(list_: Downloaded, reader: Reader, downloads: Downloads) -> None:
    """Raise RegistryError where the published SHA-256 is not that of what came, or cannot be found."""
    url = reader.hash_url
    if reader.hash_link:
        url = await _linked(url, reader.hash_link, downloads)
    text = (await downloads.get(url, lambda *_: None)).body.decode("utf-8", "replace")
    hashes = {one.lower() for one in _SHA256.findall(text)}
    if len(hashes) != 1:
        raise RegistryError(f"{url} holds {len(hashes)} SHA-256 sums, expected one")
    ours = hashlib.sha256(list_.body).hexdigest()
    if {ours} != hashes:
        raise RegistryError(
            f"the list has the SHA-256 {ours}, and {url} says {hashes.pop()}: it was damaged or exchanged"
        )


async def _linked(url: str, pattern: str, downloads: Downloads) -> str:
    """Return the address of the one link that fits a pattern on the page at `url`."""
    page = await downloads.get(url, lambda *_: None)
    found = {urljoin(page.url, address) for address in html.links(page.body, pattern)}
    if len(found) != 1:
        raise RegistryError(f"{url} has {len(found)} links that fit {pattern!r}, expected one")
    return found.pop()
