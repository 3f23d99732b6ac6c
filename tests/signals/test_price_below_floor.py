"""The signal price-below-floor."""

from __future__ import annotations

from typing import Any

from pharmcheck.model import Answer, Offer
from tests.builders import ask, evidence, medicine, offer

ID = "price-below-floor"


def pen(price: str, **fields: Any) -> Offer:
    given = {"written": "Wegovy", "currency": "GBP", "strength_mg": 1.0, "price": price}
    return offer(medicine("semaglutide", family="glp1"), **{**given, **fields})


def test_fires() -> None:
    """Fires on a patented pen in the cart for less than half of its lowest list price, and says which."""
    found = ask(ID, evidence(offers=(pen("24.99"),)))
    assert found.answer is Answer.PRESENT
    assert "Wegovy: below 36.60 GBP" in found.quotes[0].note


def test_near_miss() -> None:
    """A lawful price, a price by the week without strength, another currency, and a link to a clinic."""
    for given in (
        pen("99.00"),
        pen("24.99", strength_mg=None),
        pen("24.99", currency="USD"),
        pen("24.99", order="link"),
    ):
        assert ask(ID, evidence(offers=(given,))).answer is Answer.ABSENT
