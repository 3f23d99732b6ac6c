"""A web server on loopback that answers exactly what a test tells it to."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Self

from pharmcheck.capture import CaptureOptions

NOW = datetime(2026, 11, 1, 12, 30, tzinfo=UTC)
Script = Callable[[asyncio.StreamWriter], Awaitable[None]]
_VISITORS = (("Referer: https://www.google.", "searcher"), ("Googlebot", "crawler"), ("Mobile", "phone"))
Route = str | bytes | Script | list[str | bytes]


def answer(
    body: str | bytes, status: str = "200 OK", content_type: str = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """Return a whole HTTP answer; header names take `_` for `-`."""
    data = body.encode() if isinstance(body, str) else body
    fields = {"Content-Type": content_type, "Content-Length": len(data), "Connection": "close", **headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def redirect(to: str) -> bytes:
    """Return a redirect."""
    return answer("", "302 Found", Location=to)


async def silence(writer: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.Event().wait()


def not_found(*_: object, **__: object) -> None:
    """Answer as the resolver of the system does for a name that is not in the DNS; no test asks the real one."""
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


class Shop:
    """Serves `routes` (path, or host and path, to a page, a whole answer, a script, or a list of them in turn).

    `searcher `, `crawler ` or `phone ` before host and path is for those visitors alone, as their headers tell.
    """

    def __init__(self, routes: Mapping[str, Route], context: ssl.SSLContext | None = None) -> None:
        self.routes = {path: list(r) if isinstance(r, list) else r for path, r in routes.items()}
        self.context = context
        self.asked: list[str] = []
        self.heads: list[str] = []
        self.port = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, ssl=self.context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks)

    @property
    def rule(self) -> str:
        """The connect-to rule that leads every name here."""
        return f"::127.0.0.1:{self.port}"

    def options(self, **more: Any) -> CaptureOptions:
        """Return options that lead here, without retries and patient enough for a slow machine."""
        return CaptureOptions(**{"now": NOW, "connect_to": (self.rule,), "retries": 0, **more})

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        try:
            await self._answer(reader, writer)
        except (asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = head.split(" ")[1]
        host = next(line[6:].strip() for line in head.split("\r\n") if line.lower().startswith("host: "))
        self.asked.append(path)
        self.heads.append(head)
        seen = next((f"{who} {host}{path}" for mark, who in _VISITORS if mark in head), "")
        anybody = self.routes.get(host + path, self.routes.get(path, answer("not here", "404 Not Found")))
        route = self.routes.get(seen, anybody)
        if isinstance(route, list):
            route = route.pop(0) if len(route) > 1 else route[0]
        if callable(route):
            await route(writer)
            return
        writer.write(answer(route) if isinstance(route, str) else route)
        await writer.drain()
