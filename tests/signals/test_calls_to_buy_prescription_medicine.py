"""The signal calls-to-buy-prescription-medicine."""

from __future__ import annotations

from pharmcheck.model import Answer, Pitch
from tests.builders import ask, evidence, quote

ID = "calls-to-buy-prescription-medicine"


def test_fires() -> None:
    """Fires on a call to buy a prescription medicine."""
    found = ask(ID, evidence(pitches=(Pitch("sildenafil", False, quote("Buy Viagra online")),)))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "Buy Viagra online")


def test_near_miss() -> None:
    """A controlled medicine is counted by its own signal."""
    assert ask(ID, evidence(pitches=(Pitch("diazepam", True, quote("Buy Valium online")),))).answer is Answer.ABSENT
    assert ask(ID, evidence()).answer is Answer.ABSENT
