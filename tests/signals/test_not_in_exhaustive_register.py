"""The signal not-in-exhaustive-register."""

from __future__ import annotations

from datetime import date

from pharmcheck.model import Answer, Operator
from tests.builders import address, ask, evidence, listing, offer, over_the_counter, registers, registry

ID = "not-in-exhaustive-register"
HOME = Operator(addresses=(address("GB"),))


def test_fires() -> None:
    """Fires on a seller at home in a country whose complete and fresh register does not name it."""
    found = ask(ID, evidence(operator=HOME, offers=(offer(),), registers=registers(consulted=[registry()])))
    assert found.answer is Answer.PRESENT
    assert any("gb-list: 100 entries" in q.note for q in found.quotes)


def test_near_miss() -> None:
    """An entry anywhere, no medicine on offer, or only goods that the register does not cover: no fire."""
    listed = registers([listing(registry="nl-list")], consulted=[registry()])
    assert ask(ID, evidence(operator=HOME, offers=(offer(),), registers=listed)).answer is Answer.ABSENT
    complete = registers(consulted=[registry()])
    assert ask(ID, evidence(operator=HOME, registers=complete)).answer is Answer.ABSENT
    otc = evidence(operator=HOME, offers=(offer(over_the_counter()),), registers=complete)
    assert ask(ID, otc).answer is not Answer.PRESENT


def test_unknown_when_register_proves_nothing() -> None:
    """Unknown when the copy is stale, empty, not complete, or of another country."""
    for weak in (registry(as_of=date(2025, 1, 1)), registry(entries=0), registry(exhaustive=""), registry("nl-list")):
        given = evidence(operator=HOME, offers=(offer(),), registers=registers(consulted=[weak]))
        assert ask(ID, given).answer is Answer.UNKNOWN
