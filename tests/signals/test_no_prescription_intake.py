"""The signal no-prescription-intake."""

from __future__ import annotations

from pharmcheck.model import Answer, Rung
from tests.builders import URL, ask, evidence, offer, page, prescription, statement

ID = "no-prescription-intake"


def test_fires() -> None:
    """Fires when the order form was read and no form asks for anything; says where that was sought."""
    checkout = page("Name Address Card", f"{URL}checkout", "checkout")
    found = ask(ID, evidence(offers=(offer(),), prescription=prescription(checkout=checkout), checkout=checkout))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].text == ""
    assert checkout.url in found.quotes[0].note


def test_near_miss() -> None:
    """An e-prescription form anywhere, or no prescription medicine to order."""
    checkout = page("Name Address Card", f"{URL}checkout", "checkout")
    asked = prescription(done=[statement(Rung.E_PRESCRIPTION)], checkout=checkout)
    assert ask(ID, evidence(offers=(offer(),), prescription=asked, checkout=checkout)).answer is Answer.ABSENT
    none = prescription(checkout=checkout)
    assert ask(ID, evidence(offers=(offer(order=""),), prescription=none, checkout=checkout)).answer is Answer.ABSENT


def test_unknown_without_checkout() -> None:
    """Unknown while the checkout was not read."""
    found = ask(ID, evidence(offers=(offer(),)))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "no checkout was found")
