"""The schemes of seals.toml and the well-known names: complete, and in keeping with the registries."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import pharmcheck.reading
from pharmcheck.reading.schemes import Issuers, scheme_of, schemes
from pharmcheck.registries import load_registries
from pharmcheck.target import parse_target

FOLDER = Path(pharmcheck.reading.__file__).parent
ISSUERS = Issuers(load_registries().all)
EEA = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS NO"


@pytest.mark.parametrize("scheme", schemes().values(), ids=lambda scheme: scheme.id)
def test_a_scheme_knows_its_issuer(scheme: object) -> None:
    """Its issuer is of a known kind, its registries are there, and it may open some host."""
    found = schemes()[scheme.id]  # type: ignore[attr-defined]
    known = {r.id for r in load_registries().all} | {"EEA"}
    assert found.issuer in ("authority", "accreditor", "private", "business", "nobody")
    assert set(found.registries) <= known
    assert ISSUERS.right_hosts(found.id)


@pytest.mark.parametrize("country", EEA.split())
def test_the_common_logo_may_open_the_agency_of_each_country(country: str) -> None:
    """By a registry's host or by one of the table; on the country's own domain."""
    hosts = ISSUERS.right_hosts("eu-logo")
    assert any(host.endswith(f".{country.lower()}") for host in hosts), country


@pytest.mark.parametrize(
    "host", ["sukl.cz.shop.example", "notfimea.fi", "fimea.fi.example", "gov.uk.example", "imea.fi"]
)
def test_no_part_of_a_host_is_enough(host: str) -> None:
    """Hosts are compared by registrable domain, never by a piece of them."""
    assert not ISSUERS.may_open("eu-logo", host)


def test_a_scheme_ends_with_its_last_day() -> None:
    """The British logo counted on its last day, and not on the day after."""
    assert ISSUERS.ended("gb-mhra-dsl", "", date(2020, 12, 31)) is None
    assert ISSUERS.ended("gb-mhra-dsl", "", date(2021, 1, 1)) is schemes()["gb-mhra-dsl"]
    assert ISSUERS.ended("eu-logo", "www.fimea.fi", date(2026, 11, 1)) is None


@pytest.mark.parametrize(
    ("alt", "file", "scheme"),
    [
        ("BBB accredited business", "a.png", "bbb"),
        ("", "bbb-rating.svg", "bbb"),
        ("VMD registered online retailer", "a.png", "gb-vmd"),
        ("", "logo_distafarma.png", "es-aemps-distafarma"),
        ("Bubba's burgers", "bbbq.png", ""),
        ("Retailer of the year", "retailer.png", ""),
    ],
)
def test_pictures_are_told_by_name(alt: str, file: str, scheme: str) -> None:
    """By alt text or file name; the same letters in other words are no seal."""
    assert scheme_of(alt, file) == scheme


def test_the_well_known_names_are_in_order() -> None:
    """One row a domain, normal hosts, sources given; what is known with low confidence protects nothing."""
    rows = list(csv.DictReader((FOLDER / "known_names.csv").read_text("utf-8").splitlines()))
    assert len({row["domain"] for row in rows}) == len(rows)
    for row in rows:
        assert parse_target(row["domain"]).host == row["domain"]
        assert row["name"]
        assert row["source"]
        assert row["confidence"] in ("medium", "low")
        assert row["protect"] in ("name", "host", "")
        assert row["confidence"] == "medium" or not row["protect"], row["domain"]
