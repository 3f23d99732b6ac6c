"""The signal country-mismatch."""

from __future__ import annotations

from pharmcheck.model import Answer, Operator
from tests.builders import address, ask, evidence, phone, target, unread

ID = "country-mismatch"


def test_fires() -> None:
    """Fires when address and telephone lie far apart, and quotes both."""
    given = Operator(addresses=(address("GB"),), phones=(phone("+91 22 5550 0100", "IN"),))
    found = ask(ID, evidence(operator=given))
    assert found.answer is Answer.PRESENT
    assert {q.note for q in found.quotes} == {"telephone of IN", "address in GB"}


def test_fires_on_name() -> None:
    """Fires on a "Canadian" shop with an address in Asia."""
    given = Operator(addresses=(address("SG"),))
    shop = target("https://canadian-meds.example/")
    assert ask(ID, evidence(operator=given, target=shop)).answer is Answer.PRESENT


def test_near_miss() -> None:
    """Neighbours, toll-free numbers, national numbers and a Canadian shop in Canada do not fire."""
    for home, number, country in (
        ("NL", "+49 30 5550100", "DE"),
        ("GB", "+1 800 555 0100", ""),
        ("GB", "0120 555 0100", "IN"),
        ("CA", "+1 212 555 0100", "US"),
    ):
        given = Operator(addresses=(address(home),), phones=(phone(number, country),))
        assert ask(ID, evidence(operator=given)).answer is Answer.ABSENT
    canadian = evidence(operator=Operator(addresses=(address("CA"),)), target=target("https://canadian-meds.example/"))
    assert ask(ID, canadian).answer is Answer.ABSENT


def test_unknown_when_unread() -> None:
    """Unknown, with the reason, when the pages could not be read."""
    found = ask(ID, unread("the site did not answer"))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "the site did not answer")
