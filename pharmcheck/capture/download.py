"""Downloads published lists: GET only, guarded like a capture, under a cap, again only where they have changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import httpx

from pharmcheck.capture.body import BodyError, expand
from pharmcheck.capture.causes import explain, retry_after_s
from pharmcheck.capture.client import (
    MAX_HOPS,
    REDIRECTS,
    RETRIED,
    Client,
    GuardedTransport,
    http_over,
    next_url,
    pause_s,
)
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.guard import UnreachedError
from pharmcheck.capture.options import CaptureOptions
from pharmcheck.capture.visitors import HEADERS
from pharmcheck.target import host_of

MAX_WAIT_S = 30.0  # a server that asks for more is asked again another day
PAUSE_S = 0.2  # between two pages of one list

Progress = Callable[[int, int], None]  # bytes that have come, bytes in all (0: not said)


class DownloadError(Exception):
    """A list could not be had; the message is a sentence for people. `transient`: worth another try at once."""

    def __init__(self, why: str, *, transient: bool = False, wait_s: float | None = None) -> None:
        super().__init__(why)
        self.transient = transient
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Downloaded:
    """What came: the whole body, expanded; with `unchanged` there is none, for ours is still the published one."""

    url: str
    body: bytes
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False


class Downloads(AbstractAsyncContextManager["Downloads", None]):
    """A guarded client for lists. Use it as an async context manager.

    `options.timeout_s` is for the pauses of a server, `site_timeout_s` for one list with all its pages, `max_bytes` for
    one body, packed and expanded.
    """

    def __init__(self, options: CaptureOptions) -> None:
        self.options = options
        self._site = Client(options)  # for robots.txt, which it obeys
        self._http = http_over(GuardedTransport(options), {**HEADERS, "Accept": "*/*"}, options.timeout_s)

    async def __aexit__(self, *raised: object) -> None:
        await self._http.aclose()
        await self._site.__aexit__(*raised)

    async def get(self, url: str, progress: Progress, *, etag: str = "", last_modified: str = "") -> Downloaded:
        """Return the body at `url`, or that it has not changed since `etag` and `last_modified`. Raises DownloadError."""
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in asked.items() if value}
        for attempt in range(self.options.retries + 1):
            try:
                return await self._follow(url, headers, progress)
            except DownloadError as error:
                if not error.transient or attempt == self.options.retries:
                    raise
                await asyncio.sleep(pause_s(attempt) if error.wait_s is None else error.wait_s)
        raise AssertionError("unreachable")

    async def _follow(self, url: str, headers: dict[str, str], progress: Progress) -> Downloaded:
        """Follow redirects, each hop judged by the guard and by robots.txt."""
        for _ in range(MAX_HOPS + 1):
            if why := await self._site.forbids(url):
                raise DownloadError(why)
            try:
                answer = await self._ask(url, headers, progress)
                if isinstance(answer, Downloaded):
                    return answer
                place = next_url(answer)
                if url.startswith("https:") and not place.startswith("https:"):
                    raise DownloadError(
                        f"{host_of(url)} leads to {place}, where anybody on the way could exchange the list"
                    )
                url = place
            except UnreachedError as error:
                raise DownloadError(str(error), transient=error.transient) from None
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                why, transient = explain(error, url)
                raise DownloadError(why, transient=transient) from None
        raise DownloadError(f"{host_of(url)} redirected more than {MAX_HOPS} times")

    async def _ask(self, url: str, headers: dict[str, str], progress: Progress) -> Downloaded | Exchange:
        """Send one GET: return what came, or the redirect to follow."""
        async with self._http.stream("GET", url, headers=headers, follow_redirects=False) as response:
            found = response.headers
            if response.status_code in REDIRECTS:
                return Exchange(url, response.status_code, headers=tuple(found.multi_items()))
            if response.status_code == 304 and headers:
                return Downloaded(url, b"", unchanged=True)
            if response.status_code != 200:
                raise self._refused(url, response)
            raw = await self._read(url, response, progress)
        try:
            body, cut = expand(raw, found.get_list("content-encoding", True), self.options.max_bytes)
        except BodyError as error:
            raise DownloadError(f"{host_of(url)}: {error}") from None
        if cut:
            raise self._too_long(url) if cut == "length" else DownloadError(f"{host_of(url)} sent a broken body")
        return Downloaded(url, body, found.get("etag", ""), found.get("last-modified", ""))

    async def _read(self, url: str, response: httpx.Response, progress: Progress) -> bytes:
        raw = bytearray()
        stated = response.headers.get("content-length", "")
        total = int(stated) if stated.isdecimal() and len(stated) < 15 else 0
        if total > self.options.max_bytes:
            raise self._too_long(url)
        progress(0, total)
        try:
            async for chunk in response.aiter_raw():
                raw += chunk
                if len(raw) > self.options.max_bytes:
                    raise self._too_long(url)
                progress(len(raw), total)
        except httpx.TransportError as error:
            of = f" of {total:,}" if total else ""
            what = "went quiet" if isinstance(error, httpx.TimeoutException) else "broke off"
            raise DownloadError(f"{host_of(url)} {what} after {len(raw):,}{of} bytes", transient=True) from None
        return bytes(raw)

    def _too_long(self, url: str) -> DownloadError:
        return DownloadError(f"{host_of(url)} sends more than {self.options.max_bytes:,} bytes")

    def _refused(self, url: str, response: httpx.Response) -> DownloadError:
        """Return the error for a status that brings no list; a short Retry-After is waited for, a long one is told."""
        status, host = response.status_code, host_of(url)
        wait_s = retry_after_s(response.headers.get("retry-after", ""), self.options.now)
        if status in (429, 503) and wait_s is not None and wait_s > MAX_WAIT_S:
            return DownloadError(f"{host} asks to be left alone for {_spoken(wait_s)} (HTTP {status}): try again then")
        if status == 429 or status in RETRIED:
            return DownloadError(f"{host} is overloaded or limits us (HTTP {status})", transient=True, wait_s=wait_s)
        return DownloadError(f"{host} answered HTTP {status} for {url}")


def _spoken(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60)} h"
