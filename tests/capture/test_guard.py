"""No address is contacted that is not public, however it is written, found or reached."""

from __future__ import annotations

import asyncio

import pytest

from pharmcheck.capture.guard import (
    GuardedBackend,
    RefusedError,
    UnreachedError,
    is_public,
    refuse_name,
)
from tests.capture.guarded import answering, connect, named

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
        asyncio.run(named("93.184.215.14").connect_tcp("whois.example", 444, 1))
    with pytest.raises(RefusedError, match="port 43"):
        asyncio.run(named("93.184.215.14").connect_tcp("whois.example", 43, 1))
    asked = GuardedBackend(resolve=answering("127.0.0.1"), service=43)
    assert "is not a public address" in connect(asked, "whois.example", 43)


@pytest.mark.parametrize(
    "addresses",
    [("127.0.0.1",), ("93.184.215.14", "127.0.0.1"), ("93.184.215.14", "::ffff:10.0.0.1"), ("169.254.169.254",)],
)
def test_resolved_addresses(addresses: tuple[str, ...]) -> None:
    """A name of which any address is not public is refused, before a connection is tried."""
    assert "is not a public address" in connect(named(*addresses), "pills.example")


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "::ffff:7f00:1", "10.0.0.1"])
def test_literal_addresses(host: str) -> None:
    """An address in place of a name is judged as well."""
    said = connect(named("93.184.215.14"), host)
    assert said == f"{host.strip('[]')} is not a public address, and is never contacted"


def test_what_a_name_leads_to_is_told() -> None:
    """The sentence names the name and the address that was refused."""
    said = connect(named("93.184.215.14", "10.0.0.1"), "pills.example")
    assert said == "pills.example leads to 10.0.0.1, which is not a public address, and is never contacted"


@pytest.mark.parametrize("written", ["pills.example.", "pills.example"])
def test_the_dot_of_the_root_changes_nothing(written: str) -> None:
    """A name is asked for as it is without the dot at its end."""
    asked: list[str] = []

    async def resolve(host: str) -> tuple[str, ...]:
        asked.append(host)
        return ("10.0.0.1",)

    connect(GuardedBackend(resolve=resolve), written)
    assert asked == ["pills.example"]
