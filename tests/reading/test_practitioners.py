"""read_practitioner_numbers: pharmacists' and prescribers' numbers."""

from __future__ import annotations

import pytest

from pharmcheck.reading.check_digits import dea_holds
from tests.reading.operators import operator


@pytest.mark.parametrize(
    ("text", "value", "country"),
    [
        ("GPhC 2012345", "GPhC 2012345", "GB"),
        ("Dr. Jane Roe, GMC number 7012345", "GMC 7012345", "GB"),
        ("NMC PIN 12A3456E", "NMC 12A3456E", "GB"),
        ("NPI: 1234567893", "NPI 1234567893", "US"),
        ("DEA # AB1234563", "DEA AB1234563", "US"),
        ("RPPS 10001234567", "RPPS 10001234567", "FR"),
        ("BIG-nummer 12345678901", "BIG 12345678901", "NL"),
        ("AHPRA MED0001234567", "Ahpra MED0001234567", "AU"),
    ],
)
def test_a_number_beside_its_council_is_read(text: str, value: str, country: str) -> None:
    """By the council's name and the shape of its numbers; nothing is trusted for it."""
    (found,) = operator(f"<p>{text}").numbers
    assert (found.kind, found.value, found.country, found.valid) == ("practitioner-number", value, country, True)


@pytest.mark.parametrize("text", ["NPI: 1234567890", "DEA number AB1234567"])
def test_a_wrong_check_digit_is_told(text: str) -> None:
    """Of NPI and DEA numbers, which have one; the quote says that it fails."""
    (found,) = operator(f"<p>{text}").numbers
    assert not found.valid
    assert "check digit" in found.quote.note


@pytest.mark.parametrize(
    "text",
    [
        "GPhC premises 1099999",
        "A BIG sale of 12345678901 pills",
        "The DEA seized 1234567 tablets",
        "DEA schedule 2, item AB1234567890",
        "NPI 12345678901234",
        "GMC since 2012",
    ],
)
def test_other_numbers_are_nobodys(text: str) -> None:
    """Premises, quantities, and what is too long or too short."""
    assert [d.value for d in operator(f"<p>{text}").numbers] in ([], ["BIG 12345678901"])


def test_the_check_digit_of_a_dea_number() -> None:
    """1 + 3 + 5 + 2 x (2 + 4 + 6) = 33: the last digit is 3."""
    assert [digit for digit in "0123456789" if dea_holds(f"AB123456{digit}")] == ["3"]
