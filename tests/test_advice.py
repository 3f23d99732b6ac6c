"""What a reader is told to do: where to report, how to buy lawfully, whom to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pharmcheck import law
from pharmcheck.advice import advise, lawful_ways
from pharmcheck.model import Evidence, Gap, Operator, Promoted, Verdict
from pharmcheck.model.captured import NO_SUCH_NAME, NOT_PUBLIC
from tests.builders import address, evidence, listing, quote, registers, registry, unread

DAY = date(2026, 11, 1)
COUNTRIES = sorted({r.country for r in law.read_laws(Path(law.__file__).with_name("law.csv"))} - {"EEA"})


def said(given: Evidence, verdict: Verdict, *countries: str) -> str:
    return "\n".join(advise(given, verdict, countries))


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_an_address_to_report_to_and_a_lawful_way(country: str) -> None:
    """Whoever met a rogue shop is told both, and whether they rest on memory."""
    text = said(evidence(), Verdict.ROGUE, country)
    where = law.reporting(country)
    assert where
    assert f"Report it in {country}: {where.authority}, {where.address}" in text
    assert ("an address from memory" in text) is (where.confidence == "low")
    assert lawful_ways(country, DAY) in text


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("DE", "Pharmacies with a mail-order permit may send prescription medicines"),
        ("FR", "Those with a prescription you get in a pharmacy, in person."),
        ("TR", "Lawful in TR: in a pharmacy, in person."),
        ("PK", "not known to us"),
        ("ZZ", "not known to us"),
        ("MY", "(From memory, not checked.)"),
    ],
)
def test_the_lawful_way_follows_the_law(country: str, words: str) -> None:
    """Online against a prescription, in person only, or not known: as the table says, and how sure it is."""
    assert words in lawful_ways(country, DAY)
    assert ("From memory" in lawful_ways(country, DAY)) is (country == "MY")


@pytest.mark.parametrize("verdict", [Verdict.UNVERIFIED, Verdict.INTERMEDIARY, Verdict.CANNOT_ASSESS])
def test_the_lawful_way_is_told_wherever_the_shop_is_not_confirmed(verdict: Verdict) -> None:
    """Also a reader who was not warned wants to know where to buy; nobody is told to report such a shop."""
    text = said(evidence(), verdict, "DE")
    assert "The law in DE:" in text
    assert "Report it" not in text


def test_a_confirmed_shop_needs_no_other_way() -> None:
    """Nor does a page that sells nothing, unless it points to a seller."""
    assert "The law in" not in said(evidence(), Verdict.LEGITIMATE, "DE")
    assert "The law in" not in said(evidence(), Verdict.NOT_A_PHARMACY, "DE")
    seller = Promoted("Pills", "pills.example", "https://pills.example/", quote())
    assert "The law in DE:" in said(evidence(promoted=(seller,)), Verdict.NOT_A_PHARMACY, "DE")


@pytest.mark.parametrize("verdict", [Verdict.UNVERIFIED, Verdict.SUSPICIOUS, Verdict.ROGUE])
def test_a_listed_address_with_a_doubtful_shop_is_to_be_asked_at_the_registers_number(verdict: Verdict) -> None:
    """The pharmacy may have closed and lost its domain: the site's own telephone would answer for the thief."""
    lost = evidence(registers=registers((listing(),), consulted=(registry(authority="An office"),)))
    assert "An office lists this address, but a pharmacy can close" in said(lost, verdict)
    assert "can close" not in said(evidence(), verdict)
    assert "can close" not in said(lost, Verdict.LEGITIMATE)


def test_registers_of_the_whole_country_and_of_authorities_are_named_first() -> None:
    """A list of one state, of a private body, or one that we know from memory comes after."""
    lists = [
        registry("us-a-state", region="Sampleland", authority="State", confidence="high"),
        registry("us-b-seal", accredits=True, authority="Seal", confidence="high"),
        registry("us-c-memory", authority="Memory", confidence="low"),
        registry("us-d-board", authority="Board", confidence="medium"),
        registry("us-e-closed", closed=True, authority="Closed", confidence="high"),
        registry("us-f-warns", polarity="negative", authority="Warns", confidence="high"),
    ]
    given = evidence(registers=registers(consulted=lists), operator=Operator(addresses=(address("US"),)))
    named = [
        line.split(": ")[1].split(",")[0] for line in advise(given, Verdict.UNVERIFIED, ()) if line[:6] == "For US"
    ]
    assert named == ["Board", "Memory", "Seal"]


@pytest.mark.parametrize(
    ("gap", "help_"),
    [
        (
            Gap("home", f"shpo.example could not be found in the DNS: {NO_SUCH_NAME}"),
            "No web site was found under this name",
        ),
        (Gap(NOT_PUBLIC, "address: 10.0.0.1 is not a public address"), "no address of a public web site"),
        (Gap("home", "shop.example refused the connection"), "Save the page in your browser"),
    ],
)
def test_what_helps_where_nothing_was_read(gap: Gap, help_: str) -> None:
    """Nobody is told to save a page where no site can be: a name that does not exist, an address that is not public."""
    text = said(replace(unread(gap.why), gaps=(gap,)), Verdict.CANNOT_ASSESS)
    assert help_ in text
    assert ("--html" in text) is ("Save" in help_)
