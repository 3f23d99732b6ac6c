"""The signal absurd-quantity."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence, medicine, offer

ID = "absurd-quantity"
ZOLPIDEM = medicine("zolpidem", family="hypnotic", schedule={"US": "C4"})


def test_fires() -> None:
    """Fires on 120 potency tablets, and on three months of sleeping tablets, in one order."""
    for given in (offer(quantity=120, strength_mg=100.0), offer(ZOLPIDEM, quantity=90, strength_mg=10.0)):
        found = ask(ID, evidence(offers=(given,)))
        assert found.answer is Answer.PRESENT
        assert str(given.quantity) in found.quotes[0].note


def test_near_miss() -> None:
    """A month of either, the strength that is taken daily for the lungs, and a price without a way to order."""
    for given in (
        offer(quantity=32, strength_mg=100.0),
        offer(quantity=270, strength_mg=20.0),
        offer(quantity=120, strength_mg=100.0, order=""),
        offer(ZOLPIDEM, quantity=30, strength_mg=10.0),
    ):
        assert ask(ID, evidence(offers=(given,))).answer is Answer.ABSENT
