"""The signal seal-confirmed."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence, seal

ID = "seal-confirmed"


def test_fires() -> None:
    """Fires on a seal with that outcome, and names its scheme."""
    found = ask(ID, evidence(seals=(seal("confirmed", link="https://third.example/"),)))
    assert found.answer is Answer.PRESENT
    assert "eu-logo" in found.quotes[0].note


def test_near_miss() -> None:
    """Other outcomes, the right host with an unread page among them, do not fire."""
    for outcome in ("unchecked", "elsewhere", "unlinked", "another"):
        assert ask(ID, evidence(seals=(seal(outcome),))).answer is Answer.ABSENT
