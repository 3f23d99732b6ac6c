"""Clients that take their time, against a real server."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import closing

import httpx
import pytest

from pharmcheck.web.prompt import PromptProtocol
from tests.web.paged import Scripted

Connect = Callable[[], socket.socket]
_HEAD = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.fixture
def connect(scripted: tuple[str, Scripted], monkeypatch: pytest.MonkeyPatch) -> Iterator[Connect]:
    """Return a function that connects to a server which waits half a second for a head."""
    monkeypatch.setattr(PromptProtocol, "head_s", 0.5)
    port = httpx.URL(scripted[0]).port
    opened: list[socket.socket] = []

    def connect() -> socket.socket:
        opened.append(socket.create_connection(("127.0.0.1", port), timeout=30))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


@pytest.mark.parametrize("sent", [b"", b"GET / HT", _HEAD, _HEAD + b"X-A: "])
def test_half_a_head_is_cut_off(connect: Connect, sent: bytes) -> None:
    """Who sends nothing, or begins a head and does not end it, loses the connection instead of keeping it for ever."""
    client = connect()
    client.sendall(sent)
    assert client.recv(100) == b""


def test_the_second_head_as_the_first(connect: Connect) -> None:
    """A connection on which one request was answered is not kept by the beginning of another."""
    client = connect()
    client.sendall(_HEAD + b"\r\n")
    with closing(client.makefile("rb")) as answer:
        assert b"200" in answer.readline()
        client.sendall(_HEAD)
        assert b"HTTP/1.1" not in answer.read()


def test_an_answer_may_take_longer(scripted: tuple[str, Scripted], connect: Connect) -> None:
    """The bound is for heads: who waits for a check is still connected when others have been cut off."""
    address, check = scripted
    with httpx.Client(base_url=address, headers={"Sec-Fetch-Site": "same-origin"}, timeout=30) as client:
        place = client.post("/api/v1/checks", json={"target": "slow.example"}).headers["location"]
        with client.stream("GET", f"{place}/events") as events:
            assert connect().recv(100) == b""
            check.go.set()
            assert "event: done" in events.read().decode()
