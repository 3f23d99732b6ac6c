"""The signal certificate-problem."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence
from tests.signals.looked_up import certificate

ID = "certificate-problem"


def test_fires() -> None:
    """Fires on a certificate that was refused, in the verifier's words."""
    found = ask(ID, evidence(tls=certificate("certificate has expired")))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "certificate has expired")


def test_near_miss() -> None:
    """A certificate in order does not fire."""
    assert ask(ID, evidence(tls=certificate())).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown where no certificate was seen."""
    assert ask(ID, evidence()).answer is Answer.UNKNOWN
