"""The signal pushes-prescription-medicine."""

from __future__ import annotations

from pharmcheck.model import Answer, Pitch
from tests.builders import ask, evidence, quote

ID = "pushes-prescription-medicine"


def test_fires() -> None:
    """Fires when the call praises the goods as a bargain."""
    found = ask(ID, evidence(pitches=(Pitch("sildenafil", False, quote("Cheap Viagra, order now")),)))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "Cheap Viagra, order now")


def test_near_miss() -> None:
    """A plain call, and a call that names delivery and price, are no push."""
    assert (
        ask(
            ID,
            evidence(
                pitches=(Pitch("sildenafil", False, quote("Order Viagra online, delivered tomorrow, 30 pounds")),)
            ),
        ).answer
        is Answer.ABSENT
    )
    assert ask(ID, evidence()).answer is Answer.ABSENT
