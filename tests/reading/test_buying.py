"""Calls to buy, and words that are but keywords."""

from __future__ import annotations

import pytest

from pharmcheck.reading.buying import CALL, is_keywords


@pytest.mark.parametrize(
    "text",
    [
        *("Buy now", "rezeptfrei bestellen", "sans ordonnance", "comprar sin receta", "senza ricetta", "sem receita"),
        *("kopen zonder recept", "bez recepty", "bez předpisu", "купить без рецепта", "للبيع", "個人輸入"),
    ],
)
def test_calls_in_many_languages(text: str) -> None:
    """Calls to buy are known in the languages of spam."""
    assert CALL.stands_in(text)


def test_talk_is_no_call() -> None:
    """Prices, tablets and pharmacies are talked about without a call to buy."""
    assert not CALL.stands_in("The price of these tablets in a pharmacy, with a prescription, has fallen.")


@pytest.mark.parametrize(
    ("anchor", "names", "expected"),
    [
        ("cheap tadalafil online without prescription", 1, True),
        ("where to buy tadalafil in canada", 1, True),
        ("how to buy tadalafil safely and what your doctor needs to know", 1, False),
        ("a trial of tadalafil in men", 1, False),
        ("cheap garden chairs online", 0, False),
    ],
)
def test_keywords(anchor: str, names: int, expected: bool) -> None:
    """Linked words are keywords when hardly one says anything but medicine and sale."""
    assert is_keywords(anchor, names) is expected
