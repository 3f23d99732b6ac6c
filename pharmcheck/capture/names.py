"""DNS answers → Names: addresses of the host; name servers, mail hosts and policies of its domain."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.wire import Ask
from pharmcheck.model import Gap, Names, Quote

if TYPE_CHECKING:
    from dns.message import Message

_MOST = 20  # answers to one question that are kept
_NO_SUCH_NAME = 3


def questions(host: str, domain: str) -> dict[str, str]:
    """Return what is asked, by its name: the address of each question."""
    asked = {"A": host, "AAAA": host, "NS": domain, "MX": domain, "TXT": domain, "CAA": domain}
    return {
        **{kind: f"dns:{name}?type={kind}" for kind, name in asked.items()},
        "DMARC": f"dns:_dmarc.{domain}?type=TXT",
    }


async def ask_names(host: str, domain: str, ask: Ask) -> tuple[Names | Gap, tuple[Exchange, ...]]:
    """Return the names, a Gap where no question was answered, and the answers as they came."""
    asked = questions(host, domain)
    came = tuple(await asyncio.gather(*(ask(url) for url in asked.values())))
    return await asyncio.to_thread(_read, host, domain, dict(zip(asked, came, strict=True))), came


def _read(host: str, domain: str, came: dict[str, Exchange]) -> Names | Gap:
    answers: dict[str, list[str]] = {}
    quotes: list[tuple[str, Quote]] = []
    why = ""
    for kind, exchange in came.items():
        message = _message(exchange)
        if isinstance(message, str):
            why = why or message
            continue
        values, lines = _values(message, "TXT" if kind == "DMARC" else kind)
        answers[kind] = values
        digest = hashlib.sha256(exchange.body).hexdigest()
        note = f"{kind}: {'; '.join(lines)[:300]}" if lines else f"{kind}: none"
        quotes.append((kind, Quote(exchange.url, "", note, digest)))  # the answer is no text: its words are ours
    if not answers:
        return Gap("dns", f"DNS: {why}")
    policies = answers.get("TXT", [])
    return Names(
        host=host,
        domain=domain,
        addresses=tuple(sorted((*answers.get("A", ()), *answers.get("AAAA", ())))),
        name_servers=tuple(sorted(answers.get("NS", ()))),
        mail=tuple(answers.get("MX", ())),
        spf=next((t for t in policies if t.lower().startswith("v=spf1")), "")[:500],
        dmarc=next((t for t in answers.get("DMARC", ()) if t.lower().startswith("v=dmarc1")), "")[:500],
        caa=tuple(sorted(answers.get("CAA", ()))),
        answered=tuple(answers),
        quotes=tuple(quotes),
    )


def _message(exchange: Exchange) -> Message | str:
    """Return the answer, or why there is none that tells anything."""
    from dns.exception import DNSException  # noqa: PLC0415 - on use: it takes 0.1 s
    from dns.message import from_wire  # noqa: PLC0415
    from dns.rcode import to_text  # noqa: PLC0415

    if exchange.error:
        return exchange.error
    try:
        message = from_wire(exchange.body)
    except DNSException as error:
        return f"{exchange.url} got an answer that cannot be read: {error}"
    if message.rcode() not in (0, _NO_SUCH_NAME):
        return f"{exchange.url} got no answer: {to_text(message.rcode())}"
    return message


def _values(message: Message, kind: str) -> tuple[list[str], list[str]]:
    """Return the values of the answer's records of that kind, the preferred mail host first, and the records as text."""
    from dns.rdatatype import from_text  # noqa: PLC0415

    found = [(s, r) for s in message.answer if s.rdtype == from_text(kind) for r in s][:_MOST]
    if kind == "MX":
        found.sort(key=lambda pair: (pair[1].preference, pair[1].to_text()))
    lines = [f"{s.name} {kind} {r.to_text()}" for s, r in found]
    if kind == "TXT":
        return [b"".join(r.strings).decode("utf-8", "replace") for _, r in found], lines
    if kind == "CAA":
        return [f"{r.tag.decode('ascii', 'replace')} {r.value.decode('ascii', 'replace')}" for _, r in found], lines
    of_host = {"MX": "exchange", "NS": "target"}.get(kind)
    written = [getattr(r, of_host).to_text() if of_host else r.to_text() for _, r in found]
    return [name if name == "." else name.rstrip(".").lower() for name in written], lines
