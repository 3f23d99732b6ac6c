"""Registrations by RDAP, in a world on loopback: right, busy, wrong, lying and closing servers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.capture.shop import Route, answer, redirect
from tests.capture.world import (
    ASKED,
    CREATED,
    RDAP,
    TEXT,
    WHOIS,
    World,
    look,
    rdap,
    rdap_answer,
    registration,
    why,
)


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


def test_internationalised_domain() -> None:
    """An internationalised domain is asked for in ASCII, and answers with its Unicode name are about it."""
    asked = f"{RDAP}/v1/domain/xn--apothke-fya.example"
    name = rdap_answer(ldhName=None, unicodeName="apothéke.example")
    site = look(World({asked: name}), "https://apothéke.example")
    assert registration(site).domain == "xn--apothke-fya.example"


@pytest.mark.parametrize("href", ["https://[", "https://a b/", "https://\ud800.example/", "https://x.example:99999/"])
def test_broken_referrals(href: str, tmp_path: Path) -> None:
    """A referral or a redirect to something that is no address is passed over."""
    links = [{"rel": "related", "type": "application/rdap+json", "href": href}]
    site = look(World({ASKED: rdap_answer(links=links, entities=[])}), record=tmp_path / "site.warc")
    assert registration(site).created == CREATED
    plain = href.encode("ascii", "replace").decode()
    assert "registration of shop.example" in why(look(World({ASKED: redirect(plain)})).registration)
