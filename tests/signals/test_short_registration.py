"""The signal short-registration."""

from __future__ import annotations

from datetime import timedelta

from pharmcheck.model import Answer
from tests.builders import NOW, ask, evidence
from tests.signals.looked_up import registration

ID = "short-registration"


def test_fires() -> None:
    """Fires on a domain in its first year that is paid for that year only."""
    first = registration(100, expires=NOW + timedelta(days=265))
    assert ask(ID, evidence(registration=first)).answer is Answer.PRESENT


def test_near_miss() -> None:
    """A domain that was renewed once, or bought for two years, does not fire."""
    renewed = registration(400, expires=NOW + timedelta(days=330))
    bought = registration(10, expires=NOW + timedelta(days=720))
    assert ask(ID, evidence(registration=renewed)).answer is Answer.ABSENT
    assert ask(ID, evidence(registration=bought)).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown where the registry publishes no end."""
    assert ask(ID, evidence(registration=registration(expires=None))).answer is Answer.UNKNOWN
    assert ask(ID, evidence()).answer is Answer.UNKNOWN
