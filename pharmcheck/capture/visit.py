"""One page in a browser without a network: answers what it asks for, follows where its scripts lead, and copies what is there."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, BrowserContext, CDPSession, Error, Page, Request, Route

from pharmcheck.capture.client import MAX_HOPS
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.rendering import Rendering
from pharmcheck.target import TargetError, host_of, normal_url

FETCHED = frozenset(("script", "stylesheet", "xhr", "fetch", "image", "font"))
_SETTLED_S = 0.6  # without a request under way, and at least
_SHOWN_S = 2.0  # after the page came: what leads on does so by a timer of a second or two
_LOOK_S = 0.1
_COPY_S = 3.0
_END_S = 5.0
_WIDTH, _HEIGHT = 1024, 768
_MAX_HEIGHT = 1_600  # of a picture: two screens
_MAX_PICTURE_BYTES = 600_000
_SCALES = (1.0, 0.6, 0.35)  # until it is small enough
_MAX_LOADED = 300  # addresses that a page may ask for before it is answered no more
# What of a browser speaks to others without a request that could be answered for them; the flags shut it as well.
_WITHOUT = (
    'for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"]) delete globalThis[name];'
)
# Runs where the page's own scripts cannot reach it, and writes into an inert document: nothing in the copy comes to life.
_COPY = """(() => {
    const inert = document.implementation.createHTMLDocument(""), whole = document.documentElement;
    const top = inert.importNode(whole, false), open = [[whole, top]];
    let at = 0;
    for (; at < open.length && at < 200000; at++) {
        const [from, to] = open[at];
        for (const child of [...(from.shadowRoot ? from.shadowRoot.childNodes : []), ...from.childNodes]) {
            if (child.localName === "noscript" || child.localName === "template") continue;
            const copy = inert.importNode(child, false);
            to.appendChild(copy);
            if (child.nodeType === 1) open.push([child, copy]);
        }
    }
    const html = top.outerHTML, cut = at < open.length || html.length > MOST;
    return ["<!DOCTYPE html>\\n" + html.slice(0, MOST), whole.scrollHeight, cut];
})()"""


@dataclass(frozen=True, slots=True)
class Sources:
    """Who answers for the network: `part` fetches what a page needs by URL and kind, `lead` where its scripts lead."""

    part: Callable[[str, str], Awaitable[Exchange]]
    lead: Callable[[str], Awaitable[tuple[Exchange, ...]]]
    most_bytes: int


class Visit:
    """One page in one context of its own. `stuck` is true where its renderer does not answer any more."""

    def __init__(self, page: Exchange, sources: Sources) -> None:
        self.stuck = False
        self._asked = self._shown = page
        self._sources = sources
        self._page: Page | None = None
        self._session: CDPSession | None = None
        self._going = self._crashed = False
        self._wish = self._why = ""
        self._busy = self._requests = 0
        self._quiet_since = 0.0
        self._way: tuple[Exchange, ...] = ()
        self._loaded: dict[str, str] = {}
        self._closing: set[asyncio.Task[None]] = set()

    async def render(self, browser: Browser, limit_s: float) -> Rendering:
        """Return what becomes of the page within `limit_s`; raises nothing for what it does."""
        tree = picture = b""
        cut = False
        context: BrowserContext | None = None
        began = time.monotonic()
        until = began + limit_s
        try:
            async with asyncio.timeout(limit_s):
                context = await browser.new_context(
                    viewport={"width": _WIDTH, "height": _HEIGHT}, service_workers="block", accept_downloads=False
                )
                await self._open(context)
                await self._follow(until - 2 * _COPY_S)
                tree, height, cut = await self._copy()
                picture = await self._picture(height) if tree else b""
        except TimeoutError:
            self.stuck |= not tree
            self._why = self._why or f"{self._asked.url} did not come to rest in {time.monotonic() - began:.3g} s"
        except Error as error:
            self._why = self._broken(error)
        self.stuck = self.stuck or self._crashed or not await _closed(context)
        return Rendering(self._asked.url, tree, picture, self._way, self._why, tuple(self._loaded.items()), cut)

    async def _open(self, context: BrowserContext) -> None:
        await context.add_init_script(_WITHOUT)
        await context.route("**/*", self._answer)
        self._page = page = await context.new_page()
        page.on("crash", self._crash)
        context.on("page", self._shut)
        self._session = await context.new_cdp_session(page)

    def _crash(self, _: Page) -> None:
        self._crashed = True

    def _shut(self, other: Page) -> None:
        """Close a window that the page opened; what it asks for was refused."""
        task = asyncio.ensure_future(_gone(other))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _follow(self, until: float) -> None:
        """Show the page, then where its scripts lead, until they lead nowhere or to nothing that can be shown."""
        assert self._page
        for _ in range(MAX_HOPS):
            self._wish, self._going = "", True
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(_loop_time(until)):
                    await self._page.goto(self._shown.url, wait_until="commit", timeout=0)
            await self._settle(until)
            if not self._wish:
                return
            way = await self._lead(until)
            end = way[-1]
            if end.error or not 200 <= end.status < 300 or not end.is_html:
                why = end.error or f"it answered HTTP {end.status}" + ("" if end.is_html else " and no page")
                self._why = (
                    f"scripts of {host_of(self._shown.url)} lead to {self._wish[:200]}, which was not shown: {why}"
                )
                return
            self._way, self._shown = (*self._way, *way), end
        self._why = f"scripts led on more than {MAX_HOPS} times"

    async def _lead(self, until: float) -> tuple[Exchange, ...]:
        """Ask for the place to which scripts lead; what takes too long there does not cost the page that is shown."""
        try:
            async with asyncio.timeout_at(_loop_time(until)):
                return await self._sources.lead(self._wish)
        except TimeoutError:
            return (Exchange(self._wish, error="it gave no answer in the time for a page"),)

    async def _settle(self, until: float) -> None:
        """Wait until nothing is asked for any more, the scripts lead on, or the time is over."""
        began = self._quiet_since = time.monotonic()
        while not (self._wish or self._crashed or self.stuck) and (now := time.monotonic()) < until:
            if not self._busy and now - self._quiet_since > _SETTLED_S and now - began > _SHOWN_S:
                return
            await asyncio.sleep(_LOOK_S)

    async def _answer(self, route: Route) -> None:
        """Answer one request of the browser; it never sends one itself."""
        self._busy += 1
        self._requests += 1
        if self._requests > _MAX_LOADED:  # it is cut here, with all that it still wants
            self.stuck, self._why = True, self._why or f"{self._asked.url} asks for more than {_MAX_LOADED} things"
        try:
            request = route.request
            answer = await self._found(request)
            if answer is None:  # aborted, not refused: the page stays, and shows no error of the browser in its place
                await route.abort("aborted")
            else:
                kind = {"content-type": answer.header("content-type")}
                await route.fulfill(status=answer.status, headers=kind, body=answer.body)
        except Error:
            pass  # the page is gone, and wants no answer
        finally:
            self._busy -= 1
            self._quiet_since = time.monotonic()

    async def _found(self, request: Request) -> Exchange | None:
        if request.is_navigation_request():
            return self._navigation(request)
        url, kind = request.url, request.resource_type
        why = self._refused(url, request.method, kind)
        answer = None if why else await self._sources.part(normal_url(url)[0], kind)
        if answer:
            why = answer.error or (f"only its first {len(answer.body):,} bytes came" if answer.cut else "")
        self._note(url, why or str(answer.status if answer else 0))
        return None if why else answer

    def _refused(self, url: str, method: str, kind: str) -> str:
        """Return why something is not even asked for, "" where it is."""
        if method != "GET" or kind not in FETCHED:
            return f"refused: {method} of the kind {kind}"
        if self.stuck:
            return "refused: it asks for too much"
        try:
            normal_url(url)
        except TargetError as error:
            return f"refused: {error}"
        return ""

    def _navigation(self, request: Request) -> Exchange | None:
        """Return the page to be shown where it is asked for; elsewhere, note where the page itself wants to go."""
        if not self._page or request.frame != self._page.main_frame:
            self._note(request.url, "refused: a frame or a window")
            return None
        if self._going:
            self._going = False
            return self._shown
        try:
            wish = normal_url(request.url)[0] if request.method == "GET" else ""
        except TargetError:
            wish = ""
        if wish and wish != self._shown.url:  # to itself: it wants cookies or another clock
            self._wish = self._wish or wish
        else:
            self._note(request.url, f"refused: {request.method} of a page")
        return None

    def _note(self, url: str, end: str) -> None:
        if len(self._loaded) < _MAX_LOADED:
            self._loaded.setdefault(url[:2000], end)
        if end.startswith(("not asked, because the ", "not read, because the ")):
            self._why = self._why or f"{self._asked.url} was rendered without all that it asks for: {end}"

    async def _copy(self) -> tuple[bytes, int, bool]:
        """Return the tree as HTML, its height in pixels, and whether it was cut."""
        assert self._session
        async with asyncio.timeout(_COPY_S):
            frame = (await self._session.send("Page.getFrameTree"))["frameTree"]["frame"]
            if frame.get("unreachableUrl"):  # the browser's own words
                return b"", 0, False
            world = await self._session.send("Page.createIsolatedWorld", {"frameId": frame["id"]})
            code = _COPY.replace("MOST", json.dumps(self._sources.most_bytes))
            order = {"expression": code, "contextId": world["executionContextId"], "returnByValue": True}
            found = (await self._session.send("Runtime.evaluate", order))["result"].get("value")
        html, height, cut = found if isinstance(found, list) else ("", 0, False)
        tree = html.encode("utf-8", "replace")
        return tree[: self._sources.most_bytes], int(height), cut or len(tree) > self._sources.most_bytes

    async def _picture(self, height: int) -> bytes:
        """Return a PNG of the upper part of the page, smaller where it would be too large; b"" where there is none."""
        assert self._session
        size: dict[str, Any] = {"x": 0, "y": 0, "width": _WIDTH, "height": max(_HEIGHT, min(height, _MAX_HEIGHT))}
        with contextlib.suppress(TimeoutError, Error):
            async with asyncio.timeout(_COPY_S):
                for scale in _SCALES:
                    order = {"format": "png", "captureBeyondViewport": True, "clip": {**size, "scale": scale}}
                    png = base64.b64decode((await self._session.send("Page.captureScreenshot", order))["data"])
                    if len(png) <= _MAX_PICTURE_BYTES:
                        return png
        return b""

    def _broken(self, error: Exception) -> str:
        if self._crashed or "crash" in str(error).lower():
            self._crashed = True
            return f"{self._asked.url} took more memory or time than it is given, and its process ended"
        return f"{self._asked.url} could not be rendered: {' '.join(str(error).split())[:160]}"


async def _closed(context: BrowserContext | None) -> bool:
    """Close a context; tell whether it went."""
    try:
        async with asyncio.timeout(_END_S):
            if context:
                await context.close()
    except (TimeoutError, Error):
        return False
    return True


async def _gone(page: Page) -> None:
    """Close a page; one that went by itself is closed as well."""
    with contextlib.suppress(Error):
        await page.close()


def _loop_time(until: float) -> float:
    return asyncio.get_running_loop().time() + until - time.monotonic()
