"""The signal listed-by-register."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence, listing, registers, registry

ID = "listed-by-register"


def test_fires() -> None:
    """Fires on an entry for this domain, and quotes it with its date."""
    found = ask(ID, evidence(registers=registers([listing()], consulted=[registry()])))
    assert found.answer is Answer.PRESENT
    assert (found.quotes[0].text, found.quotes[0].note) == ("shop.example", "gb-list, as of 2026-10-01")


def test_near_miss() -> None:
    """A warning is no entry, and "listed" in a list of warnings is none either."""
    warned = registers([listing(status="warned")], consulted=[registry()])
    assert ask(ID, evidence(registers=warned)).answer is Answer.ABSENT
    negative = [registry("xx-warned", polarity="negative"), registry()]
    assert (
        ask(ID, evidence(registers=registers([listing(registry="xx-warned")], consulted=negative))).answer
        is Answer.ABSENT
    )


def test_unknown_without_registers() -> None:
    """Unknown when no register with entries is held."""
    assert ask(ID, evidence(registers=registers(consulted=[registry(entries=0)]))).answer is Answer.UNKNOWN
