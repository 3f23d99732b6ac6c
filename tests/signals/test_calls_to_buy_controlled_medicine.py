"""The signal calls-to-buy-controlled-medicine."""

from __future__ import annotations

from pharmcheck.model import Answer, Pitch
from tests.builders import ask, evidence, quote

ID = "calls-to-buy-controlled-medicine"


def test_fires() -> None:
    """Fires on a call to buy a controlled medicine."""
    found = ask(ID, evidence(pitches=(Pitch("diazepam", True, quote("Buy Valium online")),)))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "Buy Valium online")


def test_near_miss() -> None:
    """A call to buy a medicine that is not controlled is another matter."""
    assert ask(ID, evidence(pitches=(Pitch("sildenafil", False, quote("Buy Viagra online")),))).answer is Answer.ABSENT
    assert ask(ID, evidence()).answer is Answer.ABSENT
