"""What stands before every route: host names, request sizes, request rates, and the headers of every answer."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable, Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pharmcheck.web.limits import Budget, client_key
from pharmcheck.web.metrics import Metrics
from pharmcheck.web.problems import problem
from pharmcheck.web.settings import Settings

log = logging.getLogger("pharmcheck.web")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
_HSTS = "max-age=31536000"
BODY_BYTES = 400_000  # 200 links of the greatest length that people paste are 100 KB
_BODY_S = 20.0
_QUIET = ("/healthz", "/static/")
_STREAMS = "/events"  # which no HEAD opens: it would follow a check to its end and tell nothing of it


class Shield:
    """Pure ASGI, so that streams pass through unbuffered."""

    def __init__(
        self, app: ASGIApp, settings: Settings, metrics: Metrics, apology: Callable[[Request], ASGIApp]
    ) -> None:
        self._app, self._metrics, self._apology = app, metrics, apology
        self._names = frozenset(name.lower().strip("[]") for name in settings.names)
        self._rate = Budget(settings.requests_per_minute / 60, settings.requests_per_minute / 4)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        started = False

        async def headed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._metrics.answers[message["status"]] += 1
                _head(MutableHeaders(scope=message), scope)
            await send(message)

        refusal = self._refusal(scope)
        if refusal:
            await refusal(scope, receive, headed)
            return
        answer: Send = headed
        if scope["method"] == "HEAD" and not scope["path"].endswith(_STREAMS):
            scope, answer = {**scope, "method": "GET"}, _without_body(headed)
        try:
            await self._app(scope, _Body(receive), answer)
        except Exception as error:  # the outermost frame: only here is kept from the log what was asked for
            places = "".join(traceback.format_tb(error.__traceback__))
            log.error("%s, which should not have happened:\n%s", type(error).__name__, places)
            if not started:
                await self._apology(Request(scope))(scope, receive, answer)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        if host_name(headers.get("host", "")) not in self._names:
            return problem(400, "This server does not answer under that name.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > 9 or int(length) > BODY_BYTES:
            return problem(413, f"That is more than {BODY_BYTES:,} bytes.")
        if scope["path"].startswith(_QUIET):
            return None
        wait_s = self._rate.take(client_key(scope["client"][0] if scope.get("client") else ""))
        return problem(429, "Too many requests came from your address.", wait_s) if wait_s else None


def host_name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    name = host.lower()
    return name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]


def _without_body(send: Send) -> Send:
    """Return what sends an answer to HEAD: that to GET without its body (RFC 9110, section 9.3.2)."""

    async def bare(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return bare


def _head(headers: MutableHeaders, scope: Scope) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "no-store")
    if scope.get("scheme") == "https":
        headers.setdefault("Strict-Transport-Security", _HSTS)


class _Body:
    """Receives a body that neither grows nor lasts without end; then waits for the client to leave, as long as it takes."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._bytes = 0
        self._more = True
        self._until = asyncio.get_running_loop().time() + _BODY_S

    async def __call__(self) -> Message:
        if not self._more:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408, f"The request was not sent within {_BODY_S:g} seconds.") from None
        self._bytes += len(message.get("body", b""))
        self._more = bool(message.get("more_body"))
        if self._bytes > BODY_BYTES:
            raise HTTPException(413, f"That is more than {BODY_BYTES:,} bytes.")
        return message


def own_names(names: Iterable[str], host: str) -> tuple[str, ...]:
    """Return the names that are answered: those given, and the address that is listened on unless it means all."""
    own = () if host in ("0.0.0.0", "::") else (host,)  # noqa: S104 - compared, not bound
    return tuple(dict.fromkeys((*own, *names)))
