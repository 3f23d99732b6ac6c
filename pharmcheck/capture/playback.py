"""Recorded answers in the place of the network: what a replay asks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import lru_cache

import httpx

from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.guard import RefusedError, UnreachedError


class ReplayTransport(httpx.AsyncBaseTransport):
    """Answers from recorded exchanges, in the order in which they were made; a failure fails again."""

    def __init__(self, exchanges: Iterable[Exchange]) -> None:
        self._left: dict[tuple[str, str], deque[Exchange]] = {}
        for exchange in exchanges:
            self._left.setdefault((written_url(exchange.url), exchange.visitor), deque()).append(exchange)

    def holds(self, url: str) -> bool:
        """Tell whether something was recorded for `url`."""
        return (written_url(url), "") in self._left

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        left = self._left.get((str(request.url), request.extensions.get("visitor", "")))
        if not left:
            if request.url.path == "/robots.txt":
                return httpx.Response(404, stream=httpx.ByteStream(b""))
            raise UnreachedError(f"{request.url} is not in this recording")
        exchange = left.popleft() if len(left) > 1 else left[0]
        if exchange.error:
            raise (RefusedError if exchange.refused else UnreachedError)(exchange.error)
        return httpx.Response(
            exchange.status,
            headers=[(k.encode("latin-1"), v.encode("latin-1")) for k, v in exchange.headers],
            stream=httpx.ByteStream(exchange.body),
            extensions={"reason_phrase": exchange.reason.encode("latin-1"), "cut": exchange.cut},
        )


@lru_cache(maxsize=256)  # of a site's few addresses each is asked for five times
def written_url(url: str) -> str:
    """Return a URL as httpx writes it, "" where it cannot."""
    try:
        return str(httpx.URL(url))
    except (httpx.InvalidURL, ValueError):
        return ""
