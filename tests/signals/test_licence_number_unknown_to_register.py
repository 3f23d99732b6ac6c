"""The signal licence-number-unknown-to-register."""

from __future__ import annotations

from datetime import date

from pharmcheck.model import Answer, Operator
from tests.builders import ask, evidence, licence, listing, registers, registry

ID = "licence-number-unknown-to-register"


def test_fires() -> None:
    """Fires on a printed number that a complete and fresh register does not hold."""
    found = ask(
        ID,
        evidence(
            operator=Operator(licences=(licence(),)),
            registers=registers(by_number=[(licence(), ())], consulted=[registry()]),
        ),
    )
    assert found.answer is Answer.PRESENT
    assert "9000001" in found.quotes[0].note


def test_near_miss() -> None:
    """A number that the register holds does not fire; nor does a site that prints none."""
    held = registers(by_number=[(licence(), (listing(),))], consulted=[registry()])
    assert ask(ID, evidence(operator=Operator(licences=(licence(),)), registers=held)).answer is Answer.ABSENT
    assert ask(ID, evidence(registers=registers(consulted=[registry()]))).answer is Answer.ABSENT


def test_unknown_when_register_proves_nothing() -> None:
    """Unknown when our copy is stale, empty or of a register that is not complete."""
    for weak in (registry(as_of=date(2025, 1, 1)), registry(entries=0), registry(exhaustive="")):
        answers = registers(by_number=[(licence(), ())], consulted=[weak])
        assert ask(ID, evidence(operator=Operator(licences=(licence(),)), registers=answers)).answer is Answer.UNKNOWN
