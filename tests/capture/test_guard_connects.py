"""Which of the addresses of a name is connected to, and what ends the search."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable

import httpcore
import pytest

from pharmcheck.capture.guard import (
    MAX_ADDRESSES,
    GuardedBackend,
    UnreachedError,
    find_addresses,
)
from pharmcheck.capture.options import CaptureOptions, parse_connect_to
from tests.capture.guarded import answering, connect, named
from tests.capture.shop import NOW, not_found

Tried = list[tuple[str, int, float | None, str | None, object]]


def _tcp(monkeypatch: pytest.MonkeyPatch, answer: Callable[[str], None]) -> Tried:
    """Put a network in place that `answer` speaks for, and return what is tried there."""
    tried: Tried = []

    async def connect(
        self: object,
        host: str,
        port: int,
        timeout: float | None,  # noqa: ASYNC109 - as httpcore has it
        local: str | None,
        options: object,
    ) -> httpcore.AsyncNetworkStream:
        tried.append((host, port, timeout, local, options))
        answer(host)
        return httpcore.AsyncMockStream([])

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
    return tried


PUBLIC_FOUR = ("93.184.215.14", "8.8.8.8", "1.1.1.1", "2606:4700::1111")


def test_the_next_address_is_tried_and_the_time_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silent and closed addresses cost their share of the time; the last has what the caller gave."""
    failures = {PUBLIC_FOUR[0]: httpcore.ConnectTimeout(), PUBLIC_FOUR[1]: httpcore.ConnectError()}

    def answer(host: str) -> None:
        if host in failures:
            raise failures[host]

    tried = _tcp(monkeypatch, answer)
    options = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
    asyncio.run(named(*PUBLIC_FOUR[:3]).connect_tcp("pills.example", 8080, 9.0, "192.0.2.1", options))
    given = ("192.0.2.1", options)
    assert tried == [(host, 8080, time, *given) for host, time in zip(PUBLIC_FOUR, (3.0, 3.0, 9.0), strict=False)]


def test_an_open_address_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first address that answers is used, without a limit where none was given."""
    tried = _tcp(monkeypatch, lambda _: None)
    asyncio.run(named(*PUBLIC_FOUR).connect_tcp("pills.example", 443))
    assert tried == [(PUBLIC_FOUR[0], 443, None, None, None)]


def test_no_more_than_four_addresses_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with many addresses cannot have us knock at all of them, and the last failure is the answer."""

    def closed(host: str) -> None:
        raise httpcore.ConnectError(host)

    tried = _tcp(monkeypatch, closed)
    many = tuple(f"93.184.215.{n}" for n in range(20))
    with pytest.raises(httpcore.ConnectError, match=many[MAX_ADDRESSES - 1]):
        asyncio.run(named(*many).connect_tcp("pills.example", 443, 4.0))
    assert [host for host, *_ in tried] == list(many[:MAX_ADDRESSES])
    tried.clear()
    ruled = GuardedBackend([parse_connect_to("pills.example::test.internal:")], answering(*many))
    with pytest.raises(httpcore.ConnectError):
        asyncio.run(ruled.connect_tcp("pills.example", 8443, 4.0))
    assert [(host, port) for host, port, *_ in tried] == [(host, 8443) for host in many[:MAX_ADDRESSES]]


def test_resolved_once() -> None:
    """The name is asked for once and the judged address is used, so a second answer changes nothing (rebinding)."""
    asked: list[str] = []

    async def resolve(host: str) -> tuple[str, ...]:
        asked.append(host)
        return ("203.0.113.7",) if len(asked) == 1 else ("127.0.0.1",)

    assert "203.0.113.7" in connect(GuardedBackend(resolve=resolve), "pills.example")
    assert asked == ["pills.example"]


def test_connect_to() -> None:
    """A connect-to rule leads to a private address; its empty parts match anything; other names stay judged."""

    async def run() -> tuple[str, str]:
        server = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        backend = GuardedBackend([parse_connect_to(f"pills.example::127.0.0.1:{port}")])
        stream = await backend.connect_tcp("pills.example", 443, 2)
        await stream.aclose()
        try:
            await backend.connect_tcp("127.0.0.1", port, 2)
        except UnreachedError as error:
            return "connected", str(error)
        finally:
            server.close()
        return "connected", "connected"

    first, second = asyncio.run(run())
    assert first == "connected"
    assert "is not a public address" in second


def test_connect_to_port_only() -> None:
    """A rule that names no address only changes the port: the address is still judged."""
    backend = GuardedBackend([parse_connect_to("127.0.0.1:80::8080")])
    assert "is not a public address" in connect(backend, "127.0.0.1")


def test_a_rule_holds_for_its_port_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the port of a rule the name is judged as any other."""
    tried = _tcp(monkeypatch, lambda _: None)
    backend = GuardedBackend([parse_connect_to("pills.example:443:127.0.0.1:8443")], answering("10.0.0.1"))
    assert "leads to 10.0.0.1" in connect(backend, "pills.example", 80)
    assert connect(backend, "pills.example", 443) == "connected"
    assert [(host, port) for host, port, *_ in tried] == [("127.0.0.1", 8443)]


@pytest.mark.parametrize("rule", ["", "a:b", "a:1:b", "a:1:b:99999", "a:x:b:1", "a:1:b:2:3"])
def test_bad_rules(rule: str) -> None:
    """A rule that is not HOST:PORT:ADDR:PORT is a ValueError with a sentence, also from the options."""
    with pytest.raises(ValueError, match="HOST:PORT:ADDR:PORT"):
        CaptureOptions(now=NOW, connect_to=(rule,))


def test_no_such_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is not in the DNS is said so."""
    monkeypatch.setattr(socket, "getaddrinfo", not_found)
    with pytest.raises(UnreachedError, match=r"nowhere\.invalid could not be found"):
        asyncio.run(find_addresses("nowhere.invalid"))


def _found(*addresses: str) -> list[tuple[int, int, int, str, tuple[str, int]]]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in addresses]


def test_the_system_is_asked_for_what_it_can_connect_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """IPv4 first, each address once; asked in a thread that does not hold up the exit."""
    asked: list[object] = []

    def system(host: str, service: object, **wanted: object) -> object:
        asked.append((host, service, wanted, threading.current_thread().daemon))
        return _found("2606:4700::1111", "8.8.8.8", "2606:4700::1111", "1.1.1.1")

    monkeypatch.setattr(socket, "getaddrinfo", system)
    assert asyncio.run(find_addresses("pills.example")) == ("8.8.8.8", "1.1.1.1", "2606:4700::1111")
    assert asked == [("pills.example", None, {"type": socket.SOCK_STREAM}, True)]


@pytest.mark.parametrize(
    ("failure", "why", "transient"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "again"), "its name servers did not answer", True),
        (socket.gaierror(socket.EAI_NONAME, "none"), "the name does not exist or has no address", False),
        (OSError(24, "Too many open files"), "this machine could not ask (Too many open files)", False),
        (socket.gaierror(socket.EAI_SYSTEM, "System error"), "this machine could not ask (System error)", False),
        (socket.gaierror(socket.EAI_MEMORY, "No memory"), "this machine could not ask (No memory)", False),
        (UnicodeError("label too long"), "the name does not exist or has no address", False),
    ],
)
def test_a_name_that_is_not_found(
    monkeypatch: pytest.MonkeyPatch, failure: Exception, why: str, transient: bool
) -> None:
    """Silent name servers are worth another try, a name that is none is not, and each is told in a sentence."""

    def system(*_: object, **__: object) -> object:
        raise failure

    monkeypatch.setattr(socket, "getaddrinfo", system)
    with pytest.raises(UnreachedError) as told:
        asyncio.run(find_addresses("pills.example"))
    assert str(told.value) == f"pills.example could not be found in the DNS: {why}"
    assert told.value.transient is transient


def test_an_answer_that_nobody_waits_for_harms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look-up that was given up is answered later, while others go on or after all have ended, in silence."""
    asked, answer, said = threading.Event(), threading.Event(), []

    def system(*_: object, **__: object) -> object:
        asked.set()
        answer.wait(30)
        return _found("8.8.8.8")

    async def give_up(wait: bool) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: said.append(context))
        task = asyncio.create_task(find_addresses("pills.example"))
        await loop.run_in_executor(None, asked.wait, 30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        if wait:
            answer.set()
            await loop.run_in_executor(None, _ended)

    monkeypatch.setattr(socket, "getaddrinfo", system)
    monkeypatch.setattr(threading, "excepthook", said.append)
    asyncio.run(give_up(wait=True))
    asked.clear()
    answer.clear()
    asyncio.run(give_up(wait=False))
    answer.set()
    _ended()
    assert not said


def _ended() -> None:
    """Wait until the threads of look-ups have ended."""
    for thread in threading.enumerate():
        if thread.name.startswith("look up"):
            thread.join(30)


def test_only_a_refusal_is_final() -> None:
    """What was refused is never worth another try; what failed is, where that is said."""
    assert not UnreachedError("gone").transient
    assert UnreachedError("busy", transient=True).transient
    assert str(UnreachedError("gone")) == "gone"
