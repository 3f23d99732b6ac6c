"""Name and host in reports: what was looked up, in a line each, with its gaps; nothing in it acts or can be clicked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pharmcheck.model import Certificate, Gap, Hosting, Names, Quote, Registration, Report
from pharmcheck.report import name_and_host, render
from pharmcheck.report.saved import read_report
from pharmcheck.report.text import SCREEN
from tests.report.reports import CAPTURED, report

NONE = Quote("", "")
REGISTERED = Registration(
    "pills.example",
    "rdap",
    created=CAPTURED - timedelta(days=61),
    expires=datetime(2027, 9, 21, tzinfo=UTC),
    registrar="Sample Registrar Ltd",
    organisation="Sample Trading Ltd",
    country="CY",
)
SERVED = Names(
    "pills.example",
    "pills.example",
    name_servers=("ns1.host.example", "ns2.host.example", "ns3.host.example", "ns4.host.example"),
    mail=("mx.host.example",),
    answered=("A", "NS", "MX"),
)
CERTIFIED = Certificate(
    "pills.example",
    "Sample CA",
    ("pills.example", "www.pills.example", "*.other.example"),
    datetime(2026, 10, 1, tzinfo=UTC),
    datetime(2026, 12, 30, tzinfo=UTC),
    NONE,
)
HOSTED = (
    Hosting("192.0.2.7", 64500, "Sample Hosting", "HK", ("Sample-Lite of 2026-11-01",), NONE),
    Hosting("192.0.2.8", 64500, "Sample Hosting", "HK", ("Sample-Lite of 2026-11-01",), NONE),
)


def looked_up(**changes: Any) -> Report:
    """Return a full report with everything looked up, and `changes`."""
    found = {"registration": REGISTERED, "dns": SERVED, "tls": CERTIFIED, "hosting": HOSTED}
    return report(**{**found, **changes})


def said(**changes: Any) -> list[str]:
    """Return the sentences of such a report."""
    return name_and_host.told(looked_up(**changes))


def test_a_line_each() -> None:
    """Registration with its age, name servers and mail, certificate with its domains, network and country with the table."""
    assert said() == [
        "pills[.]example was registered on 21 Sep 2026, 61 days before, until 21 Sep 2027, by Sample Registrar Ltd; "
        "registrant: Sample Trading Ltd, CY.",
        "Name servers: ns1[.]host[.]example, ns2[.]host[.]example, ns3[.]host[.]example and 1 more; mail: mx[.]host[.]example.",
        "Certificate of Sample CA, 1 Oct 2026 to 30 Dec 2026, for other[.]example, pills[.]example.",
        "Hosted by AS64500 Sample Hosting in HK (Sample-Lite of 2026-11-01).",
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"privacy_service": "Sample Privacy ehf", "organisation": ""}, "registrant hidden by Sample Privacy ehf."),
        ({"organisation": "", "country": "", "redacted": True}, "registrant withheld by the registry."),
        ({"organisation": "", "country": ""}, "registrant not published."),
        ({"organisation": ""}, "registrant: CY."),
        ({"created": None}, "was registered on a day that is not published, until"),
        ({"created": CAPTURED - timedelta(days=1)}, ", 1 day before, until"),
        ({"created": CAPTURED - timedelta(days=4000), "expires": None}, "10 years before, by"),
        ({"registrar": ""}, "until 21 Sep 2027; registrant"),
    ],
)
def test_what_a_registry_does_not_publish(fields: dict[str, Any], words: str) -> None:
    """Hidden, withheld and unpublished are three things."""
    assert words in said(registration=replace(REGISTERED, **fields))[0]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"mail": ()}, "; mail: no host named."),
        ({"mail": (".",)}, "; mail: takes none."),
        ({"answered": ("A", "NS")}, "and 1 more."),
        ({"answered": ("A", "MX")}, "mail: mx[.]host[.]example."),
        ({"answered": ("A",)}, "Name servers and mail hosts not told."),
        ({"name_servers": ()}, "Name servers: none; mail"),
    ],
)
def test_what_the_dns_did_not_tell(fields: dict[str, Any], words: str) -> None:
    """Only what was answered is told, and an absence only of that."""
    assert words in said(dns=replace(SERVED, **fields))[1]


def test_a_certificate_that_browsers_refuse() -> None:
    """With the verifier's words; an organisation that the issuer vouches for; no name at all."""
    refused = replace(CERTIFIED, error="self-signed certificate", names=(), issuer="", organisation="Sample Ltd")
    assert said(tls=refused)[2] == (
        "Certificate of an unnamed issuer to Sample Ltd, 1 Oct 2026 to 30 Dec 2026, for no name; "
        "browsers refuse it: self-signed certificate."
    )


def test_gaps_are_named_here_and_not_twice() -> None:
    """What could not be looked up is told in its place; the other gaps stand where they stood."""
    gap = Gap("registration", "registration of pills.example: whois.registry.example does not answer now")
    page = Gap("terms", "no terms page was found")
    found = looked_up(
        registration=gap, hosting=Gap("hosting", "x"), gaps=(page, gap, Gap("hosting", "hosting: no table"))
    )
    assert name_and_host.told(found)[0] == (
        "registration of pills[.]example: whois.registry.example does not answer now"
    )
    assert name_and_host.told(found)[-1] == "hosting: no table"
    assert name_and_host.other_gaps(found) == (page,)
    for form in ("text", "html", "markdown"):
        told = render(found, form, explain=True)
        assert told.count("does not answer now") == 1
        assert told.count("no terms page") == 1


def test_nothing_where_nobody_looked() -> None:
    """A check of a saved page has no such section."""
    assert name_and_host.told(report()) == []
    assert not any(name_and_host.TITLE in render(report(), form) for form in ("text", "html", "markdown"))


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_every_form_has_the_section(form: str) -> None:
    """Under its title; read from JSON it is the same."""
    told = " ".join(render(looked_up(), form, explain=True).split())
    assert name_and_host.TITLE in told
    assert all(word in told for word in ("Sample Registrar Ltd", "Sample CA", "AS64500 Sample Hosting in HK"))
    assert name_and_host.told(read_report(looked_up().as_dict())) == said()


def test_one_screen() -> None:
    """The fullest report still fits, and counts the gaps of the section that it has no room for; one with room shows it all."""
    assert len(render(looked_up(), "text").splitlines()) <= SCREEN
    gaps = (*report().gaps, Gap("hosting", "hosting: no table"))
    assert "and 3 more: see --explain" in render(looked_up(hosting=gaps[-1], gaps=gaps), "text")
    short = render(looked_up(reasons=(), listings=(), promoted=(), enquiries=(), gaps=()), "text")
    short = " ".join(short.split())
    assert all(word in short for word in ("Sample Registrar Ltd", "Name servers", "Sample CA", "AS64500"))


HOSTILE = "\x1b[31mEvil\x1b[0m \u202e https://evil.example/ <b>&\x07 [x](javascript:1) @all"


def hostile() -> Report:
    """Return a report in which all that strangers chose is hostile."""
    return looked_up(
        registration=replace(REGISTERED, registrar=HOSTILE, organisation=HOSTILE),
        dns=replace(SERVED, name_servers=(f"{HOSTILE}.example",), mail=(HOSTILE,)),
        tls=replace(CERTIFIED, issuer=HOSTILE, organisation=HOSTILE, error=HOSTILE, names=(HOSTILE,)),
        hosting=(replace(HOSTED[0], name=HOSTILE, tables=(HOSTILE,)),),
    )


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_what_strangers_wrote_does_nothing(form: str) -> None:
    """No escape sequence, no bidi control, no link, no markup, whatever a registrar or an issuer is called."""
    told = render(hostile(), form, explain=True)
    assert "Evil" in told
    assert not any(char in told for char in "\x1b\x07\u202e")
    assert "https://evil.example" not in told
    if form == "html":
        assert "<b>&" not in told
    if form == "markdown":
        assert "[x](" not in told
        assert "@all" not in told
