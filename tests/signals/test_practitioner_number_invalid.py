"""The signal practitioner-number-invalid."""

from __future__ import annotations

from pharmcheck.model import Answer, Operator
from tests.builders import ask, detail, evidence, wrong_number

ID = "practitioner-number-invalid"


def test_fires() -> None:
    """Fires on a number whose check digit fails, and says so."""
    found = ask(ID, evidence(operator=Operator(numbers=(wrong_number("practitioner-number"),))))
    assert found.answer is Answer.PRESENT
    assert "check digit is wrong" in found.quotes[0].note


def test_near_miss() -> None:
    """A number whose check digit holds, and one of the other kind, do not fire."""
    for number in (detail("practitioner-number", "1234567893"), wrong_number("company-number")):
        assert ask(ID, evidence(operator=Operator(numbers=(number,)))).answer is Answer.ABSENT
