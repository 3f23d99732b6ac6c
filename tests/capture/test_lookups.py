"""Look-ups beside the crawl, in a world on loopback: right, slow, wrong, lying and closing servers."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import pytest
import trustme

from pharmcheck.capture import CaptureOptions, offline, replay
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.lookups import is_asked
from pharmcheck.capture.rdap import UnusableError
from pharmcheck.capture.whois_text import read_whois
from pharmcheck.model import Certificate, Gap, Names, Registration, Site
from pharmcheck.pipeline import check_offline, judge
from pharmcheck.target import parse_target
from tests.capture.shop import NOW, Route, Script, answer, redirect, silence
from tests.capture.world import RDAP, SERVERS, TEXT, WHOIS, ZONE, World, answers_of, forbid, look, rdap, rdap_answer

ASKED = f"{RDAP}/v1/domain/shop.example"
CREATED = datetime(2026, 9, 1, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The suite fails if anything here tries to leave this machine."""
    tried = forbid(monkeypatch, lambda address: isinstance(address, tuple) and address[0] == "127.0.0.1")
    yield
    assert not tried


def registration(site: Site) -> Registration:
    assert isinstance(site.registration, Registration), site.registration
    return site.registration


def why(found: object) -> str:
    assert isinstance(found, Gap), found
    return found.why


def test_rdap() -> None:
    """A registry's RDAP answer gives dates, registrar, organisation, country, statuses and name servers; no person."""
    world = World({ASKED: rdap_answer()}, whois={WHOIS: TEXT})
    found = registration(look(world))
    assert (found.source, found.created, found.expires) == ("rdap", CREATED, datetime(2027, 9, 1, 10, tzinfo=UTC))
    assert found.updated == datetime(2026, 9, 2, 10, tzinfo=UTC)
    assert (found.registrar, found.organisation, found.country) == ("Sample Registrar Ltd", "Sample Trading Ltd", "CY")
    assert found.statuses == ("active", "client transfer prohibited")
    assert found.name_servers == ("ns1.host.example", "ns2.host.example")
    assert (found.abuse_email, found.abuse_phone) == ("abuse@registrar.example", "+442079460018")
    assert found.quote("abuse_email").text == "Abuse@registrar.example"
    assert "Person" not in repr(found)
    assert not any(line.startswith("whois") for line in world.asked)


def test_quotes_stand_in_the_answer() -> None:
    """Each fact of the registration is a quote with its place in the recorded answer."""
    body = json.dumps(rdap()).encode()
    quote = registration(look(World({ASKED: rdap_answer()}))).quote("created")
    assert quote.offset is not None
    assert body[quote.offset :].startswith(quote.text.encode())
    assert (quote.text, quote.url) == ("2026-09-01T10:00:00Z", f"https://{ASKED}")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "abuse@",
        "a@b.example, c@d.example",
        "<a@b.example>",
        "a@b.example\nBcc: c@d.example",
        "x" * 300 + "@b.example",
        7,
        ["a@b.example"] * 2,
    ],
)
def test_what_is_no_address_for_complaints_is_none(written: object) -> None:
    """Only one address of the usual shape is taken; a list's first is one."""
    registrar = {
        "roles": ["registrar"],
        "entities": [{"roles": ["abuse"], "vcardArray": ["vcard", [["email", {}, "text", written]]]}],
    }
    found = registration(look(World({ASKED: rdap_answer(entities=[registrar])})))
    assert found.abuse_email == ("a@b.example" if isinstance(written, list) else "")


def test_contacts_of_others_are_not_the_registrars() -> None:
    """What stands below the registrant, or has another role, takes no complaints."""
    card = ["vcard", [["email", {}, "text", "a@b.example"]]]
    entities = [
        {"roles": ["registrant"], "entities": [{"roles": ["abuse"], "vcardArray": card}]},
        {"roles": ["registrar"], "entities": [{"roles": ["technical"], "vcardArray": card}]},
    ]
    assert registration(look(World({ASKED: rdap_answer(entities=entities)}))).abuse_email == ""


def test_thin_registry() -> None:
    """A registry without registrant is followed once to its registrar; the dates stay the registry's."""
    further = "rdap.registrar.example/domain/shop.example"
    links = [{"rel": "related", "type": "application/rdap+json", "href": f"https://{further}"}]
    thin = rdap_answer(links=links, entities=rdap()["entities"][:1])
    lies = [{"eventAction": "registration", "eventDate": "1999-01-01T00:00:00Z"}]
    found = registration(look(World({ASKED: thin, further: rdap_answer(events=lies)})))
    assert (found.created, found.organisation) == (CREATED, "Sample Trading Ltd")
    assert found.quote("organisation").url == f"https://{further}"


def test_thin_registry_whose_registrar_is_silent() -> None:
    """What the registry told stands, though the registrar gives nothing."""
    links = [{"rel": "related", "type": "application/rdap+json", "href": "https://rdap.registrar.example/x"}]
    found = registration(look(World({ASKED: rdap_answer(links=links, entities=[])})))
    assert (found.created, found.organisation) == (CREATED, "")


@pytest.mark.parametrize(
    ("route", "sentence"),
    [
        (answer("busy", "429 Too Many Requests"), "answered HTTP 429"),
        (answer("gone", "503 Service Unavailable"), "answered HTTP 503"),
        (answer("<html>Welcome</html>"), "something that is not RDAP"),
        (answer("[" * 100_000), "something that is not RDAP"),
        (answer("{}"), "something that is not RDAP"),
        (rdap_answer(ldhName="OTHER.EXAMPLE"), "about something else than shop.example"),
        (answer("x" * 300_000), "is not whole"),
        (redirect("http://rdap.registry.example/plain"), "redirected to something that is not asked"),
        (redirect("/v1/domain/shop.example"), "answered HTTP 302"),
        (b"", "without an answer"),
    ],
)
def test_whois_where_rdap_gives_nothing(route: Route, sentence: str) -> None:
    """An RDAP server that is busy, wrong, lying or closing costs itself only: WHOIS is asked, or the gap says it all."""
    found = registration(look(World({ASKED: route}, whois={WHOIS: TEXT})))
    assert (found.source, found.created, found.country) == ("whois", CREATED, "CY")
    gap = why(look(World({ASKED: route}, whois={WHOIS: "Query rate limit exceeded, try again later.\n"})).registration)
    assert sentence in gap
    assert "whois.registry.example does not answer now: “Query rate limit exceeded" in gap


def test_no_such_domain() -> None:
    """A registry that holds no such domain is believed: WHOIS is not asked, and nothing is taken for a fact."""
    world = World({ASKED: rdap_answer("404 Not Found")}, whois={WHOIS: TEXT})
    assert "holds no shop.example (HTTP 404)" in why(look(world).registration)
    assert not any(line.startswith("whois") for line in world.asked)


def test_redirected_rdap() -> None:
    """A redirect to another RDAP server over https is followed."""
    world = World({ASKED: redirect("https://b.registry.example/d"), "b.registry.example/d": rdap_answer()})
    assert registration(look(world)).created == CREATED


@pytest.mark.parametrize(
    "changed",
    [
        {"events": [{"eventAction": "registration", "eventDate": "2031-01-01T00:00:00Z"}]},
        {"events": [{"eventAction": "registration", "eventDate": "0001-01-01T00:00:00+14:00"}]},
        {"events": [{"eventAction": "registration", "eventDate": ["2026"]}, "x", None]},
        {"events": "none", "entities": {"roles": 3}, "nameservers": [7], "status": None},
        {"events": [], "entities": [{"roles": ["registrant"], "vcardArray": ["vcard", [["adr", 1, 2], ["org"], 3]]}]},
    ],
)
def test_odd_answers(changed: dict[str, Any]) -> None:
    """Dates that cannot be and fields of the wrong shape are left out; the rest of the answer stands."""
    found = registration(look(World({ASKED: rdap_answer(**changed)})))
    assert (found.created, found.domain) == (None, "shop.example")


def test_redacted_is_no_privacy_service() -> None:
    """What a registry withholds by itself is marked as such, and is no service that hides."""
    redacted = [["fn", {}, "text", "REDACTED FOR PRIVACY"], ["org", {}, "text", "REDACTED FOR PRIVACY"]]
    entities = [{"roles": ["registrant"], "vcardArray": ["vcard", redacted]}]
    found = registration(look(World({ASKED: rdap_answer(entities=entities)})))
    assert (found.redacted, found.privacy_service, found.organisation) == (True, "", "")


def test_privacy_service() -> None:
    """A service in the registrant's place is named, and its country and name are not taken for the registrant's company."""
    card = [["org", {}, "text", "Sample Privacy Service ehf"]]
    entities = [{"roles": ["registrant"], "vcardArray": ["vcard", card]}]
    found = registration(look(World({ASKED: rdap_answer(entities=entities)})))
    assert (found.privacy_service, found.organisation) == ("Sample Privacy Service ehf", "")


def test_whois_without_rdap() -> None:
    """Where a suffix has no RDAP, its WHOIS server is asked, and the registrar's once for what it leaves out."""
    thin = "\n".join(line for line in TEXT.splitlines() if "Registrant" not in line)
    world = World(
        whois={WHOIS: f"{thin}\nRegistrar WHOIS Server: whois.registrar.example\n", "whois.registrar.example": TEXT}
    )
    found = registration(look(world, registration_servers=("", WHOIS)))
    assert (found.created, found.organisation, found.country) == (CREATED, "Sample Trading Ltd", "CY")
    assert (found.abuse_email, found.abuse_phone) == ("abuse@registrar.example", "+442079460018")
    assert [a for a in world.asked if a.startswith("whois")] == [
        "whois.registry.example shop.example",
        "whois.registrar.example shop.example",
    ]
    assert found.statuses == ("clientTransferProhibited",)


def test_iana_names_the_server() -> None:
    """The server of a suffix that our table does not know is asked of IANA's."""
    world = World(whois={"whois.iana.org": "domain: EXAMPLE\nwhois: whois.registry.example\n", WHOIS: TEXT})
    assert registration(look(world, registration_servers=("", ""))).created == CREATED
    lost = World(whois={"whois.iana.org": "domain: EXAMPLE\nstatus: ACTIVE\n"})
    assert "no server is known that tells of .example" in why(look(lost, registration_servers=("", "")).registration)


def test_bootstrap_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bootstrap file of IANA in the user's data directory goes before our table; another file is passed over."""
    monkeypatch.setenv("PHARMCHECK_DATA", str(tmp_path))
    services = [[["example"], ["http://plain.example/", "https://rdap.registry.example/v1"]]]
    (tmp_path / "rdap-dns.json").write_text(json.dumps({"services": services}))
    site = look(World({ASKED: rdap_answer()}), registration_servers=None)
    assert registration(site).source == "rdap"
    (tmp_path / "rdap-dns.json").write_text("<html>")
    site = look(
        World(whois={"whois.iana.org": "refer: whois.registry.example\n", WHOIS: TEXT}), registration_servers=None
    )
    assert registration(site).source == "whois"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('No match for "SHOP.EXAMPLE".\n', "holds no shop.example"),
        ("% nothing\nStatus: free\n", "holds no shop.example"),
        ("<html><body>Maintenance</body></html>", "not understood: “<html>"),
        ("", "closed the connection without an answer"),
        (TEXT.replace("SHOP.EXAMPLE", "OTHER.EXAMPLE"), "not understood: “Domain Name: OTHER.EXAMPLE"),
        ("x" * 70_000, "is not whole"),
        ("You have been blocked for excessive querying", "does not answer now"),
    ],
)
def test_whois_answers_that_are_none(text: str, sentence: str) -> None:
    """An answer that is no entry of this domain is a gap with its first words, never an absence."""
    site = look(World(whois={WHOIS: text}), registration_servers=("", WHOIS))
    assert sentence in why(site.registration)
    assert site.registration in site.gaps


@pytest.mark.parametrize(
    ("written", "created"),
    [
        ("2026-09-01", datetime(2026, 9, 1, tzinfo=UTC)),
        ("01-Sep-2026", datetime(2026, 9, 1, tzinfo=UTC)),
        ("2026.09.01 10:00:00", CREATED),
        ("2026-09-01T12:00:00+0200", CREATED),
        ("sometime", None),
        ("2031-09-01", None),
    ],
)
def test_odd_dates(written: str, created: datetime | None) -> None:
    """Dates are read in the spellings of registries; one that is none, or lies ahead, is left out."""
    text = TEXT.replace("2026-09-01T10:00:00Z", written)
    assert registration(look(World(whois={WHOIS: text}), registration_servers=("", WHOIS))).created == created


def test_odd_charset() -> None:
    """An answer in Latin-1 is read; the quote of what was in other letters says so by having no text."""
    text = TEXT.replace("Sample Trading Ltd", "Exemplo Saúde Ltda").encode("latin-1")
    found = registration(look(World(whois={WHOIS: text}), registration_servers=("", WHOIS)))
    assert found.organisation == "Exemplo Saúde Ltda"
    assert found.quote("organisation").text == ""


def test_internationalised_domain() -> None:
    """An internationalised domain is asked for in ASCII, and answers with its Unicode name are about it."""
    asked = f"{RDAP}/v1/domain/xn--apothke-fya.example"
    name = rdap_answer(ldhName=None, unicodeName="apothéke.example")
    site = look(World({asked: name}), "https://apothéke.example")
    assert registration(site).domain == "xn--apothke-fya.example"


async def _trickles(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"D")
        await writer.drain()
        await asyncio.sleep(0.01)


async def _resets(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


@pytest.mark.parametrize("filler", ["\n", "\t\n", " ", "Registrant:\n", "Domain Name:", "limit "])
def test_hostile_whois_is_read_in_time(filler: str) -> None:
    """An answer made to stall the patterns that read it is given up, or read, in the time of any other."""
    begun = time.monotonic()
    text = (filler * 64_000)[:63_000]
    for suffix in ("example", "hk"):
        exchange = Exchange(f"whois://{WHOIS}/shop.{suffix}", body=text.encode())
        with pytest.raises(UnusableError):
            read_whois(exchange, f"shop.{suffix}", NOW)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("script", [silence, _trickles])
def test_slow_whois_costs_its_own_time(script: Script) -> None:
    """A server that is silent or trickles ends in a gap after its time; the others' answers are there, and the page."""
    begun = time.monotonic()
    site = look(World(whois={WHOIS: script}), registration_servers=("", WHOIS), timeout_s=1)
    assert "no answer from whois.registry.example in 1 s" in why(site.registration)
    assert isinstance(site.dns, Names)
    assert isinstance(site.tls, Certificate)
    assert [page.role for page in site.pages] == ["home"]
    assert time.monotonic() - begun < 10


def test_closing_whois() -> None:
    """A server that resets the connection is a gap."""
    assert WHOIS in why(look(World(whois={WHOIS: _resets}), registration_servers=("", WHOIS)).registration)


def test_private_addresses_are_refused() -> None:
    """Registration servers are judged by the guard: one at a private address is not contacted."""
    world = World()
    site = look(
        world,
        connect_to=("shop.example::127.0.0.1:1", ":53:127.0.0.1:1"),
        registration_servers=("https://127.0.0.2/", "10.0.0.1"),
    )
    assert "127.0.0.2 is not a public address" in why(site.registration)
    assert "10.0.0.1 is not a public address" in why(site.registration)


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


def test_certificate() -> None:
    """The certificate of the host is read: issuer, names, dates, organisation; nothing is wrong with it."""
    found = look(World()).tls
    assert isinstance(found, Certificate)
    assert (found.host, found.error) == ("shop.example", "")
    assert "shop.example" in found.names
    assert found.issuer.startswith("trustme")
    assert found.organisation == "Sample Trading Ltd"
    assert found.since < found.until


def _shown(make: Callable[[trustme.CA], trustme.LeafCert]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    make(trustme.CA()).configure_cert(context)
    return context


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda ca: ca.issue_cert("shop.example"), "certificate"),
        (lambda ca: ca.issue_cert("other.example"), "certificate"),
    ],
)
def test_certificate_that_is_refused(make: Callable[[trustme.CA], trustme.LeafCert], words: str) -> None:
    """A refused certificate is looked at all the same, and what is wrong stands in the verifier's words."""
    found = look(World(certificate=_shown(make))).tls
    assert isinstance(found, Certificate)
    assert words in found.error
    assert found.quote.text == found.error
    assert found.quote.offset


def test_expired_certificate(tmp_path: Path) -> None:
    """An expired certificate says so."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "own.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("shop.example", not_after=datetime(2020, 1, 1, tzinfo=UTC)).configure_cert(context)
    found = look(World(certificate=context), ca_file=tmp_path / "own.pem").tls
    assert isinstance(found, Certificate)
    assert "expired" in found.error
    assert found.until == datetime(2020, 1, 1, tzinfo=UTC)


def test_no_tls() -> None:
    """A host that speaks no TLS is a gap with the reason."""
    world = World()
    world.shop.context = None
    assert "certificate of shop.example" in why(look(world, "http://shop.example", timeout_s=1).tls)


def test_replay_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every raw answer is in the recording, which gives the same site and the same report, and asks nobody."""
    file = tmp_path / "site.warc.gz"
    live = look(World({ASKED: answer("busy", "429 Too Many Requests")}, whois={WHOIS: TEXT}), record=file)
    forbid(monkeypatch, lambda address: False)
    again = replay(file)
    assert (again.registration, again.dns, again.tls) == (live.registration, live.dns, live.tls)
    assert again.gaps == live.gaps
    assert judge(again).as_dict() == judge(live).as_dict()
    assert judge(again).as_dict()["registration"]["created"] == "2026-09-01T10:00:00Z"


def test_replay_of_failures(tmp_path: Path) -> None:
    """What failed fails again in the replay, with the same words."""
    file = tmp_path / "site.warc.gz"
    live = look(World(names=lambda question, way: None), record=file, timeout_s=1)
    assert replay(file).gaps == live.gaps
    assert len(live.gaps) >= 2


def test_same_answers_same_bytes(tmp_path: Path) -> None:
    """The same answers of name servers and WHOIS give the same recording."""
    certificate = _shown(lambda ca: ca.issue_cert("shop.example"))
    files = [tmp_path / "one.warc", tmp_path / "two.warc"]
    zone = {("shop.example", "MX"): ["10 mx1.host.example."]}
    for file in files:
        look(
            World(whois={WHOIS: TEXT}, zone=zone, certificate=certificate),
            record=file,
            registration_servers=("", WHOIS),
        )
    assert files[0].read_bytes() == files[1].read_bytes()


def test_addresses_and_platforms_have_no_registration() -> None:
    """An address is not registered, and a shop below a platform's domain is not its registrant."""
    world = World()
    assert "is an address, which nobody registers" in why(look(world, "https://192.0.2.7").registration)
    below = look(World(), "https://pills.github.io")
    assert "whose owner hands such names out" in why(below.registration)


@pytest.mark.parametrize("host", ["localhost", "printer.local", "intranet", "db.internal"])
def test_private_names_are_told_nobody(host: str) -> None:
    """Of a name inside a private network neither registries nor name servers hear."""
    world = World(whois={"whois.iana.org": "whois: whois.registry.example\n"})
    assert "inside a private network" in why(look(world, f"https://{host}", registration_servers=("", "")).registration)
    assert world.asked == []


@pytest.mark.parametrize("href", ["https://[", "https://a b/", "https://\ud800.example/", "https://x.example:99999/"])
def test_broken_referrals(href: str, tmp_path: Path) -> None:
    """A referral or a redirect to something that is no address is passed over."""
    links = [{"rel": "related", "type": "application/rdap+json", "href": href}]
    site = look(World({ASKED: rdap_answer(links=links, entities=[])}), record=tmp_path / "site.warc")
    assert registration(site).created == CREATED
    plain = href.encode("ascii", "replace").decode()
    assert "registration of shop.example" in why(look(World({ASKED: redirect(plain)})).registration)


def test_budget() -> None:
    """However servers refer to one another, look-ups ask at most nine questions of servers and seven of the DNS."""
    hop = [redirect(f"https://rdap.registry.example/{n}") for n in range(9)]
    routes: dict[str, Route] = {ASKED: hop[0], **{f"{RDAP}/{n}": hop[n + 1] for n in range(8)}}
    chain = TEXT.replace("Registrant", "X") + "Registrar WHOIS Server: {}\n"
    world = World(
        routes, whois={WHOIS: chain.format("b.example"), "b.example": chain.format("c.example"), "c.example": TEXT}
    )
    look(world)
    assert len(world.servers.asked) == 3
    assert [a for a in world.asked if a.startswith("b.example")]
    assert not [a for a in world.asked if a.startswith("c.example")]
    assert len([a for a in world.asked if a.startswith("dns")]) == 7


def test_event_loop_is_never_held_up() -> None:
    """While all servers are silent, other work in the same loop goes on, and the check ends within its times."""
    ticks: list[float] = []

    async def run() -> None:
        from pharmcheck.capture import capture

        async def tick() -> None:
            while True:
                ticks.append(time.monotonic())
                await asyncio.sleep(0.02)

        async with World({ASKED: silence}, whois={WHOIS: silence}, names=lambda question, way: None) as world:
            beside = asyncio.create_task(tick())
            site = await capture(parse_target("https://shop.example"), world.options(timeout_s=1))
            beside.cancel()
        assert isinstance(site.registration, Gap)

    asyncio.run(run())
    assert len(ticks) > 20


def test_nothing_is_looked_up_unasked() -> None:
    """Without the option nothing is asked and nothing is said of it."""
    world = World({ASKED: rdap_answer()})
    site = look(world, look_ups=False)
    assert isinstance(site.registration, Gap)
    assert not {"registration", "dns", "tls"} & {gap.artifact for gap in site.gaps}
    assert world.asked == []


def test_offline_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--offline` talks to nobody: with every socket forbidden the report is there all the same."""

    def refuse(*given: object, **named: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "__init__", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    report = check_offline("https://shop.example", now=NOW)
    assert report.as_dict()["registration"] is None
    assert not {"registration", "dns", "tls"} & {gap.artifact for gap in report.gaps}
    assert offline(parse_target("shop.example"), NOW + timedelta(days=1)).pages == ()


def test_servers_of_our_table() -> None:
    """Our table has RDAP and WHOIS hosts of well-known suffixes, over https, each with source and day."""
    from pharmcheck.capture.servers import servers_for

    assert servers_for("shop.co.uk") == ("https://rdap.nominet.uk/uk/", "whois.nic.uk")
    assert servers_for("shop.de") == ("", "whois.denic.de")
    assert servers_for("shop.example") == ("", "")
    assert SERVERS[0].startswith("https://")


def test_nobody_is_asked_about_a_name_for_examples() -> None:
    """Of `shop.example` nobody outside learns, unless a rule leads the name servers elsewhere."""
    options = CaptureOptions(now=NOW, look_ups=True)
    assert not is_asked(parse_target("shop.example"), options)
    assert is_asked(parse_target("shop.org"), options)
    assert is_asked(parse_target("shop.example"), replace(options, connect_to=(":53:127.0.0.1:5353",)))
