"""No address is contacted that is not public, however it is written, found or reached."""

from __future__ import annotations

import asyncio

import pytest

from pharmcheck.capture.guard import GuardedBackend, UnreachedError, is_public, look_up, refuse_name
from pharmcheck.capture.options import CaptureOptions, parse_connect_to
from tests.capture.shop import NOW

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


@pytest.mark.parametrize("port", [22, 25, 81, 445, 3306, 6379, 11211])
def test_ports(port: int) -> None:
    """Ports of mail, shells and data stores are refused; 80, 443 and high ports are not."""
    with pytest.raises(UnreachedError, match="not a web port"):
        refuse_name("pills.example", port)
    for fine in (80, 443, 8080, 8443):
        refuse_name("pills.example", fine)


def _connect(backend: GuardedBackend, host: str, port: int = 80) -> str:
    async def run() -> str:
        try:
            stream = await backend.connect_tcp(host, port, 2)
        except UnreachedError as error:
            return str(error)
        await stream.aclose()
        return "connected"

    return asyncio.run(run())


def _names(*addresses: str) -> GuardedBackend:
    async def resolve(host: str) -> tuple[str, ...]:
        return addresses

    return GuardedBackend(resolve=resolve)


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
    assert "is not a public address" in _connect(GuardedBackend(), host)


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


@pytest.mark.parametrize("rule", ["", "a:b", "a:1:b", "a:1:b:99999", "a:x:b:1", "a:1:b:2:3"])
def test_bad_rules(rule: str) -> None:
    """A rule that is not HOST:PORT:ADDR:PORT is a ValueError with a sentence, also from the options."""
    with pytest.raises(ValueError, match="HOST:PORT:ADDR:PORT"):
        CaptureOptions(now=NOW, connect_to=(rule,))


def test_no_such_name() -> None:
    """A name that is not in the DNS is said so."""
    with pytest.raises(UnreachedError, match=r"nowhere\.invalid could not be found"):
        asyncio.run(look_up("nowhere.invalid"))
