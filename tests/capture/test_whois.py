"""Registrations by WHOIS, in a world on loopback: odd, hostile, slow and closing servers."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

import pytest

from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.rdap import UnusableError
from pharmcheck.capture.whois_text import read_whois
from pharmcheck.model import Certificate, Names
from tests.capture.shop import NOW, Script, silence
from tests.capture.world import (
    CREATED,
    TEXT,
    WHOIS,
    World,
    look,
    registration,
    why,
)


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


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('No match for "SHOP.EXAMPLE".\n', "holds no shop.example"),
        ("% nothing\nStatus: free\n", "holds no shop.example"),
        ("<html><body>Maintenance</body></html>", "not understood: “<html>"),
        ("", "closed the connection without an answer"),
        (
            TEXT.replace("2026-09-01T10:00:00Z", "2026-09-01 10:" + "9" * 40),
            "not understood: “Domain Name: SHOP.EXAMPLE”",
        ),
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
