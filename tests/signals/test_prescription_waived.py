"""The signal prescription-waived."""

from __future__ import annotations

from dataclasses import replace

from pharmcheck.model import Answer, Rung
from tests.builders import ask, evidence, prescription, statement

ID = "prescription-waived"


def test_fires() -> None:
    """Fires on the words of the site, and names the medicine that they are about."""
    said = statement(Rung.WAIVED, "the very words", of="tramadol")
    found = ask(ID, evidence(prescription=replace(prescription(), said=(said,))))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].text == "the very words"
    assert "tramadol" in found.quotes[0].note


def test_near_miss() -> None:
    """A consultation on offer is not a prescription given away."""
    assert ask(ID, evidence(prescription=prescription([Rung.CONSULTATION]))).answer is Answer.ABSENT
