"""One guarded, polite, bounded client for one site: GET only, redirects by hand, robots.txt obeyed."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

from pharmcheck import __version__
from pharmcheck.capture.body import BodyError, expand
from pharmcheck.capture.exchange import Exchange, Fetched
from pharmcheck.capture.guard import GuardedBackend, Resolve, UnreachedError, look_up
from pharmcheck.capture.options import CaptureOptions, parse_connect_to
from pharmcheck.target import TargetError, host_of, normal_url

PRODUCT = "pharmcheck"
USER_AGENT = f"{PRODUCT}/{__version__} (+https://github.com/pharmcheck/pharmcheck; checks online pharmacies)"
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.5",
    "Accept-Language": "en, *;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
MAX_HOPS = 10
MAX_AT_ONCE = 2  # requests to one host
MAX_ROBOTS_BYTES = 500_000  # RFC 9309 asks for at least 500 KiB; Google reads as much
MAX_RETRY_WAIT_S = 5.0
REDIRECTS = (301, 302, 303, 307, 308)
RETRIED = (502, 503, 504)


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport with its connections made by the guard."""

    def __init__(self, options: CaptureOptions, resolve: Resolve = look_up) -> None:
        context = ssl_context(options.ca_file)
        super().__init__(verify=context, trust_env=False)
        rules = [parse_connect_to(rule) for rule in options.connect_to]
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context, max_connections=2 * MAX_AT_ONCE, network_backend=GuardedBackend(rules, resolve)
        )


@lru_cache(maxsize=4)
def ssl_context(ca_file: Path | None = None) -> ssl.SSLContext:
    """Return the one TLS context of this process (it takes 20 ms to build), with further authorities if asked."""
    context = httpx.create_ssl_context(trust_env=False)
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


class Client:
    """Fetches the pages of one site, within the options' limits. Use it as an async context manager."""

    def __init__(self, options: CaptureOptions, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.options = options
        self.robots: dict[str, tuple[Protego | str, tuple[Exchange, ...]]] = {}
        self._http = httpx.AsyncClient(
            transport=transport or GuardedTransport(options),
            headers=HEADERS,
            timeout=options.timeout_s,
            trust_env=False,
        )
        self._gates: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(MAX_AT_ONCE))
        self._robots_locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._end = time.monotonic() + options.site_timeout_s

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def fetch(self, url: str) -> Fetched:
        """GET `url` and follow its redirects, each hop judged by the guard and by robots.txt. Raises nothing."""
        chain: list[Exchange] = []
        for _ in range(MAX_HOPS + 1):
            if why := await self.forbids(url):
                return Fetched((*chain, Exchange(url, error=why)), why, forbidden=not self.unreachable(url))
            chain.append(await self._get(url, self.options.max_bytes))
            last = chain[-1]
            if last.status not in REDIRECTS:
                return Fetched(tuple(chain), last.error)
            try:
                url = next_url(last)
            except UnreachedError as error:
                return Fetched(tuple(chain), str(error))
        return Fetched(tuple(chain), f"{host_of(url)} redirected more than {MAX_HOPS} times")

    async def forbids(self, url: str) -> str:
        """Return why robots.txt keeps us from `url`, "" where it does not; it is read once for each origin."""
        origin = _origin(url)
        async with self._robots_locks[origin]:
            if origin not in self.robots:
                self.robots[origin] = await self._read_robots(origin)
        rules = self.robots[origin][0]
        if isinstance(rules, str):
            return rules
        if rules.can_fetch(url, PRODUCT):
            return ""
        return f"robots.txt of {host_of(url)} asks programs not to read {urlsplit(url).path or '/'}"

    def unreachable(self, url: str) -> bool:
        """Tell whether the origin of `url` did not even give its robots.txt (true only after it was asked)."""
        return isinstance(self.robots.get(_origin(url), ("",))[0], str)

    async def _read_robots(self, origin: str) -> tuple[Protego | str, tuple[Exchange, ...]]:
        """Return the rules of an origin, or why nothing there may be read (RFC 9309, section 2.3.1)."""
        chain: list[Exchange] = []
        url = f"{origin}/robots.txt"
        for _ in range(6):  # "at least five consecutive redirects", same section
            chain.append(await self._get(url, MAX_ROBOTS_BYTES))
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
        return Protego.parse(text), tuple(chain)

    async def _get(self, url: str, max_bytes: int) -> Exchange:
        """GET one URL, again after failures that pass, as often as the options say and time allows."""
        for attempt in range(self.options.retries + 1):
            async with self._gates[host_of(url)]:
                exchange = await self._attempt(url, max_bytes)
            wait_s = _wait_s(exchange, attempt)
            if not (exchange.transient or exchange.status in RETRIED) or attempt == self.options.retries:
                break
            if wait_s >= self._left_s():
                break
            await asyncio.sleep(wait_s)
        return exchange

    async def _attempt(self, url: str, max_bytes: int) -> Exchange:
        limit_s = min(self.options.timeout_s, self._left_s())
        if limit_s <= 0:
            return Exchange(
                url, error=f"not asked, because the {self.options.site_timeout_s:g} s for this site were over"
            )
        answer = _Answer(max_bytes)
        try:
            async with asyncio.timeout(limit_s), self._http.stream("GET", url, follow_redirects=False) as response:
                await answer.read(response)
        except TimeoutError:
            answer.failed(f"no answer from {host_of(url)} in {limit_s:.3g} s", "time")
        except UnreachedError as error:
            answer.failed(str(error), "disconnect", transient=error.transient)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            why, transient = explain(error, url)
            answer.failed(why, transient=transient)
        return answer.exchange(url)

    def _left_s(self) -> float:
        return self._end - time.monotonic()


class _Answer:
    """What has come so far of one answer, so that a failure in its middle keeps what was read."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._raw = bytearray()
        self._response: httpx.Response | None = None
        self._address = self._cut = self._error = ""
        self._transient = False

    async def read(self, response: httpx.Response) -> None:
        """Take in the answer up to the cap."""
        self._response = response
        stream = response.extensions.get("network_stream")
        self._address = str((stream.get_extra_info("server_addr") or ("",))[0]) if stream else ""
        self._cut = response.extensions.get("cut", "")
        async for chunk in response.aiter_raw():
            self._raw += chunk
            if len(self._raw) > self._max_bytes:
                self._cut = "length"
                del self._raw[self._max_bytes :]
                break

    def failed(self, why: str, cut: str = "disconnect", *, transient: bool = False) -> None:
        """Note a failure: it costs the answer, or, where a part of the body is there, the rest of it."""
        if self._raw:
            self._cut = cut
        else:
            self._error, self._transient = " ".join(why.split()), transient

    def exchange(self, url: str) -> Exchange:
        response = self._response
        if self._error or response is None:
            return Exchange(url, error=self._error, transient=self._transient, sent=self._sent())
        try:
            body, cut = expand(bytes(self._raw), response.headers.get_list("content-encoding", True), self._max_bytes)
        except BodyError as error:
            return Exchange(url, error=str(error), sent=self._sent())
        return Exchange(
            url=url,
            status=response.status_code,
            reason=response.extensions.get("reason_phrase", b"").decode("latin-1"),
            headers=tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers.raw),
            body=body,
            cut=self._cut or cut,
            address=self._address,
            sent=self._sent(),
        )

    def _sent(self) -> tuple[tuple[str, str], ...]:
        if self._response is None:
            return ()
        return tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in self._response.request.headers.raw)


def next_url(last: Exchange) -> str:
    """Return where a redirect leads; raises UnreachedError where that is nothing to fetch."""
    place = last.header("location").strip()
    if not place:
        raise UnreachedError(f"{host_of(last.url)} redirected (HTTP {last.status}) without saying where to")
    try:
        return normal_url(urljoin(last.url, place))[0]
    except ValueError as error:
        why = str(error) if isinstance(error, TargetError) else "its address is broken"
        raise UnreachedError(f"{host_of(last.url)} redirected to something that is not fetched: {why}") from None


def _wait_s(exchange: Exchange, attempt: int) -> float:
    asked = exchange.header("retry-after").strip()
    return min(float(asked) if asked.isdecimal() and len(asked) < 9 else 0.5 * 2**attempt, MAX_RETRY_WAIT_S)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# What an exception from below means, from the deepest cause outwards; the sentence gets the host.
_CAUSES: tuple[tuple[type[BaseException], Callable[[str, BaseException], str], bool], ...] = (
    (httpx.TimeoutException, lambda h, _: f"no answer from {h} in time", False),
    (
        ssl.SSLCertVerificationError,
        lambda h, e: f"the certificate of {h} is not to be trusted: {getattr(e, 'verify_message', e)}",
        False,
    ),
    (ssl.SSLError, lambda h, e: f"no TLS connection with {h}: {getattr(e, 'reason', None) or e}", False),
    (ConnectionRefusedError, lambda h, e: f"{h} refused the connection", True),
    (ConnectionResetError, lambda h, e: f"{h} broke the connection off", True),
    (httpx.ConnectError, lambda h, e: f"no connection to {h}: {e or 'the server closed it'}", True),
    (
        httpx.RemoteProtocolError,
        lambda h, e: f"{h} answered something that is not HTTP: {str(e).partition(': bytearray')[0]}",
        False,
    ),
    (httpx.TransportError, lambda h, e: f"the connection to {h} broke: {e or type(e).__name__}", False),
)


def explain(error: BaseException, url: str) -> tuple[str, bool]:
    """Return a sentence for an exception of the network and whether the failure may pass."""
    if "disconnected without sending" in str(error):  # also a kept connection that the server has just given up
        return f"{host_of(url)} closed the connection without an answer", True
    causes = tuple(_chain(error))
    for kind, sentence, transient in _CAUSES:
        for cause in causes:
            if isinstance(cause, kind):
                return sentence(host_of(url), cause), transient
    return f"{host_of(url)} could not be asked: {error}", False


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
