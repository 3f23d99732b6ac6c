"""Names of countries in a text."""

from __future__ import annotations

import pytest

from pharmcheck.reading.countries import COUNTRY_NAME, code_of


def found(text: str) -> list[str]:
    return [code_of(name) for name in COUNTRY_NAME.findall(text)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("We ship to the United States of America, Österreich and 日本.", ["US", "AT", "JP"]),
        ("Česká republika/Slovensko", ["CZ", "SK"]),
        ("U.S.A. (not Canada)", ["US", "CA"]),
        ("South Africa\nIreland", ["ZA", "IE"]),
    ],
)
def test_countries_are_found_by_their_own_names(text: str, codes: list[str]) -> None:
    """In any script, the longest name at each place, one a line or in a row."""
    assert found(text) == codes


@pytest.mark.parametrize("text", ["Chinatown", "Indiana", "New-Mexico", "germany", "ICELAND", "Mexico-based"])
def test_a_part_of_a_word_is_no_country(text: str) -> None:
    """Neither are hyphenated words, nor other letters of case."""
    assert found(text) == []
