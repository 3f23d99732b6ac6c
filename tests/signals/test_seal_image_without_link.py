"""The signal seal-image-without-link."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence, seal

ID = "seal-image-without-link"


def test_fires() -> None:
    """Fires on a seal with that outcome, and names its scheme."""
    found = ask(ID, evidence(seals=(seal("unlinked", link="https://third.example/"),)))
    assert found.answer is Answer.PRESENT
    assert "eu-logo" in found.quotes[0].note


def test_near_miss() -> None:
    """Other outcomes, the right host with an unread page among them, do not fire."""
    for outcome in ("unchecked", "confirmed", "ended"):
        assert ask(ID, evidence(seals=(seal(outcome),))).answer is Answer.ABSENT


def test_an_invented_seal_is_counted_elsewhere() -> None:
    """A seal that no authority gives is no seal of an official scheme; invented-approval counts it."""
    assert ask(ID, evidence(seals=(seal("unlinked", scheme="invented"),))).answer is Answer.ABSENT
