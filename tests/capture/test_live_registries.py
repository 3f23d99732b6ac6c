"""Registers that are asked themselves: found, not found, changed, refusing, slow; recorded, and the same from the record."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import trustme

from pharmcheck.capture import capture, replay
from pharmcheck.enquiries import LOOK_UPS, Question
from pharmcheck.model import Answer, Report, Site
from pharmcheck.pipeline import judge
from pharmcheck.target import parse_target
from tests.capture.shop import Route, Shop, answer, redirect, silence
from tests.register_answers import (
    GPHC_NONE,
    NPI,
    NPPES_NONE,
    PREMISES,
    PSI_NUMBER,
    gphc,
    legitscript,
    nabp,
    nppes,
    psi,
)

BY_ID = {look_up.registry: look_up for look_up in LOOK_UPS}
HOSTS = [host for look_up in LOOK_UPS for host in look_up.hosts]
HOME = (
    "<title>Invented pharmacy</title><h1>Invented online pharmacy</h1><p>We are a pharmacy with more than enough words "
    f"to count as a page.</p><p>NPI {NPI}</p><p>GPhC premises number {PREMISES}</p><p>PSI registration number {PSI_NUMBER}</p>"
)
JSON = {"content_type": "application/json"}


def route(registry: str, about: str) -> str:
    """Return host, path and query under which the register is asked."""
    return Question(BY_ID[registry], about).url.removeprefix("https://")


NPPES, GPHC = route("us-nppes", NPI), route("gb-gphc", PREMISES)
PSI = route("ie-psi-register", PSI_NUMBER)
NABP, LEGITSCRIPT = route("us-nabp-accredited", "shop.example"), route("us-legitscript", "shop.example")
GOOD: dict[str, Route] = {
    "shop.example/": HOME,
    NPPES: answer(nppes(), **JSON),
    GPHC: gphc(),
    PSI: psi("9900", PSI_NUMBER),
    NABP: answer(nabp("unknown"), **JSON),
    LEGITSCRIPT: legitscript("Unverified"),
}


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def tls(authority: trustme.CA, tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    """A server certificate for the shop and all registers, and the file that makes a client trust it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("shop.example", "evil.example", *HOSTS).configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return context, tmp_path / "ca.pem"


Tls = tuple[ssl.SSLContext, Path]


def read(tls: Tls, changed: Mapping[str, Route] | None = None, **options: Any) -> tuple[Site, list[str]]:
    """Capture the shop while the registers answer as in GOOD, but for `changed`; return also the paths asked for."""
    limits = {"live_registries": True, "register_pause_s": 0, "ca_file": tls[1], **options}

    async def run() -> tuple[Site, list[str]]:
        async with Shop({**GOOD, **(changed or {})}, tls[0]) as shop:
            return await capture(parse_target("https://shop.example"), shop.options(**limits)), shop.asked

    return asyncio.run(run())


def judged(tls: Tls, changed: Mapping[str, Route] | None = None, **options: Any) -> Report:
    return judge(read(tls, changed, **options)[0])


def outcomes(report: Report) -> dict[str, str]:
    return {enquiry.registry: enquiry.outcome for enquiry in report.enquiries}


def why(report: Report, registry: str) -> str:
    return next((gap.why for gap in report.gaps if gap.artifact == f"register {registry}"), "")


def fired(report: Report) -> set[str]:
    return {finding.signal for finding in report.findings if finding.answer is Answer.PRESENT}


def test_nobody_is_asked_unasked(tls: Tls) -> None:
    """Without the option no register hears of the site."""
    site, asked = read(tls, live_registries=False)
    assert site.registers == ()
    assert {path for path in asked if path not in ("/", "/robots.txt")} == set()


def test_each_register_is_asked_once(tls: Tls) -> None:
    """The domain is asked for, and each printed number; the answers stand in the report with their words."""
    site, asked = read(tls)
    report = judge(site)
    assert outcomes(report) == {
        "us-nabp-accredited": "none",
        "us-legitscript": "none",
        "us-nppes": "entry",
        "gb-gphc": "entry",
        "ie-psi-register": "entry",
    }
    wanted = ["/" + place.partition("/")[2] for place in GOOD]
    assert [asked.count(path) for path in wanted] == [1] * len(wanted)
    quoted = {e.registry: e.quote for e in report.enquiries}["us-nppes"]
    assert quoted.text == '"organization_name": "SAMPLE MAIL PHARMACY LLC"'
    assert quoted.offset == nppes().encode().find(quoted.text.encode())
    assert quoted.url == "https://" + NPPES


def test_a_number_alone_earns_no_trust(tls: Tls) -> None:
    """Anybody can print the number of a real pharmacy: entries that name no site do not speak for this one."""
    assert not fired(judged(tls)) & {"listed-by-register", "seal-confirmed"}
    assert judged(tls).listings == ()


@pytest.mark.parametrize(
    ("place", "body"),
    [(NABP, answer(nabp("accredited"), **JSON)), (LEGITSCRIPT, legitscript("Certified"))],
)
def test_the_entry_for_this_very_domain_does(tls: Tls, place: str, body: Route) -> None:
    """What only the register can write, about this domain, lowers the risk."""
    report = judged(tls, {place: body})
    assert "listed-by-register" in fired(report)
    assert [x.domain for x in report.listings] == ["shop.example"]
    assert report.risk < judged(tls).risk


def test_a_warning_of_a_body_that_is_no_authority_is_a_doubt(tls: Tls) -> None:
    """ "Not recommended" weighs, and neither decides the verdict nor says what is lawful for a buyer."""
    site, _ = read(tls, {NABP: answer(nabp("not recommended"), **JSON)})
    report, without = judge(site, ["US"]), judge(read(tls)[0], ["US"])
    assert "on-official-warning-list" in fired(report)
    assert report.risk >= without.risk
    assert report.verdict != "rogue"
    assert report.buyers == without.buyers


def test_a_number_that_the_register_denies_is_a_red_flag(tls: Tls) -> None:
    """NPPES knows all numbers that it gave out; the quotes are the site's number and the register's answer."""
    (finding,) = [
        f
        for f in judged(tls, {NPPES: answer(NPPES_NONE, **JSON)}).findings
        if f.signal == "licence-number-unknown-to-register"
    ]
    assert finding.answer is Answer.PRESENT
    assert [quote.url for quote in finding.quotes] == ["https://shop.example/", f"https://{NPPES}"]
    assert "us-nppes" in finding.quotes[0].note


def test_a_register_that_may_not_know_all_numbers_accuses_nobody(tls: Tls) -> None:
    """Of GPhC and PSI "none" is told, and weighs nothing."""
    report = judged(tls, {GPHC: GPHC_NONE, PSI: psi("9900")})
    assert (outcomes(report)["gb-gphc"], outcomes(report)["ie-psi-register"]) == ("none", "none")
    assert "licence-number-unknown-to-register" not in fired(report)


def test_a_number_of_another_site_is_told(tls: Tls) -> None:
    """An entry that names another web site says whose number it is."""
    report = judged(tls, {GPHC: gphc(site="real.example")})
    assert "licence-belongs-to-another-domain" in fired(report)
    assert "licence-belongs-to-another-domain" not in fired(judged(tls, {GPHC: gphc(site="shop.example")}))


ALL = {
    "us-nppes": NPPES,
    "gb-gphc": GPHC,
    "ie-psi-register": PSI,
    "us-nabp-accredited": NABP,
    "us-legitscript": LEGITSCRIPT,
}
CHANGED = "<!DOCTYPE html><title>New register</title><div id=root></div><script>draw()</script>"
TROUBLE: list[tuple[Route, str]] = [
    (CHANGED, "its page may have changed"),
    (answer("<p>slow down", "429 Too Many Requests", Retry_After="60"), "answered HTTP 429 (too many requests)"),
    (answer("<p>no", "404 Not Found"), "answered HTTP 404 (not found)"),
    (answer("<p>no", "503 Service Unavailable"), "answered HTTP 503"),
    (answer(b"%PDF-1.7"), "is not a text"),
    (redirect("https://evil.example/"), "evil.example"),
]


@pytest.mark.parametrize(("trouble", "said"), TROUBLE, ids=[said for _, said in TROUBLE])
def test_trouble_is_a_gap_and_never_not_found(tls: Tls, trouble: Route, said: str) -> None:
    """A changed page, an error, a refusal or a redirect elsewhere says nothing about the site, whichever register it is."""
    report = judged(tls, {**dict.fromkeys(ALL.values(), trouble), "evil.example/": legitscript("Certified")})
    assert outcomes(report) == {}
    for registry in ALL:
        assert said in why(report, registry)
    assert not fired(report) & {"licence-number-unknown-to-register", "listed-by-register"}


def test_silence_is_a_gap(tls: Tls) -> None:
    """A register that never answers costs its own time only; the others are asked all the same."""
    report = judged(tls, {NPPES: silence}, timeout_s=2)
    assert "no answer from npiregistry.cms.hhs.gov in 2 s" in why(report, "us-nppes")
    assert set(outcomes(report)) == set(ALL) - {"us-nppes"}


def test_half_an_answer_is_none(tls: Tls) -> None:
    """A connection that breaks off in the middle of an entry leaves a gap, though its first half could be read."""

    async def half(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999\r\n\r\n" + gphc().encode())

    report = judged(tls, {GPHC: half})
    assert "is not whole" in why(report, "gb-gphc")
    assert "gb-gphc" not in outcomes(report)


def test_robots_are_obeyed(tls: Tls) -> None:
    """A register that asks programs not to read its search is not read."""
    forbidden = answer("User-agent: *\nDisallow: /search-register/\n", content_type="text/plain")
    site, asked = read(tls, {"registrations.thepsi.ie/robots.txt": forbidden})
    assert "robots.txt of registrations.thepsi.ie asks programs not to read" in why(judge(site), "ie-psi-register")
    assert not any(path.startswith("/search-register") for path in asked)


def test_a_register_that_refuses_is_not_asked_again(tls: Tls) -> None:
    """After "too many requests" the other numbers of that register are gaps, and no request is made for them."""
    other = "1999999984"
    home = HOME + f"<p>NPI {other}</p>"
    stop = answer("", "429 Too Many Requests")
    site, asked = read(
        tls, {"shop.example/": home, NPPES: stop, route("us-nppes", other): answer(nppes(other), **JSON)}
    )
    gaps = [gap.why for gap in site.gaps if gap.artifact == "register us-nppes"]
    assert len(gaps) == 2
    assert "not asked, because npiregistry.cms.hhs.gov answered HTTP 429" in gaps[1]
    assert sum("version=2.1" in path for path in asked) == 1


def test_the_record_gives_the_same_answers(tls: Tls, tmp_path: Path) -> None:
    """Answers and refusals are in the WARC, and a replay comes to the same report, byte for byte."""
    path = tmp_path / "site.warc.gz"
    site, _ = read(tls, {GPHC: answer("", "429 Too Many Requests"), PSI: redirect("/search-register/new")}, record=path)
    again = replay(path)
    assert [(p.url, p.hops, p.digest) for p in again.registers] == [(p.url, p.hops, p.digest) for p in site.registers]
    assert len(again.registers) == 3
    as_text = [json.dumps(judge(s).as_dict(), ensure_ascii=False) for s in (site, again)]
    assert as_text[0] == as_text[1]


def test_answers_are_no_pages_of_the_site(tls: Tls) -> None:
    """Words of a register are not taken for the site's own."""
    site, _ = read(tls)
    assert {page.role for page in site.pages} == {"home"}
    assert {page.role for page in site.registers} == {"register"}
