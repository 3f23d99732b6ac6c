"""Shops that are only named."""

from __future__ import annotations

import pytest

from pharmcheck.reading.named_shops import find_named


def named(text: str, called: bool = True) -> list[str]:
    found = list(find_named(text, lambda start, end: called))
    assert all(text[start:end] == name for name, start, end in found)
    return [name for name, _, _ in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Buy it on zorbipharmacy.", "zorbipharmacy"),
        ("Order from My Nowhere Pharmacy today", "My Nowhere Pharmacy"),
        ("order via Zorbi Rx", "Zorbi Rx"),
        ("Bestellen bei Zorbi Apotheke", "Zorbi Apotheke"),
        ("Just google for Zorbi Meds", "Zorbi Meds"),
        ("search “zorbimeds” and click the first result", "zorbimeds"),
        ("bei Google nach Zorbi Apotheke suchen", "Zorbi Apotheke"),
    ],
)
def test_names(text: str, name: str) -> None:
    """A made-up word of the trade, or capitalised words that end in one, after a preposition."""
    assert named(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Buy it at pharmacies",
        "Ask at Your Local Pharmacy",
        "Order from Canadian Pharmacy",
        "A degree from the School of Pharmacy",
        "Order at zorbimeds.example",
        "Search for online pharmacies",
        "It comes from Big Pharma",
        "Compre en La Farmacia",
        "Bestellen bei Unserer Apotheke",
    ],
)
def test_kinds_of_shop(text: str) -> None:
    """Kinds of shop, schools and addresses are no names."""
    assert named(text) == []


def test_without_a_call_only_a_visit_names() -> None:
    """Where no call to buy stands beside it, only 'visit' and 'try' urge a reader."""
    assert named("It was seen on zorbipharmacy.", called=False) == []
    assert named("Visit zorbipharmacy for more.", called=False) == ["zorbipharmacy"]
