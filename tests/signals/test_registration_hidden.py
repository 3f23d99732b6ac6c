"""The signal registration-hidden."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence
from tests.signals.looked_up import registration

ID = "registration-hidden"


def test_fires() -> None:
    """Fires on a privacy service in the registrant's place, by its name."""
    found = ask(ID, evidence(registration=registration(privacy_service="Sample Privacy ehf")))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].text == "Sample Privacy ehf"


def test_near_miss() -> None:
    """What the registry withholds by itself does not fire."""
    assert ask(ID, evidence(registration=registration(redacted=True))).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown where nothing was looked up."""
    assert ask(ID, evidence()).answer is Answer.UNKNOWN
