"""One question to the name servers of this machine: over UDP, over TCP where the answer does not fit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pharmcheck.capture.guard import UnreachedError
from pharmcheck.capture.options import ConnectTo

if TYPE_CHECKING:
    from dns.message import Message, QueryMessage

_PATIENCE_S = 2.0  # before the next name server is asked
_MAX_STRAY = 20  # packets of others, or forged ones, that are passed over


async def query(name: str, kind: str, rules: Sequence[ConnectTo]) -> bytes:
    """Return the answer to a question as it came (RFC 1035, section 4), its id set to zero, so that it can be compared.

    Raises UnreachedError where nobody answers. A rule for port 53 leads a name server elsewhere.
    """
    from dns.exception import DNSException  # noqa: PLC0415 - on use: it takes 0.1 s
    from dns.message import make_query  # noqa: PLC0415

    why = "this machine knows no name server"
    try:
        question = make_query(name, kind, use_edns=0, payload=1232)
    except DNSException as error:  # `_dmarc.` before a name that is as long as names may be
        raise UnreachedError(f"{name} ({kind}) cannot be asked for: {error}") from None
    for server, port in _servers(rules):
        try:
            async with asyncio.timeout(_PATIENCE_S):
                return await _ask(question, server, port)
        except TimeoutError:
            why = f"the name server {server} did not answer"
        except (OSError, EOFError, DNSException) as error:
            why = f"the name server {server} gave no answer: {error or type(error).__name__}"
    raise UnreachedError(f"{name} ({kind}): {why}")


def _servers(rules: Sequence[ConnectTo]) -> list[tuple[str, int]]:
    from dns.exception import DNSException  # noqa: PLC0415
    from dns.resolver import Resolver  # noqa: PLC0415

    try:
        known = [str(address) for address in Resolver().nameservers if ":/" not in str(address)]
    except (DNSException, OSError):
        known = []
    found = []
    for address in known or [""]:
        rule = next((r for r in rules if r.matches(address, 53)), None)
        to = (rule and rule.to_host) or address
        if to:
            found.append((to, int(rule.to_port) if rule and rule.to_port else 53))
    return list(dict.fromkeys(found))[:2]


async def _ask(question: QueryMessage, server: str, port: int) -> bytes:
    from dns.exception import DNSException  # noqa: PLC0415
    from dns.flags import TC  # noqa: PLC0415
    from dns.message import from_wire  # noqa: PLC0415

    loop = asyncio.get_running_loop()
    transport, mailbox = await loop.create_datagram_endpoint(_Mailbox, remote_addr=(server, port))
    try:
        transport.sendto(question.to_wire())
        for _ in range(_MAX_STRAY):
            wire = await mailbox.take()
            try:
                answer: Message = from_wire(wire, ignore_trailing=True, raise_on_truncation=False)
            except DNSException:
                continue
            if question.is_response(answer):
                break
        else:
            raise OSError("only answers to other questions came")
    finally:
        transport.close()
    return b"\0\0" + (await _over_tcp(question, server, port) if answer.flags & TC else wire)[2:]


async def _over_tcp(question: QueryMessage, server: str, port: int) -> bytes:
    """Return the answer over TCP (RFC 7766), where a length of two bytes stands before each message."""
    from dns.message import from_wire  # noqa: PLC0415

    reader, writer = await asyncio.open_connection(server, port)
    try:
        sent = question.to_wire()
        writer.write(len(sent).to_bytes(2, "big") + sent)
        wire = await reader.readexactly(int.from_bytes(await reader.readexactly(2), "big"))
    finally:
        writer.close()
    if not question.is_response(from_wire(wire)):
        raise OSError("it answered another question")
    return wire


class _Mailbox(asyncio.DatagramProtocol):
    """Keeps what comes on a connected socket, where a refusal is told as well."""

    def __init__(self) -> None:
        self._come: asyncio.Queue[bytes | OSError] = asyncio.Queue(_MAX_STRAY)

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._put(data)

    def error_received(self, exc: Exception) -> None:
        self._put(exc if isinstance(exc, OSError) else OSError(str(exc)))

    async def take(self) -> bytes:
        """Return the next packet; raises OSError where the other side refuses."""
        came = await self._come.get()
        if isinstance(came, OSError):
            raise came
        return came

    def _put(self, came: bytes | OSError) -> None:
        if not self._come.full():
            self._come.put_nowait(came)
