"""Calls to order."""

from __future__ import annotations

import pytest

from pharmcheck.reading.order_words import CART, order_calls


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("add to cart", ["cart"]),
        ("$450.00add to cart", ["cart"]),
        ("in den warenkorb", ["cart"]),
        ("do košíku", ["cart"]),
        ("cheap, buy now", ["link", "link"]),
        ("border and kupfer", []),
        ("your shopping cart is empty", []),
    ],
)
def test_order_calls(text: str, kinds: list[str]) -> None:
    """Calls to put in a cart or to buy are found as whole words; a cart alone is none."""
    assert [kind for _, kind in order_calls(text)] == kinds


@pytest.mark.parametrize(
    "text", ["add to cart", "In den Warenkorb", "ajouter au panier", "do koszyka", "カートに入れる"]
)
def test_a_cart_is_known_in_many_languages(text: str) -> None:
    """What a button names is a cart, whatever its case and its ending."""
    assert CART.stands_in(text)


def test_an_order_names_no_cart() -> None:
    """A call to buy is none."""
    assert not CART.stands_in("order now, carton of ten")
