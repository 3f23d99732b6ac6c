"""A register on 127.0.0.1 that publishes a list as real ones do, and fails as real ones do."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

HOST = "register.example"


@dataclass
class Answer:
    """What a path answers. `short` leaves that many bytes of the body unsent; `stall` holds them back instead."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    tagged: bool = False
    short: int = 0
    stall: bool = False
    then: Answer | None = None


class Register:
    """A running server of `answers` by path and query. Use it as a context manager; `connect_to` leads there.

    `asked` holds path and headers of each request. Where a body is stalled, `half_sent` is set, and the rest follows
    when the server ends. Every other host is led to a closed port, so that nothing leaves this machine.
    """

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.half_sent = threading.Event()
        self.ended = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, register=self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def connect_to(self) -> tuple[str, ...]:
        return (f"{HOST}:80:127.0.0.1:{self._server.server_port}", "::127.0.0.1:1")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Answers GET; with `tagged`, by ETag and Last-Modified as RFC 9110 (section 13) has it."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, register: Register) -> None:
        self._register = register
        super().__init__(*args)

    def do_GET(self) -> None:
        """Send the answer of the path, 404 where there is none."""
        path = self.path if self.path in self._register.answers else urlsplit(self.path).path
        self._register.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        answer = self._register.answers.get(path, Answer(status=404))
        if answer.then:
            self._register.answers[path] = answer.then
        headers = dict(answer.headers)
        if answer.tagged:
            headers["ETag"] = '"' + hashlib.sha256(answer.body).hexdigest()[:16] + '"'
            if self.headers.get("If-None-Match") == headers["ETag"]:
                self._send(304, headers, None)
                return
        self._send(answer.status, headers, answer)

    def _send(self, status: int, headers: dict[str, str], answer: Answer | None) -> None:
        self.send_response(status)
        body = answer.body if answer else b""
        if answer:
            headers["Content-Length"] = str(len(body))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if answer and answer.stall:
            self._stall(body)
        elif answer and answer.short:
            self.wfile.write(body[: -answer.short])
            self.close_connection = True
        else:
            self.wfile.write(body)

    def _stall(self, body: bytes) -> None:
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        self._register.half_sent.set()
        self._register.ended.wait(30)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
