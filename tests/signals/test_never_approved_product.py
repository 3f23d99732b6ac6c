"""The signal never-approved-product."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence, medicine, offer

ID = "never-approved-product"
NEVER = medicine("retatrutide", use="research", status={"US": "unapproved", "GB": "unapproved", "EU": "unapproved"})


def test_fires() -> None:
    """Fires on a substance that no market authorised, once it has a price or an order path."""
    assert ask(ID, evidence(offers=(offer(NEVER, order=""),))).answer is Answer.PRESENT
    assert ask(ID, evidence(offers=(offer(NEVER, price=""),))).answer is Answer.PRESENT


def test_near_miss() -> None:
    """A name without price or order, and a medicine that one market has, do not fire."""
    assert ask(ID, evidence(offers=(offer(NEVER, order="", price=""),))).answer is Answer.ABSENT
    partly = medicine("dapoxetine", status={"US": "unapproved", "GB": "rx", "EU": "rx"})
    assert ask(ID, evidence(offers=(offer(partly),))).answer is Answer.ABSENT
