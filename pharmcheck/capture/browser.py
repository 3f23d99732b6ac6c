"""Renders pages in a Chromium that has no network: all that a page asks for is fetched by our own guarded client.

Playwright is imported by this module and `visit.py` only, when the first page is rendered. No request of the browser
ever leaves it: those that it hands over are judged and fetched as every other of ours, the others have no way out
(`chromium.py`).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pharmcheck.capture import chromium
from pharmcheck.capture.budget import Share
from pharmcheck.capture.chromium import RenderError
from pharmcheck.capture.client import MAX_HOPS, REDIRECTS, Client, next_url
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.guard import UnreachedError
from pharmcheck.capture.options import CaptureOptions
from pharmcheck.capture.rendering import VISITOR, Rendering

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import Playwright

PAGE_S = 16.0  # for one page from its first script to its picture
_START_S = 30.0
_END_S = 5.0
_MAX_PART_BYTES = 4_000_000  # a bundle of scripts; twice that of a page
_BESIDE = frozenset(("image", "font"))  # get half of the requests at most, so that what draws the page is not left out


class Browser(contextlib.AbstractAsyncContextManager["Browser", None]):
    """Renders the pages of one site, one after another. Use it as an async context manager; it starts when first used.

    `client` lends it the robots.txt that it has read. What it asks for has its own share of the check's budget:
    `render_requests`, `render_bytes` and `render_s` of the options.
    """

    def __init__(self, options: CaptureOptions, client: Client) -> None:
        own = replace(
            options,
            retries=0,
            max_pages=1,
            live_registries=False,
            max_requests=options.render_requests,
            max_site_bytes=options.render_bytes,
        )
        self.options = options
        self._client = Client(own)
        self._client.robots = client.robots
        self._parts: dict[str, asyncio.Task[Exchange]] = {}
        self._beside = 0
        self._spent_s = 0.0
        self._folder: TemporaryDirectory[str] | None = None
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._broken = ""

    async def __aexit__(self, *raised: object) -> None:
        for part in self._parts.values():
            part.cancel()
        await asyncio.gather(*self._parts.values(), return_exceptions=True)
        await self._stop()
        await self._client.__aexit__(*raised)

    async def __call__(self, page: Exchange) -> Rendering:
        """Return what becomes of a page; raises nothing for what the page, the network or the browser does."""
        if self._broken:
            return Rendering(page.url, why=self._broken)
        left_s = self.options.render_s - self._spent_s
        if left_s <= 0:
            return Rendering(page.url, why=f"the {self.options.render_s:g} s for rendering were over")
        try:
            if self._chromium is None:
                await self._start()
        except RenderError as error:
            self._broken = str(error)
            await self._stop()
            return Rendering(page.url, why=self._broken)
        from pharmcheck.capture.visit import Sources, Visit  # noqa: PLC0415 - imports Playwright

        began = time.monotonic()
        visit = Visit(page, Sources(self.fetch, self.follow, self.options.max_bytes))
        assert self._chromium
        try:
            return await visit.render(self._chromium, min(PAGE_S, left_s))
        except Exception as error:  # a bare Exception is what Playwright raises where its driver ended
            self._broken = f"the browser's driver ended: {' '.join(str(error).split())[:160]}"
            return Rendering(page.url, why=self._broken)
        finally:
            self._spent_s += time.monotonic() - began
            if visit.stuck or self._broken:  # its renderer answers nobody any more
                await self._stop()

    async def fetch(self, url: str, kind: str) -> Exchange:
        """GET what a page asks for; the same thing only once."""
        if url not in self._parts:
            if kind in _BESIDE:
                self._beside += 1
                if self._beside > self.options.render_requests // 2:
                    return Exchange(url, error="not asked, because pictures and fonts get half of the requests only")
            self._parts[url] = asyncio.create_task(self._get(url))
        return await self._parts[url]

    async def _get(self, url: str) -> Exchange:
        """GET a part of a page, each redirect judged by the guard and by robots.txt."""
        for _ in range(MAX_HOPS + 1):
            if why := await self._client.forbids(url):
                return Exchange(url, error=why)
            answer = await self._client.get(url, _MAX_PART_BYTES)
            if answer.cut and (why := self._client.budget.spent(Share.PAGES)):
                return Exchange(url, error=f"not read, because {why}")
            if answer.status not in REDIRECTS:
                return answer
            try:
                url = next_url(answer)
            except UnreachedError as error:
                return Exchange(url, error=str(error))
        return Exchange(url, error=f"it redirected more than {MAX_HOPS} times")

    async def follow(self, url: str) -> tuple[Exchange, ...]:
        """GET where a script leads, as a page, and follow where that leads by redirects and markup."""
        fetched = await self._client.fetch(url)
        first, *rest = fetched.exchanges
        way = (replace(first, via="script"), *rest)
        last = replace(way[-1], error=fetched.error) if fetched.error and not way[-1].error else way[-1]
        return tuple(replace(e, visitor=VISITOR) for e in (*way[:-1], last))

    async def _start(self) -> None:
        """Start Playwright and the browser; raises RenderError."""
        try:
            from playwright.async_api import Error, async_playwright  # noqa: PLC0415 - heavy, and an extra
        except ModuleNotFoundError:
            raise RenderError("it needs the package playwright: pip install 'pharmcheck[render]'") from None
        program = chromium.find_chromium()
        self._folder = TemporaryDirectory(prefix="pharmcheck-browser-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        started = chromium.launcher(program, await chromium.without_network(), folder)
        try:
            async with asyncio.timeout(_START_S):
                self._playwright = await async_playwright().start()
                self._chromium = await self._playwright.chromium.launch(
                    executable_path=started,
                    args=list(chromium.FLAGS),
                    ignore_default_args=list(chromium.UNWANTED_DEFAULTS),
                    chromium_sandbox=True,
                    env=dict(chromium.environment(folder)),
                    handle_sigint=False,
                    timeout=_START_S * 1000,
                )
        except (Error, OSError, TimeoutError) as error:
            said = " ".join(str(error).split()) or "it did not come up in time"
            raise RenderError(f"{program} could not be started: {said[:200]}") from None

    async def _stop(self) -> None:
        """End the browser by its process id, so that no page can hold it up, then the driver."""
        if self._folder:
            _kill(Path(self._folder.name, "pid"))
        if self._playwright:
            with contextlib.suppress(Exception):  # likewise; it is killed with its pipe in any case
                async with asyncio.timeout(_END_S):
                    await self._playwright.stop()
        if self._folder:
            self._folder.cleanup()
        self._folder = self._playwright = self._chromium = None


def _kill(noted: Path) -> None:
    """Kill the process whose id a launcher noted; where it has noted none, the driver ends the browser."""
    with contextlib.suppress(OSError, ValueError):
        os.kill(int(noted.read_text()), signal.SIGKILL)
