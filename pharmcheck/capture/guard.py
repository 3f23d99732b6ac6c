"""Only public addresses: judges names, ports and addresses, and connects to the very address that was judged."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import httpcore

from pharmcheck.capture.options import ConnectTo
from pharmcheck.model.captured import NO_SUCH_NAME

Resolve = Callable[[str], Awaitable[tuple[str, ...]]]

MAX_ADDRESSES = 4  # tried one after the other; the request's time is shared among them
# Names that can only mean a machine near us (RFC 6761; RFC 6762, also appendix G; RFC 8375; the custom of clouds).
_NEAR = (
    *("localhost", "local", "internal", "lan", "intranet", "home.arpa", "localdomain"),
    *("private", "corp", "home", "svc"),
)
# Ports of services that a GET could harm or that no shop uses (WHATWG Fetch, "port blocking"; data stores).
# fmt: off
_NOT_WEB = frozenset((
    1433, 1434, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5900,
    5984, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9200, 9300, 10080, 10250, 11211,
    27017,
))
# fmt: on
_MAPPED_IN_LAST_32_BITS = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"), IPv6Network("::ffff:0:0:0/96"))
_ISATAP = (0x5EFE, 0x02005EFE)  # before an IPv4 address in the last 32 bits (RFC 5214, section 6.1)
_NEVER = tuple(
    ip_network(n)
    for n in (
        "168.63.129.16/32",  # a cloud's host agent at a public-looking address
        "192.0.0.0/24",  # protocol assignments, a cloud's metadata among them
        "192.88.99.0/24",  # 6to4 relays, withdrawn (RFC 7526)
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID (RFC 2928)
        "3fff::/20",  # documentation (RFC 9637)
    )
)

_OURS = (getattr(socket, "EAI_SYSTEM", None), socket.EAI_MEMORY)  # look-ups that failed here; Windows has no EAI_SYSTEM


class UnreachedError(Exception):
    """A URL could not be read; the message is a sentence without its subject page. `transient`: worth another try."""

    def __init__(self, why: str, *, transient: bool = False) -> None:
        super().__init__(why)
        self.transient = transient


class RefusedError(UnreachedError):
    """A name, port or address that no public web site has; nothing was sent there."""


def is_public(address: str) -> bool:
    """Tell whether an address, with any IPv4 address inside it (mapped, NAT64, 6to4, ISATAP), is public."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(ip.version == n.version and ip in n for n in _NEVER):
        return False
    if isinstance(ip, IPv6Address):
        last = IPv4Address(int(ip) & 0xFFFFFFFF)
        if any(ip in n for n in _MAPPED_IN_LAST_32_BITS):
            return is_public(str(last))
        if (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP and not is_public(str(last)):
            return False
        if ip.sixtofour:
            return is_public(str(ip.sixtofour))
        if ip not in IPv6Network("2000::/3"):  # all that is assigned for global use (RFC 4291)
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def refuse_name(host: str, port: int, service: int = 443) -> None:
    """Raise RefusedError for a name or port that no public web site has, `service` being one more port to let pass."""
    literal = ":" in host or host.isdigit()  # an address in one number is judged as an address
    if not literal and ("." not in host or any(host == n or host.endswith("." + n) for n in _NEAR)):
        raise RefusedError(f"{host} is a name inside a private network, which is never contacted")
    if port not in (80, 443, service) and (port < 1024 or port in _NOT_WEB):
        raise RefusedError(f"port {port} of {host} is not a web port")


async def find_addresses(host: str) -> tuple[str, ...]:
    """Return the addresses of `host`, IPv4 first; raises UnreachedError.

    A thread of its own, so that a name server that never answers holds up neither other look-ups nor the exit.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str] | OSError] = loop.create_future()

    def tell(result: list[str] | OSError) -> None:
        if not answer.done():
            answer.set_result(result)

    def ask() -> None:
        result: list[str] | OSError
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            result = [str(entry[4][0]) for entry in found]
        except (OSError, UnicodeError) as error:
            result = error if isinstance(error, OSError) else socket.gaierror(socket.EAI_NONAME, str(error))
        with suppress(RuntimeError):  # the loop has ended: nobody waits for it any more
            loop.call_soon_threadsafe(tell, result)

    threading.Thread(target=ask, daemon=True, name=f"look up {host}").start()
    result = await answer
    if isinstance(result, OSError):
        why, again = _why_not_found(result)
        raise UnreachedError(f"{host} could not be found in the DNS: {why}", transient=again)
    return tuple(sorted(dict.fromkeys(result), key=lambda a: ":" in a))


def _why_not_found(error: OSError) -> tuple[str, bool]:
    """Return why a look-up failed, and whether another try may help; what we failed at is not said of the name."""
    if not isinstance(error, socket.gaierror) or error.errno in _OURS:
        return f"this machine could not ask ({error.strerror})", False
    if error.errno == socket.EAI_AGAIN:
        return "its name servers did not answer", True
    return NO_SUCH_NAME, False


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves once, judges every address, connects to a judged one; TLS name and certificate stay with the name."""

    def __init__(self, rules: Iterable[ConnectTo] = (), resolve: Resolve = find_addresses, service: int = 443) -> None:
        self._rules = tuple(rules)
        self._service = service
        self._resolve = resolve
        self._tcp = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses, port = await self._route(host.strip("[]").rstrip("."), port)
        for address in addresses[:-1]:
            share = timeout and timeout / len(addresses)
            try:
                return await self._tcp.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._tcp.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    async def _route(self, host: str, port: int) -> tuple[tuple[str, ...], int]:
        """Return the addresses and the port to connect to; raises RefusedError when one of them is not public."""
        rule = next((r for r in self._rules if r.matches(host, port)), None)
        to_port = int(rule.to_port) if rule and rule.to_port else port
        if rule and rule.to_host:
            return (await _addresses(rule.to_host, self._resolve))[:MAX_ADDRESSES], to_port
        refuse_name(host, to_port, self._service)
        addresses = await _addresses(host, self._resolve)
        for address in addresses:
            if not is_public(address):
                shown = host if host == address else f"{host} leads to {address}, which"
                raise RefusedError(f"{shown} is not a public address, and is never contacted")
        return addresses[:MAX_ADDRESSES], to_port


async def _addresses(host: str, resolve: Resolve) -> tuple[str, ...]:
    try:
        ip_address(host)
    except ValueError:
        return await resolve(host)
    return (host,)  # as it is written, for Python 3.13 writes some otherwise
