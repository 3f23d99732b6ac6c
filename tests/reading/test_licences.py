"""read_licences: numbers beside a cue, and in links."""

from __future__ import annotations

import pytest

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
