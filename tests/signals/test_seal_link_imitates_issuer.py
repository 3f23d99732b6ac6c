"""The signal seal-link-imitates-issuer."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence, seal

ID = "seal-link-imitates-issuer"


def test_fires() -> None:
    """Fires on a seal with that outcome, and says of which scheme and why."""
    found = ask(ID, evidence(seals=(seal("imitated"),)))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].note == "seal eu-logo: so it is"


def test_near_miss() -> None:
    """Other outcomes do not fire."""
    for outcome in ("elsewhere", "itself", "unlinked", "unchecked", "confirmed"):
        assert ask(ID, evidence(seals=(seal(outcome),))).answer is Answer.ABSENT
