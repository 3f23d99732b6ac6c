"""No address is contacted that is not public, however it is written, found or reached."""

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
    RefusedError,
    Resolve,
    UnreachedError,
    is_public,
    look_up,
    refuse_name,
)
from pharmcheck.capture.options import CaptureOptions, parse_connect_to
from tests.capture.shop import NOW, not_found

# fmt: off
NOT_PUBLIC = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.9.9", "172.31.0.1", "192.168.7.7",
    "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.0.1", "192.0.2.5",
    "198.51.100.5", "203.0.113.5", "192.88.99.1", "198.18.0.1", "198.19.255.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "168.63.129.16", "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254",
    "ff02::1", "ff0e::1", "100::1", "2001:db8::1", "3fff::1", "5f00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808", "2002:7f00:1::", "2002:c0a8:101::1", "2001:0:1::1", "2a00:1450::5efe:10.0.0.1",
    "2a00:1450::200:5efe:a9fe:a9fe", "fe80::5efe:808:808", "fd00::5efe:8.8.8.8", "2002:808:808::5efe:10.0.0.1",
]
# fmt: on
# fmt: off
PUBLIC = [
    "8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::200e", "::ffff:8.8.8.8",
    "64:ff9b::808:808", "2002:808:808::1", "2a00:1450::5efe:8.8.8.8",
]
# fmt: on


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address: str) -> None:
    """Loopback, private, link-local, shared, metadata, multicast, reserved, also inside IPv6: all refused."""
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    """Ordinary addresses pass, also a public IPv4 address inside IPv6."""
    assert is_public(address)


def test_no_address_is_not_public() -> None:
    """What is no address is refused."""
    assert not is_public("pills.example")


@pytest.mark.parametrize(
    "host", ["localhost", "shop.localhost", "intranet", "printer.local", "db.internal", "nas.home.arpa"]
)
def test_near_names(host: str) -> None:
    """Names that can only mean a machine nearby are refused before anyone is asked for their address."""
    with pytest.raises(UnreachedError, match="private network"):
        refuse_name(host, 443)


@pytest.mark.parametrize("host", ["2130706433", "::1", "93.184.215.14"])
def test_addresses_are_no_near_names(host: str) -> None:
    """An address, also one in a single number, is left to the judge of addresses."""
    refuse_name(host, 443)


@pytest.mark.parametrize("port", [0, 1, 22, 25, 43, 81, 444, 445, 1023, 3306, 6379, 11211])
def test_ports(port: int) -> None:
    """Ports of mail, shells and data stores are refused; 80, 443 and high ports are not."""
    with pytest.raises(UnreachedError, match="not a web port"):
        refuse_name("pills.example", port)
    for fine in (80, 443, 1024, 8080, 8443):
        refuse_name("pills.example", fine)


def test_one_more_port_where_its_service_is_asked() -> None:
    """The port of WHOIS passes where WHOIS is asked, and no other one with it."""
    refuse_name("whois.example", 43, 43)
    with pytest.raises(RefusedError, match=r"^port 42 of whois\.example is not a web port$"):
        refuse_name("whois.example", 42, 43)
    with pytest.raises(RefusedError, match="port 43"):
        refuse_name("whois.example", 43)
    with pytest.raises(RefusedError, match="port 444"):
        asyncio.run(_names("93.184.215.14").connect_tcp("whois.example", 444, 1))
    with pytest.raises(RefusedError, match="port 43"):
        asyncio.run(_names("93.184.215.14").connect_tcp("whois.example", 43, 1))
    asked = GuardedBackend(resolve=_answering("127.0.0.1"), service=43)
    assert "is not a public address" in _connect(asked, "whois.example", 43)


def _connect(backend: GuardedBackend, host: str, port: int = 80) -> str:
    async def run() -> str:
        try:
            stream = await backend.connect_tcp(host, port, 2)
        except UnreachedError as error:
            return str(error)
        await stream.aclose()
        return "connected"

    return asyncio.run(run())


def _answering(*addresses: str) -> Resolve:
    async def resolve(host: str) -> tuple[str, ...]:
        return addresses

    return resolve


def _names(*addresses: str) -> GuardedBackend:
    return GuardedBackend(resolve=_answering(*addresses))


@pytest.mark.parametrize(
    "addresses",
    [("127.0.0.1",), ("93.184.215.14", "127.0.0.1"), ("93.184.215.14", "::ffff:10.0.0.1"), ("169.254.169.254",)],
)
def test_resolved_addresses(addresses: tuple[str, ...]) -> None:
    """A name of which any address is not public is refused, before a connection is tried."""
    assert "is not a public address" in _connect(_names(*addresses), "pills.example")


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "::ffff:7f00:1", "10.0.0.1"])
def test_literal_addresses(host: str) -> None:
    """An address in place of a name is judged as well."""
    said = _connect(_names("93.184.215.14"), host)
    assert said == f"{host.strip('[]')} is not a public address, and is never contacted"


def test_what_a_name_leads_to_is_told() -> None:
    """The sentence names the name and the address that was refused."""
    said = _connect(_names("93.184.215.14", "10.0.0.1"), "pills.example")
    assert said == "pills.example leads to 10.0.0.1, which is not a public address, and is never contacted"


@pytest.mark.parametrize("written", ["pills.example.", "pills.example"])
def test_the_dot_of_the_root_changes_nothing(written: str) -> None:
    """A name is asked for as it is without the dot at its end."""
    asked: list[str] = []

    async def resolve(host: str) -> tuple[str, ...]:
        asked.append(host)
        return ("10.0.0.1",)

    _connect(GuardedBackend(resolve=resolve), written)
    assert asked == ["pills.example"]


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
    asyncio.run(_names(*PUBLIC_FOUR[:3]).connect_tcp("pills.example", 8080, 9.0, "192.0.2.1", options))
    given = ("192.0.2.1", options)
    assert tried == [(host, 8080, time, *given) for host, time in zip(PUBLIC_FOUR, (3.0, 3.0, 9.0), strict=False)]


def test_an_open_address_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first address that answers is used, without a limit where none was given."""
    tried = _tcp(monkeypatch, lambda _: None)
    asyncio.run(_names(*PUBLIC_FOUR).connect_tcp("pills.example", 443))
    assert tried == [(PUBLIC_FOUR[0], 443, None, None, None)]


def test_no_more_than_four_addresses_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with many addresses cannot have us knock at all of them, and the last failure is the answer."""

    def closed(host: str) -> None:
        raise httpcore.ConnectError(host)

    tried = _tcp(monkeypatch, closed)
    many = tuple(f"93.184.215.{n}" for n in range(20))
    with pytest.raises(httpcore.ConnectError, match=many[MAX_ADDRESSES - 1]):
        asyncio.run(_names(*many).connect_tcp("pills.example", 443, 4.0))
    assert [host for host, *_ in tried] == list(many[:MAX_ADDRESSES])
    tried.clear()
    ruled = GuardedBackend([parse_connect_to("pills.example::test.internal:")], _answering(*many))
    with pytest.raises(httpcore.ConnectError):
        asyncio.run(ruled.connect_tcp("pills.example", 8443, 4.0))
    assert [(host, port) for host, port, *_ in tried] == [(host, 8443) for host in many[:MAX_ADDRESSES]]


def test_resolved_once() -> None:
    """The name is asked for once and the judged address is used, so a second answer changes nothing (rebinding)."""
    asked: list[str] = []

    async def resolve(host: str) -> tuple[str, ...]:
        asked.append(host)
        return ("203.0.113.7",) if len(asked) == 1 else ("127.0.0.1",)

    assert "203.0.113.7" in _connect(GuardedBackend(resolve=resolve), "pills.example")
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
    assert "is not a public address" in _connect(backend, "127.0.0.1")


def test_a_rule_holds_for_its_port_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the port of a rule the name is judged as any other."""
    tried = _tcp(monkeypatch, lambda _: None)
    backend = GuardedBackend([parse_connect_to("pills.example:443:127.0.0.1:8443")], _answering("10.0.0.1"))
    assert "leads to 10.0.0.1" in _connect(backend, "pills.example", 80)
    assert _connect(backend, "pills.example", 443) == "connected"
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
        asyncio.run(look_up("nowhere.invalid"))


def _found(*addresses: str) -> list[tuple[int, int, int, str, tuple[str, int]]]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in addresses]


def test_the_system_is_asked_for_what_it_can_connect_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """IPv4 first, each address once; asked in a thread that does not hold up the exit."""
    asked: list[object] = []

    def system(host: str, service: object, **wanted: object) -> object:
        asked.append((host, service, wanted, threading.current_thread().daemon))
        return _found("2606:4700::1111", "8.8.8.8", "2606:4700::1111", "1.1.1.1")

    monkeypatch.setattr(socket, "getaddrinfo", system)
    assert asyncio.run(look_up("pills.example")) == ("8.8.8.8", "1.1.1.1", "2606:4700::1111")
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
        asyncio.run(look_up("pills.example"))
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
        task = asyncio.create_task(look_up("pills.example"))
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
