"""A small internet on loopback: one shop and RDAP servers over TLS, WHOIS servers, and name servers over UDP and TCP."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
import trustme

from pharmcheck.capture import CaptureOptions, capture
from pharmcheck.model import Gap, Registration, Site
from pharmcheck.target import parse_target
from tests.capture.shop import NOW, Route, Script, Shop, answer

RDAP, WHOIS = "rdap.registry.example", "whois.registry.example"
SERVERS = (f"https://{RDAP}/v1/", WHOIS)
HOME = "<title>Sample shop</title><h1>Sample shop</h1><p>More than enough words here to count as a page of a shop.</p>"
ZONE: dict[tuple[str, str], list[str]] = {
    ("shop.example", "A"): ["192.0.2.7"],
    ("shop.example", "AAAA"): ["2001:db8::7"],
    ("shop.example", "NS"): ["ns2.host.example.", "ns1.host.example."],
    ("shop.example", "MX"): ["20 mx2.host.example.", "10 mx1.host.example."],
    ("shop.example", "TXT"): ['"site-proof=1"', '"v=spf1 " "-all"'],
    ("shop.example", "CAA"): ['0 issue "ca.example"'],
    ("_dmarc.shop.example", "TXT"): ['"v=DMARC1; p=none"'],
}
TEXT = """Domain Name: SHOP.EXAMPLE
Registrar: Sample Registrar Ltd
Creation Date: 2026-09-01T10:00:00Z
Updated Date: 2026-09-02T10:00:00Z
Registry Expiry Date: 2027-09-01T10:00:00Z
Name Server: NS1.HOST.EXAMPLE
Domain Status: clientTransferProhibited https://icann.example/epp#clientTransferProhibited
Registrar Abuse Contact Email: abuse@registrar.example
Registrar Abuse Contact Phone: +44.2079460018
Registrant Organization: Sample Trading Ltd
Registrant Country: CY
"""
COMPLAINTS = [
    ["version", {}, "text", "4.0"],
    ["fn", {}, "text", "B. Person"],
    ["tel", {"type": "voice"}, "uri", "tel:+44.2079460018;ext=2"],
    ["email", {}, "text", "Abuse@registrar.example"],
]
ASKED = f"{RDAP}/v1/domain/shop.example"
CREATED = datetime(2026, 9, 1, 10, tzinfo=UTC)
DnsServer = Callable[[dns.message.Message, str], bytes | None]


def rdap(**changed: Any) -> dict[str, Any]:
    """Return an RDAP answer on shop.example as a registry gives it; a key set to None is left out."""
    card = [
        ["version", {}, "text", "4.0"],
        ["fn", {}, "text", "A. Person"],
        ["org", {}, "text", "Sample Trading Ltd"],
        ["adr", {"cc": "CY"}, "text", ["", "", "1 Sample Street", "Limassol", "", "", ""]],
    ]
    whole = {
        "objectClassName": "domain",
        "ldhName": "SHOP.EXAMPLE",
        "status": ["client transfer prohibited", "active"],
        "events": [
            {"eventAction": "registration", "eventDate": "2026-09-01T10:00:00Z"},
            {"eventAction": "expiration", "eventDate": "2027-09-01T10:00:00.0Z"},
            {"eventAction": "last changed", "eventDate": "2026-09-02T10:00:00Z"},
            {"eventAction": "last update of RDAP database", "eventDate": "2026-11-01T10:00:00Z"},
        ],
        "nameservers": [{"ldhName": "NS2.HOST.EXAMPLE"}, {"ldhName": "ns1.host.example."}],
        "entities": [
            {
                "roles": ["registrar"],
                "vcardArray": ["vcard", [["fn", {}, "text", "Sample Registrar Ltd"]]],
                "entities": [{"roles": ["abuse"], "vcardArray": ["vcard", COMPLAINTS]}],
            },
            {"roles": ["registrant"], "vcardArray": ["vcard", card]},
        ],
    }
    return {key: value for key, value in {**whole, **changed}.items() if value is not None}


def rdap_answer(line: str = "200 OK", **changed: Any) -> bytes:
    """Return the whole HTTP answer of an RDAP server."""
    return answer(json.dumps(rdap(**changed)), line, "application/rdap+json")


class World:
    """Runs the servers. `whois` maps host names to texts or scripts, `names` answers DNS questions."""

    def __init__(
        self,
        routes: Mapping[str, Route] | None = None,
        *,
        whois: Mapping[str, str | bytes | Script] | None = None,
        zone: Mapping[tuple[str, str], list[str]] | None = None,
        names: DnsServer | None = None,
        certificate: ssl.SSLContext | None = None,
    ) -> None:
        self._folder = TemporaryDirectory(prefix="pharmcheck-world-")
        authority = trustme.CA()
        self.ca_file = Path(self._folder.name, "ca.pem")
        authority.cert_pem.write_to_path(self.ca_file)
        self.shop = Shop({"shop.example/": HOME, **(routes or {})}, certificate or _serving(authority))
        self.servers = Shop(routes or {}, _serving(authority))
        self._whois = dict(whois or {})
        self._names = names or answers_of(ZONE if zone is None else zone)
        self.asked: list[str] = []
        self._ports: dict[str, int] = {}
        self._running: list[asyncio.Server] = []
        self._udp: asyncio.DatagramTransport | None = None

    async def __aenter__(self) -> Self:
        await self.shop.__aenter__()
        await self.servers.__aenter__()
        for host, says in self._whois.items():
            self._ports[host] = await self._serve(self._told(host, says))
        tcp = await self._serve(self._name_server)
        loop = asyncio.get_running_loop()
        self._udp, _ = await loop.create_datagram_endpoint(lambda: _Names(self), local_addr=("127.0.0.1", tcp))
        self._ports["dns"] = tcp
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.shop.__aexit__(*error)
        await self.servers.__aexit__(*error)
        for server in self._running:
            server.close()
        assert self._udp
        self._udp.close()
        self._folder.cleanup()

    def options(self, **more: Any) -> CaptureOptions:
        """Return options under which every name and every name server is here, and what is not here refuses."""
        rules = (
            f":53:127.0.0.1:{self._ports['dns']}",
            *(f"{host}:43:127.0.0.1:{self._ports[host]}" for host in self._whois),
            ":43:127.0.0.1:1",
            f"shop.example::127.0.0.1:{self.shop.port}",
            f"::127.0.0.1:{self.servers.port}",
        )
        given = {"now": NOW, "connect_to": rules, "retries": 0, "look_ups": True, "ca_file": self.ca_file}
        return CaptureOptions(**{**given, "registration_servers": SERVERS, **more})

    async def _serve(self, script: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]) -> int:
        server = await asyncio.start_server(script, "127.0.0.1", 0)
        self._running.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    def _told(self, host: str, says: str | bytes | Script) -> Callable[..., Any]:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            line = await reader.readline()
            self.asked.append(f"{host} {line.decode().strip()}")
            if callable(says):
                await says(writer)
            else:
                writer.write(says.encode() if isinstance(says, str) else says)
                await writer.drain()
            writer.close()

        return serve

    async def _name_server(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = await reader.readexactly(int.from_bytes(await reader.readexactly(2), "big"))
        if said := self.say(wire, "tcp"):
            writer.write(len(said).to_bytes(2, "big") + said)
            await writer.drain()
        writer.close()

    def say(self, wire: bytes, way: str) -> bytes | None:
        """Return the answer of the name server, None where it keeps silent."""
        question = dns.message.from_wire(wire)
        asked = question.question[0]
        self.asked.append(f"dns {asked.name.to_text(omit_final_dot=True)} {dns.rdatatype.to_text(asked.rdtype)} {way}")
        return self._names(question, way)


class _Names(asyncio.DatagramProtocol):
    def __init__(self, world: World) -> None:
        self._world = world
        self._out: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._out = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        if said := self._world.say(data, "udp"):
            self._out.sendto(said, addr)


def answers_of(zone: Mapping[tuple[str, str], list[str]]) -> DnsServer:
    """Return a name server of a zone; what is not in it does not exist."""

    def say(question: dns.message.Message, way: str) -> bytes:
        asked = question.question[0]
        kind = dns.rdatatype.to_text(asked.rdtype)
        response = dns.message.make_response(question)
        values = zone.get((asked.name.to_text(omit_final_dot=True), kind))
        if values:
            response.answer.append(dns.rrset.from_text(asked.name, 300, "IN", kind, *values))
        else:
            response.set_rcode(dns.rcode.NXDOMAIN)
        return response.to_wire()

    return say


def _serving(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    names = ("shop.example", "*.registry.example", "*.registrar.example")
    authority.issue_cert(*names, organization_name="Sample Trading Ltd").configure_cert(context)
    return context


def look(world: World, target: str = "https://shop.example", **options: Any) -> Site:
    """Return the site that a live capture makes in that world."""

    async def run() -> Site:
        async with world:
            return await capture(parse_target(target), world.options(**options))

    return asyncio.run(run())


def registration(site: Site) -> Registration:
    """Return the registration, which must have been found."""
    assert isinstance(site.registration, Registration), site.registration
    return site.registration


def why(found: object) -> str:
    """Return why something is a gap, which it must be."""
    assert isinstance(found, Gap), found
    return found.why


def shown(make: Callable[[trustme.CA], trustme.LeafCert]) -> ssl.SSLContext:
    """Return how a server shows a certificate of an authority that nobody knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    make(trustme.CA()).configure_cert(context)
    return context


def forbid(monkeypatch: pytest.MonkeyPatch, allowed: Callable[[Any], bool]) -> list[Any]:
    """Let no socket reach an address that is not allowed; return the list of those that were tried."""
    tried: list[Any] = []

    def judged(name: str) -> Callable[..., Any]:
        real = getattr(socket.socket, name)

        def call(self: socket.socket, *given: Any) -> Any:
            if self.family != socket.AF_UNIX and not allowed(given[-1]):
                tried.append(given[-1])
                raise AssertionError(f"a test tried to reach {given[-1]}")
            return real(self, *given)

        return call

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, judged(name))
    return tried
