"""read_licences: numbers beside a cue, and in links."""

from __future__ import annotations

import pytest

from pharmcheck.model import Registry
from pharmcheck.reading.licences import read_licences
from pharmcheck.reading.page import read_page
from tests.reading.operators import operator


@pytest.mark.parametrize(
    ("url", "html", "registry", "number"),
    [
        ("https://s.example/", "<p>GPhC registration number: 1099999", "gb-gphc", "1099999"),
        ("https://s.example/", "<dt>GPhC premises number</dt><dd>1099999</dd>", "gb-gphc", "1099999"),
        ("https://s.ie/", "<p>Pharmacy registration number 9901", "ie-psi", "9901"),
        ("https://s.example/", "<p>Licence n° 75#001234", "fr-onp", "75#001234"),
        ("https://s.example/", "<p>KvK-vestigingsnummer: 0000 1234 5678", "nl-aanbiedersmedicijnen", "000012345678"),
        ("https://s.example/", "<p>NPI: 1234567893", "us-nppes", "1234567893"),
        ("https://s.example/", "<a href='https://register.gphc.example/entry/1099999'>x</a>", "gb-gphc", "1099999"),
    ],
)
def test_a_number_beside_a_cue_is_a_licence(url: str, html: str, registry: str, number: str) -> None:
    """Or in a link to the register's own host."""
    assert [(x.registry, x.number) for x in operator(html, url).licences] == [(registry, number)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Order 1099999 today",
        "<p>Company registration number 1099999",
        "<p>GPhC pharmacist number 2012345",
        "<p>Pharmacy registration number 9901",
        "<p>Our licence no. is shown in the window. Order 1099999",
    ],
)
def test_a_number_without_its_cue_or_shape_is_no_licence(html: str) -> None:
    """Other registers' numbers, a person's number, and a weak shape outside of its country."""
    assert operator(html).licences == ()


def test_a_wrong_check_digit_is_noted_and_the_number_kept() -> None:
    """What the site prints is evidence, right or wrong."""
    (found,) = operator("<p>NPI: 1234567890").licences
    assert (found.number, "check digit" in found.quote.note) == ("1234567890", True)


@pytest.mark.parametrize(
    ("registry", "country", "number", "cues"),
    [
        (
            "gb-gphc",
            "GB",
            "1099999",
            "GPhC|General Pharmaceutical Council|Premises registration|premises reg|premises number|pharmacy registration|Pharmacy reg|"
            "pharmacy premises|pharmacy number|Registered Pharmacy|Licence No|License Nr|Permit #|registration number|Register ID|"
            "authorisation number|Authorization No|accreditation number|Registernummer of NABP|NCPDP",
        ),
        ("gb-mhra-dsl", "GB", "12345", "MHRA|distance selling"),
        ("ie-psi", "IE", "990011", "PSI|Pharmaceutical Society of Ireland"),
        ("nl-aanbiedersmedicijnen", "NL", "000012345678", "KvK|Vestigingsnummer|aanbiedersmedicijnen"),
        (
            "cz-sukl",
            "CZ",
            "00000000001",
            "Kód lékárny|kód pracoviště|SÚKL|Číslo pracoviště|číslo povolení|Číslo registrace",
        ),
        ("pl-ra", "PL", "1234567", "Zezwolenie|identyfikator apteki|Rejestru Aptek|Nr apteki|numer rejestru"),
        ("fr-onp", "FR", "75#001234", "Licence|ARS|Numéro d'enregistrement"),
        ("be-famhp", "BE", "123456", "APB|FAGG|AFMPS|FAMHP|Vergunningsnummer|n° d'autorisation"),
        ("de-bfarm-versandhandel", "DE", "12345", "BfArM|DIMDI|Versandhandelsregister|Versandhandels-Register"),
        ("es-aemps-distafarma", "ES", "0123456789abcdef0123456789abcdef", "Número de registro|número de autorización"),
        ("at-x", "AT", "123456", "Registrierungsnummer|Registrations-Nr|Zulassungsnummer|Betriebserlaubnis"),
    ],
)
def test_each_cue_leads_to_a_number(registry: str, country: str, number: str, cues: str) -> None:
    """Also some words before it."""
    asked = Registry(registry, country, "x", "positive", "https://x.example", (), r"\d{2}#\d{6}|[0-9a-f]{5,32}")
    for cue in cues.split("|"):
        text = f"Pharmacy Apteka Lékárna Farmacia\n{cue} of our house: {number}\n"
        page = read_page("https://s.example/", text.encode(), content_type="text/plain; charset=utf-8")
        assert [x.number for x in read_licences(page, (asked,), (country,))] == [number], cue
