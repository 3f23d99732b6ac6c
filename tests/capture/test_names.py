"""Names from a DNS server on loopback: whole, absent, long, lying and silent answers."""

from __future__ import annotations

import dns.flags
import dns.message
import dns.rcode
import pytest

from pharmcheck.model import Names
from tests.capture.world import (
    ZONE,
    World,
    answers_of,
    look,
    why,
)


def test_dns() -> None:
    """Addresses, name servers, mail hosts in their order, SPF, DMARC and CAA are read."""
    dns_ = look(World()).dns
    assert isinstance(dns_, Names)
    assert dns_.addresses == ("192.0.2.7", "2001:db8::7")
    assert dns_.name_servers == ("ns1.host.example", "ns2.host.example")
    assert dns_.mail == ("mx1.host.example", "mx2.host.example")
    assert (dns_.spf, dns_.dmarc, dns_.caa) == ("v=spf1 -all", "v=DMARC1; p=none", ("issue ca.example",))
    assert set(dns_.answered) == {"A", "AAAA", "NS", "MX", "TXT", "CAA", "DMARC"}


def test_absent_and_unanswered_names() -> None:
    """What does not exist is an absence; what the name server fails to tell is none."""
    told = answers_of({})

    def names(question: dns.message.Message, way: str) -> bytes:
        if question.question[0].rdtype != dns.rdatatype.MX:
            return told(question, way) or b""
        response = dns.message.make_response(question)
        response.set_rcode(dns.rcode.SERVFAIL)
        return response.to_wire()

    found = look(World(names=names)).dns
    assert isinstance(found, Names)
    assert (found.mail, found.name_servers) == ((), ())
    assert "MX" not in found.answered
    assert "NS" in found.answered


def test_long_answers_come_over_tcp() -> None:
    """An answer that does not fit into a packet is asked for again over TCP."""
    told = answers_of(ZONE)

    def names(question: dns.message.Message, way: str) -> bytes:
        response = dns.message.from_wire(told(question, way) or b"")
        if way == "udp":
            response.answer.clear()
            response.flags |= dns.flags.TC
        return response.to_wire()

    world = World(names=names)
    found = look(world).dns
    assert isinstance(found, Names)
    assert found.mail == ("mx1.host.example", "mx2.host.example")
    assert "dns shop.example MX tcp" in world.asked


@pytest.mark.parametrize("lie", ["other-question", "other-id", "garbage"])
def test_lying_name_server(lie: str) -> None:
    """An answer to another question, with another id, or of garbage is passed over: a gap."""

    def names(question: dns.message.Message, way: str) -> bytes:
        if lie == "garbage":
            return b"\x00\x01garbage"
        asked = dns.message.make_query("bank.example", "A")
        asked.id = question.id if lie == "other-question" else (question.id + 1) % 65536
        return answers_of({("bank.example", "A"): ["192.0.2.66"]})(asked, way) or b""

    gap = why(look(World(names=names), timeout_s=1).dns)
    assert gap.startswith("DNS: ")
    assert "answer" in gap


def test_silent_name_server() -> None:
    """A name server that says nothing costs its own time."""
    assert "DNS: " in why(look(World(names=lambda question, way: None), timeout_s=1).dns)
