"""The signal domain-changed-hands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pharmcheck.comparison import dated
from pharmcheck.model import Answer, Evidence, Listing
from tests.builders import ask, evidence, listing, registers, registry
from tests.signals.looked_up import registration

ID = "domain-changed-hands"


def named(*entries: Listing, age_days: int = 10, **fields: object) -> Evidence:
    """Return the evidence of a domain of that age (the day is 1 November 2026) which registers named."""
    held = registration(age_days, **fields)
    return evidence(registers=dated(registers(entries, consulted=[registry()]), held), registration=held)


def test_fires() -> None:
    """Fires where our copy named the domain before it was registered, and quotes entry, date and the registrant's country."""
    found = ask(ID, named(listing(), country="PK"))
    assert found.answer is Answer.PRESENT
    assert [q.note for q in found.quotes] == [
        "gb-list, as of 2026-10-01",
        "registered on 2026-10-22, named before that",
        "registrant in PK; the register is that of GB",
    ]


def test_the_day_of_the_entry_counts_where_the_register_gives_one() -> None:
    """An entry of 2014 in a copy of this year, and a domain of 2021."""
    found = ask(ID, named(listing(since=date(2014, 3, 1)), age_days=2000))
    assert found.answer is Answer.PRESENT


def test_what_the_same_register_says_later_may_be_the_same_entry() -> None:
    """An answer of today does not heal an entry that our copy held before; one that is dated anew does."""
    today: dict[str, Any] = {"as_of": date(2026, 11, 1), "number": "9000001"}
    same = named(listing(), listing(**today)).registers.by_domain
    assert [e.status for e in same] == ["former", "former"]
    anew = named(listing(), listing(since=date(2026, 10, 30), **today)).registers.by_domain
    assert [e.status for e in anew] == ["former", "listed"]


@pytest.mark.parametrize(
    "given",
    [
        named(listing(), age_days=31),  # registered on the very day of our copy
        named(listing(), age_days=2000),
        named(listing(since=date(2026, 10, 25))),
        named(listing(status="warned")),
        named(listing(status="lifted")),
        named(),
        named(age_days=1),
        named(listing(status="warned"), created=None),
    ],
)
def test_near_miss(given: Evidence) -> None:
    """A domain as old as the entry or older, a warning, and a young domain that no register names do not fire."""
    assert ask(ID, given).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown where nothing was looked up, and where a register names a domain whose date is not published."""
    assert ask(ID, evidence(registers=registers([listing()], consulted=[registry()]))).answer is Answer.UNKNOWN
    unpublished = ask(ID, named(listing(), created=None))
    assert (unpublished.answer, "does not publish" in unpublished.why) == (Answer.UNKNOWN, True)


def test_an_old_domain_of_a_registrant_abroad_does_not_fire() -> None:
    """The registrant's country alone proves nothing: groups hold the domains of their shops."""
    assert ask(ID, named(listing(), age_days=2000, country="PK")).answer is Answer.ABSENT
