"""The signal on-official-warning-list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pharmcheck.model import Answer
from tests.builders import ask, evidence, listing, registers, registry, unread

ID = "on-official-warning-list"
WARNINGS = registry("xx-warned", polarity="negative")


def test_fires() -> None:
    """Fires on a warning for this domain, even when no page could be read; quotes it with both dates."""
    warning = listing(status="warned", registry="xx-warned", since=date(2024, 12, 19))
    given = replace(unread(), registers=registers([warning], consulted=[WARNINGS]))
    found = ask(ID, given)
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].note == "xx-warned, as of 2026-10-01, since 2024-12-19"


def test_near_miss() -> None:
    """A warning that was lifted, and a register's entry, do not fire."""
    for status in ("lifted", "listed"):
        answers = registers([listing(status=status)], consulted=[WARNINGS])
        assert ask(ID, evidence(registers=answers)).answer is Answer.ABSENT


def test_unknown_without_lists() -> None:
    """Unknown when no official warning list is held."""
    assert ask(ID, evidence(registers=registers(consulted=[registry()]))).answer is Answer.UNKNOWN
