"""The signal young-domain."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence
from tests.signals.looked_up import registration

ID = "young-domain"


def test_fires() -> None:
    """Fires on a domain of 179 days, and quotes the registry's date."""
    found = ask(ID, evidence(registration=registration(179)))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].note == "shop.example: registered 179 days before"
    assert found.quotes[0].offset == 7


def test_near_miss() -> None:
    """A domain of 180 days does not fire."""
    assert ask(ID, evidence(registration=registration(180))).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown where nothing was looked up, and where the registry does not publish the date."""
    assert ask(ID, evidence()).answer is Answer.UNKNOWN
    unpublished = ask(ID, evidence(registration=registration(created=None)))
    assert (unpublished.answer, "does not publish" in unpublished.why) == (Answer.UNKNOWN, True)
