"""The signal no-tls-on-checkout."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer, Evidence, Field, Form, Gap
from tests.builders import ask, evidence, page

ID = "no-tls-on-checkout"


def given(url: str, action: str, field: str = "email") -> Evidence:
    """Return the evidence of a checkout at `url` whose form is sent to `action`."""
    form = Form(action, "POST", (Field("text", field, ""),), "Order")
    return evidence(checkout=page("Checkout", url, "checkout", forms=(form,)))


@pytest.mark.parametrize(
    ("url", "action"),
    [
        ("http://shop.example/checkout", "http://shop.example/pay"),
        ("http://shop.example/checkout", "https://shop.example/pay"),
        ("https://shop.example/checkout", "http://shop.example/pay"),
    ],
)
def test_fires(url: str, action: str) -> None:
    """Fires where the form came, or is sent, over http."""
    assert ask(ID, given(url, action)).answer is Answer.PRESENT


def test_near_miss() -> None:
    """An encrypted form, and a search field on a page over http, do not fire."""
    assert ask(ID, given("https://shop.example/checkout", "https://pay.example/")).answer is Answer.ABSENT
    assert ask(ID, given("http://shop.example/cart", "http://shop.example/search", "q")).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown where no checkout was read."""
    assert ask(ID, evidence(checkout=Gap("checkout", "none was found"))).answer is Answer.UNKNOWN
