"""One guarded, polite, bounded client for one site: GET only, each URL once, redirects by hand, robots.txt obeyed."""

from __future__ import annotations

import asyncio
import importlib.util
import ssl
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

from pharmcheck.capture.budget import Budget, Share
from pharmcheck.capture.causes import explain, retry_after_s
from pharmcheck.capture.exchange import Exchange, Fetched
from pharmcheck.capture.gate import Gate
from pharmcheck.capture.guard import GuardedBackend, RefusedError, Resolve, UnreachedError, find_addresses
from pharmcheck.capture.incoming import Incoming
from pharmcheck.capture.options import CaptureOptions, parse_connect_to
from pharmcheck.capture.robots import MAX_ROBOTS_BYTES, rules_in
from pharmcheck.capture.visitors import HEADERS, OTHERS, PRODUCT
from pharmcheck.model import Visitor
from pharmcheck.reading.leads import find_lead
from pharmcheck.target import TargetError, host_of, normal_url

MAX_HOPS = 10  # of all kinds
MAX_AT_ONCE = 2  # requests to one host
MAX_CONNECTIONS = 5 * MAX_AT_ONCE  # the site, three issuers of seals, and one place to which it leads
MAX_RETRY_WAIT_S = 5.0
if importlib.util.find_spec("sniffio") is None:
    # httpcore tries to import it at each lock, ninety times a site; a miss that is noted here costs no look at the disk.
    sys.modules["sniffio"] = None  # type: ignore[assignment]
MAX_COOKIES = 50  # as many as RFC 6265, section 6.1, wants kept for a domain; who sets more gets none back
REDIRECTS = (301, 302, 303, 307, 308)
RETRIED = (502, 503, 504)
_DONE = httpx.ByteStream(b"")


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport with its connections made by the guard."""

    def __init__(self, options: CaptureOptions, resolve: Resolve = find_addresses) -> None:
        context = ssl_context(options.ca_file)
        super().__init__(verify=context, trust_env=False)
        rules = [parse_connect_to(rule) for rule in options.connect_to]
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context, max_connections=MAX_CONNECTIONS, network_backend=GuardedBackend(rules, resolve)
        )


@lru_cache(maxsize=4)
def ssl_context(ca_file: Path | None) -> ssl.SSLContext:
    """Return the one TLS context of this process (it takes 20 ms to build), with further authorities if asked."""
    context = httpx.create_ssl_context(trust_env=False)
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def get_ready() -> None:
    """Load what the first connection of a process loads, in a process from which others are forked."""
    ssl_context(None)
    asyncio.run(httpcore.AnyIOBackend().sleep(0))  # with it comes all of anyio


def http_over(transport: httpx.AsyncBaseTransport, headers: Mapping[str, str], timeout_s: float) -> httpx.AsyncClient:
    """Return an HTTP client with cookies of its own, which no setting of this machine leads past the guard."""
    return httpx.AsyncClient(transport=transport, headers=headers, timeout=timeout_s, trust_env=False)


class Client(AbstractAsyncContextManager["Client", None]):
    """Fetches the pages of one site, within the options' limits. Use it as an async context manager."""

    def __init__(
        self,
        options: CaptureOptions,
        transport: httpx.AsyncBaseTransport | None = None,
        headers: Mapping[str, str] = HEADERS,
        budget: Budget | None = None,
    ) -> None:
        self.options = options
        self.budget = budget or Budget.of(options)
        self.robots: dict[str, tuple[Protego | str, tuple[Exchange, ...]]] = {}
        self._transport = transport or GuardedTransport(options)
        self._headers = headers
        self._visitors: dict[Visitor, httpx.AsyncClient] = {}  # each with its own cookies
        self._answers: dict[tuple[str, Visitor], asyncio.Task[Exchange]] = {}
        self._gates: dict[str, Gate] = defaultdict(lambda: Gate(MAX_AT_ONCE))
        self._robots_locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._end = time.monotonic() + options.site_timeout_s

    async def __aexit__(self, *raised: object) -> None:
        for asking in self._answers.values():
            asking.cancel()  # what nobody waits for any more; the others have ended
        await asyncio.gather(*self._answers.values(), return_exceptions=True)
        await self._transport.aclose()

    async def fetch(self, url: str, visitor: Visitor = Visitor.ORDINARY, share: Share = Share.PAGES) -> Fetched:
        """GET `url` as `visitor` and follow where it leads, each hop judged by the guard and by robots.txt.

        Hops are redirects, and, unless the options say otherwise, what the page itself does: a meta refresh, a simple
        script, a frame that fills it. Raises nothing.
        """
        chain: list[Exchange] = []
        via = ""
        for _ in range(MAX_HOPS + 1):
            if why := await self.forbids(url, share):
                refused = not chain and self._refuses(url)
                last = Exchange(url, error=why, visitor=_written(visitor), via=via, refused=refused)
                return Fetched((*chain, last), why, forbidden=not self.unreachable(url))
            again = any(e.url == url for e in chain)  # a page that leads to itself, once it has set a cookie
            last = replace(await self.get(url, self.options.max_bytes, visitor, share, again=again), via=via)
            chain.append(last)
            try:
                via, url = self._onward(last)
            except UnreachedError as error:
                return Fetched(tuple(chain), str(error))
            if not url:
                return Fetched(tuple(chain), last.error)
        return Fetched(tuple(chain), f"{host_of(url)} redirected more than {MAX_HOPS} times")

    def _onward(self, last: Exchange) -> tuple[str, str]:
        """Return how, if not by HTTP, and where an answer leads on; raises UnreachedError where that is nothing to fetch."""
        if last.status in REDIRECTS:
            return "", next_url(last)
        if not self.options.markup_hops or not 200 <= last.status < 300 or not last.is_html:
            return "", ""
        how, lead = find_lead(last.url, last.body, last.header("content-type"), last.header("refresh"))
        return how, _normal(lead, last.url) if how else ""

    def _refuses(self, url: str) -> bool:
        """Tell whether the guard refused the very origin of `url`, and not one to which its robots.txt led."""
        asked = self.robots.get(_origin(url), ("", ()))[1]
        return bool(asked) and asked[0].refused

    async def forbids(self, url: str, share: Share = Share.PAGES) -> str:
        """Return why robots.txt keeps us from `url`, "" where it does not; it is read once for each origin."""
        origin = _origin(url)
        async with self._robots_locks[origin]:
            if origin not in self.robots:
                self.robots[origin] = await self._read_robots(origin, share)
        rules = self.robots[origin][0]
        if isinstance(rules, str):
            return rules
        if rules.can_fetch(url, PRODUCT):
            return ""
        return f"robots.txt of {host_of(url)} asks programs not to read {urlsplit(url).path or '/'}"

    def unreachable(self, url: str) -> bool:
        """Tell whether the origin of `url` did not even give its robots.txt (true only after it was asked)."""
        return isinstance(self.robots.get(_origin(url), ("",))[0], str)

    async def _read_robots(self, origin: str, share: Share) -> tuple[Protego | str, tuple[Exchange, ...]]:
        """Return the rules of an origin, or why nothing there may be read (RFC 9309, section 2.3.1)."""
        chain: list[Exchange] = []
        url = f"{origin}/robots.txt"
        for _ in range(6):  # "at least five consecutive redirects", same section
            chain.append(await self.get(url, MAX_ROBOTS_BYTES, share=share, waits=False))
            if chain[-1].status not in REDIRECTS:
                break
            try:
                url = next_url(chain[-1])
            except UnreachedError:
                break
        last = chain[-1]
        if last.error:
            return last.error, tuple(chain)
        if last.status >= 500:
            return f"robots.txt of {host_of(origin)} answered HTTP {last.status}, so nothing may be read", tuple(chain)
        text = last.body.decode("utf-8", "replace") if last.status == 200 else ""
        return rules_in(text), tuple(chain)

    async def get(
        self,
        url: str,
        max_bytes: int,
        visitor: Visitor = Visitor.ORDINARY,
        share: Share = Share.PAGES,
        *,
        again: bool = False,
        waits: bool = True,
    ) -> Exchange:
        """GET one URL without asking robots.txt; what this visitor was answered before is the answer, unless `again`.

        Where all requests are used or kept for others, it `waits` for theirs; robots.txt does not, for others wait for it.
        """
        if again or (url, visitor) not in self._answers:
            asking = self._persist(url, max_bytes, visitor, share, waits=waits)
            self._answers[url, visitor] = asyncio.ensure_future(asking)
        return await asyncio.shield(self._answers[url, visitor])  # who gives up waiting takes it from nobody else

    async def _persist(self, url: str, max_bytes: int, visitor: Visitor, share: Share, *, waits: bool) -> Exchange:
        """GET one URL, again after failures that pass, as often as options, budget and time allow."""
        exchange = Exchange(url)
        for attempt in range(self.options.retries + 1):
            if why := self._over() or await self.budget.take(share, waits=waits):
                exchange = exchange if attempt else _not_asked(url, why, visitor)
                break
            number = self.budget.asked
            async with self._gates[host_of(url)].enter(can_wait=share is Share.VIEWS):  # links of pages lead on
                exchange = replace(await self._attempt(url, max_bytes, visitor, share), number=number)
            asked_s = retry_after_s(exchange.header("retry-after"), self.options.now)
            wait_s = min(pause_s(attempt) if asked_s is None else asked_s, MAX_RETRY_WAIT_S)
            if not (exchange.transient or exchange.status in RETRIED) or attempt == self.options.retries:
                break
            if wait_s >= self._left_s():
                break
            await asyncio.sleep(wait_s)
        return exchange

    async def _attempt(self, url: str, max_bytes: int, visitor: Visitor, share: Share) -> Exchange:
        if why := self._over() or self.budget.spent(share):
            return _not_asked(url, why, visitor)
        limit_s = min(self.options.timeout_s, self._left_s())
        answer = Incoming(max_bytes, partial(self.budget.read, share), _written(visitor))
        http = self._as(visitor)
        if len(http.cookies.jar) > MAX_COOKIES:
            http.cookies.clear()
        request = http.build_request("GET", url, extensions={"visitor": _written(visitor)})
        try:
            async with asyncio.timeout(limit_s):
                response = await http.send(request, stream=True, follow_redirects=False)
                try:
                    await answer.read(response)
                finally:
                    await response.aclose()
                    response.stream = (
                        _DONE  # it and the answer hold each other, and the body, until the collector comes
                    )
        except TimeoutError:
            answer.failed(f"no answer from {host_of(url)} in {limit_s:.3g} s", "time")
        except UnreachedError as error:
            answer.failed(str(error), "disconnect", transient=error.transient, refused=isinstance(error, RefusedError))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            why, transient = explain(error, url)
            answer.failed(why, transient=transient)
        return answer.exchange(url)

    def _over(self) -> str:
        return f"the {self.options.site_timeout_s:g} s for this site were over" if self._left_s() <= 0 else ""

    def _as(self, visitor: Visitor) -> httpx.AsyncClient:
        """Return the client of a visitor, whose cookies are no other's, over the connections of all."""
        if visitor not in self._visitors:
            headers = {**self._headers, **OTHERS.get(visitor, {})}
            self._visitors[visitor] = http_over(self._transport, headers, self.options.timeout_s)
        return self._visitors[visitor]

    def _left_s(self) -> float:
        return self._end - time.monotonic()


def next_url(last: Exchange) -> str:
    """Return where a redirect leads; raises UnreachedError where that is nothing to fetch."""
    place = last.header("location").strip()
    if not place:
        raise UnreachedError(f"{host_of(last.url)} redirected (HTTP {last.status}) without saying where to")
    return _normal(place, last.url)


def _normal(place: str, base: str) -> str:
    try:
        return normal_url(urljoin(base, place))[0]
    except ValueError as error:
        why = str(error) if isinstance(error, TargetError) else "its address is broken"
        raise UnreachedError(f"{host_of(base)} redirected to something that is not fetched: {why}") from None


def _not_asked(url: str, why: str, visitor: Visitor) -> Exchange:
    return Exchange(url, error=f"not asked, because {why}", visitor=_written(visitor))


def _written(visitor: Visitor) -> str:
    """Return the visitor as recordings have it: nothing for ourselves."""
    return "" if visitor is Visitor.ORDINARY else visitor.value


def pause_s(attempt: int) -> float:
    """Return how long to wait after a failure where the server does not say: half a second, each time twice as long."""
    return 0.5 * 2.0**attempt


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
