"""Prices, strengths and packs in a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmcheck.reading.amounts import read_amounts


@pytest.mark.parametrize(
    ("line", "value", "currency"),
    [
        ("$45", 45, "USD"),
        ("us $1,299.00", 1299, "USD"),
        ("1 299,50 zł", 1299.5, "PLN"),
        ("12.345,67 €", 12345.67, "EUR"),
        ("€ 1.299", 1299, "EUR"),
        ("£29.99", 29.99, "GBP"),
        ("a$ 89", 89, "AUD"),
        ("chf 14.50", 14.5, "CHF"),
        ("259 kč", 259, "CZK"),
    ],
)
def test_prices_of_many_countries(line: str, value: float, currency: str) -> None:
    """A sign or code beside a number makes a price, with the customary marks."""
    [price] = read_amounts(line).prices
    assert (price.value, price.currency) == (value, currency)


@pytest.mark.parametrize(
    ("line", "currency"),
    [("from us$ 5", "USD"), ("bus$5", "USD"), ("au$5", "AUD"), ("5 c$", "CAD"), ("u.s.$5", "USD"), ("rs. 5", "INR")],
)
def test_the_longest_sign_beside_a_number_counts(line: str, currency: str) -> None:
    """Before it and behind it; a dollar sign counts also right behind a word."""
    [price] = read_amounts(line).prices
    assert price.currency == currency


@pytest.mark.parametrize("line", ["colours 5", "5 krone", "xkr5"])
def test_a_code_within_a_word_makes_no_price(line: str) -> None:
    """Letters of a code that belong to a word are none."""
    assert not read_amounts(line).prices


@pytest.mark.parametrize("line", ["save $20", "$5 off", "$0.00", "free over $200", "room 45", "2024", "rrp £12.00"])
def test_savings_thresholds_and_zero_are_no_prices(line: str) -> None:
    """What one saves, must reach or does not pay is no price."""
    assert not read_amounts(line).prices


def test_an_amount_for_one_unit_is_kept_apart() -> None:
    """`per pill` belongs to one unit."""
    amounts = read_amounts("$1.99 per pill, $59.70")
    assert [p.amount for p in amounts.unit_prices] == ["1.99"]
    assert [p.amount for p in amounts.prices] == ["59.70"]


@pytest.mark.parametrize(
    ("line", "mg"),
    [("100 mg", 100), ("37.5mg", 37.5), ("0,5 mg", 0.5), ("1 g", 1000), ("75 mcg", 0.075), ("500 мг", 500)],
)
def test_strengths_in_milligrams(line: str, mg: float) -> None:
    """Units are converted, decimals may have a comma."""
    assert [value for _, value in read_amounts(line).strengths] == [mg]


def test_grams_of_a_tube_are_no_strength() -> None:
    """`Zovirax cream 2 g` tells the size of the tube; a tablet has at most a gram or so."""
    assert read_amounts("zovirax cream 2 g").strengths == ()
    assert [mg for _, mg in read_amounts("amoxicillin 1 g").strengths] == [1000]


def test_a_concentration_is_no_strength_of_one_unit() -> None:
    """250 mg/ml says nothing of one tablet."""
    amounts = read_amounts("testosterone 250 mg/ml")
    assert not amounts.strengths and amounts.content


@pytest.mark.parametrize(
    "line", ["90 pills", "x 90", "90 x 100 mg", "90 tabletten", "90 szt.", "90 caps", "90 comprimés", "qty: 90"]
)
def test_pack_sizes(line: str) -> None:
    """Pack sizes are written in many ways."""
    assert [units for _, units in read_amounts(line).packs] == [90]


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("$€ 0123456789.,xmgpills/"))))
def test_any_line_is_read(line: str) -> None:
    """No line raises, and each price is a number."""
    for price in read_amounts(line.lower()).prices:
        assert price.value >= 0


@pytest.mark.parametrize(
    ("line", "value", "currency"),
    [
        ("xanax 1.450 tl", 1450, "TRY"),
        ("1 500 рублей", 1500, "RUB"),
        ("3,980 円", 3980, "JPY"),
        ("25 000 f", 25000, "XOF"),
        ("25.000 fcfa", 25000, "XOF"),
    ],
)
def test_currencies_in_words(line: str, value: float, currency: str) -> None:
    """Short words for money make prices as signs do, and `F` does behind a thousand and more."""
    [price] = read_amounts(line).prices
    assert (price.value, price.currency) == (value, currency)


@pytest.mark.parametrize(
    "line", ["a fever of 102 f", "below 77 f", "25 000 ft above the sea, 25 000 feet", "factor f 1200"]
)
def test_an_f_is_a_temperature_below_a_thousand(line: str) -> None:
    """`F` behind a small number, before a number, or as the beginning of a word is no franc."""
    assert "XOF" not in {price.currency for price in read_amounts(line).prices}
