"""Generated inputs, whatever their structure, end with a result: no crash, at most 2 s of CPU, at most 300 MB.

The short form takes few examples, always the same; `make gauntlet` takes many, of a new seed, and measures memory too.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import dns.message
import dns.rdatatype
import dns.rrset
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import register_answers
from tests.capture.world import ZONE
from tests.hostile import strategies as made
from tests.hostile.doors import DOORS
from tests.hostile.limits import in_memory, in_time

LONG = settings.get_current_profile_name() == "gauntlet"


def examples(number: int) -> Callable[[Any], Any]:
    """Return the settings of a property: so many examples, the same each time; the profile decides in the long form."""
    if LONG:
        return lambda test: test
    checks = settings.get_profile("gauntlet").suppress_health_check
    return settings(max_examples=number, deadline=None, derandomize=True, database=None, suppress_health_check=checks)


def send(door: str, data: bytes) -> None:
    """Send an input through a door, within the limits."""
    with (
        in_time(8 if LONG else 2),
        in_memory() if LONG else nullcontext(),
    ):  # to measure memory takes four times as long
        DOORS[door](data)


@pytest.fixture(autouse=True, scope="module")
def warm() -> None:
    """Read what is read once in a process, so that no example pays for it."""
    DOORS["judged"](b"<p>Viagra")
    DOORS["answered"](b"<p>1234567893")
    for door in ("links", "whois", "dns", "lists", "certificate"):
        DOORS[door](b"https://shop.example/")
    DOORS["lists"](b"%PDF-1.4")


@examples(80)
@given(made.encoded(st.lists(made.text, max_size=6).map("".join)))
def test_what_people_paste(data: bytes) -> None:
    """Any text is a target or is refused with a reason."""
    send("target", data)


@examples(60)
@given(made.pages)
def test_a_page_is_read(data: bytes) -> None:
    """Elements in any order, with any attributes, JSON-LD of any value, items, in any charset: all give a page."""
    send("page", data)


@examples(25)
@given(made.pages)
def test_a_page_is_judged(data: bytes) -> None:
    """The same, judged and reported in every form."""
    send("judged", data)


@examples(25)
@given(st.lists(st.one_of(made.phrases, made.naughty), max_size=12).map(" ".join))
def test_phrases_in_any_order(text: str) -> None:
    """Phrases, denials, quotation marks, amounts and names run together in any order are read."""
    send("judged", f"<p>{text}</p>".encode("utf-8", "surrogatepass"))


ANSWERS = (
    register_answers.nppes(),
    register_answers.gphc(),
    register_answers.psi("9901"),
    register_answers.nabp("accredited"),
    register_answers.legitscript("Certified"),
)


@examples(12)
@given(
    st.one_of(
        made.damaged(st.sampled_from([a.encode() for a in ANSWERS])),
        made.changed(json.loads(ANSWERS[0])).map(lambda v: json.dumps(v).encode()),
        made.pages,
    )
)
def test_answers_of_registers(data: bytes) -> None:
    """A register's answer with any wound is an entry, none, or a gap."""
    send("answered", data)


@examples(50)
@given(made.mails)
def test_mails(data: bytes) -> None:
    """Headers and parts in any order, boundaries and charsets that lie: each letter is read or told."""
    send("mail", data)


@examples(60)
@given(made.warcs)
def test_recordings(data: bytes) -> None:
    """Records with wounds and lengths that lie cost what is damaged."""
    send("warc", data)


@examples(60)
@given(made.hars)
def test_sessions(data: bytes) -> None:
    """HAR files with anything in any place are read or told."""
    send("har", data)


@examples(40)
@given(made.tables)
def test_tables(data: bytes) -> None:
    """CSV of any separator, with cells of any text, is read or told."""
    send("table", data)


@examples(40)
@given(made.json_values)
def test_json(data: bytes) -> None:
    """JSON of any value, and JSON lines, are read or told."""
    send("json_lines", data)


@examples(40)
@given(made.inputs)
def test_any_input(data: bytes) -> None:
    """A file of any kind under a name that says nothing is read or told."""
    send("links", data)


@examples(60)
@given(made.lists)
def test_lists_of_registers(data: bytes) -> None:
    """CSV, JSON, XML, XLSX, PDF and HTML with wounds, given to each reader, are understood or stop us."""
    send("lists", data)


@examples(80)
@given(made.rdap_answers)
def test_rdap(data: bytes) -> None:
    """RDAP with anything in any place is read or refused."""
    send("rdap", data)


@examples(40)
@given(made.whois_answers)
def test_whois(data: bytes) -> None:
    """WHOIS with any text in any field is read or refused."""
    send("whois", data)


def _dns_answers() -> list[bytes]:
    answers = []
    for (name, kind), values in ZONE.items():
        message = dns.message.make_response(dns.message.make_query(name, kind))
        message.answer.append(dns.rrset.from_text(name + ".", 300, "IN", kind, *values))
        answers.append(message.to_wire())
    return answers


@examples(60)
@given(st.one_of(made.damaged(st.sampled_from(_dns_answers())), st.binary(max_size=80)))
def test_dns(data: bytes) -> None:
    """Answers of name servers with wounds are read or told."""
    send("dns", data)


@examples(30)
@given(made.certificates)
def test_certificates(data: bytes) -> None:
    """A certificate in a recording may be anything: it is read or told."""
    send("certificate", data)


@examples(25)
@given(made.saved_reports)
def test_saved_reports(data: bytes) -> None:
    """A report with anything in any place is read, and every format made of it, or refused."""
    send("saved", data)
