"""The signal licence-belongs-to-another-domain."""

from __future__ import annotations

from pharmcheck.model import Answer, Operator
from tests.builders import ask, evidence, licence, listing, registers, registry

ID = "licence-belongs-to-another-domain"


def test_fires() -> None:
    """Fires when the register gives the printed number to another web site, and quotes the entry."""
    taken = registers(by_number=[(licence(), (listing("real.example"),))], consulted=[registry()])
    found = ask(ID, evidence(operator=Operator(licences=(licence(),)), registers=taken))
    assert found.answer is Answer.PRESENT
    assert {"registration number 9000001", "real.example"} == {q.text for q in found.quotes}


def test_near_miss() -> None:
    """Its own entry, an entry without a web site, and a group that the register lists do not fire."""
    for by_domain, owner in (((), "shop.example"), ((), ""), ((listing(),), "branch.example")):
        own = registers(by_domain, [(licence(), (listing(owner),))], [registry()])
        assert ask(ID, evidence(operator=Operator(licences=(licence(),)), registers=own)).answer is Answer.ABSENT


def test_unknown_without_register() -> None:
    """Unknown when we hold no entries of the register that gave the number."""
    empty = registers(by_number=[(licence(), ())], consulted=[registry(entries=0)])
    assert ask(ID, evidence(operator=Operator(licences=(licence(),)), registers=empty)).answer is Answer.UNKNOWN
