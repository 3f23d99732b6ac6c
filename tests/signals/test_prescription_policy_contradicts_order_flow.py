"""The signal prescription-policy-contradicts-order-flow."""

from __future__ import annotations

from pharmcheck.model import Answer, Rung
from tests.builders import URL, ask, evidence, offer, over_the_counter, page, prescription, statement

ID = "prescription-policy-contradicts-order-flow"


def test_fires() -> None:
    """Fires when the words demand a prescription and the order takes none, and quotes both sides."""
    checkout = page("Name Address Card", f"{URL}checkout", "checkout")
    ladder = prescription([Rung.REQUIRED], checkout=checkout)
    found = ask(ID, evidence(prescription=ladder, offers=(offer(text="Sample 100 mg"),), checkout=checkout))
    assert found.answer is Answer.PRESENT
    assert {"words: required", "Sample 100 mg", ""} == {q.text for q in found.quotes}


def test_near_miss() -> None:
    """An upload form, or goods that need no prescription: no contradiction."""
    checkout = page("Name Address Card", f"{URL}checkout", "checkout")
    kept = prescription([Rung.REQUIRED], [statement(Rung.UPLOAD)], checkout)
    said = prescription([Rung.REQUIRED], checkout=checkout)
    assert ask(ID, evidence(prescription=kept, offers=(offer(),), checkout=checkout)).answer is Answer.ABSENT
    otc = (offer(over_the_counter()),)
    assert ask(ID, evidence(prescription=said, offers=otc, checkout=checkout)).answer is Answer.ABSENT


def test_unknown_without_checkout() -> None:
    """Unknown while no checkout was read: the prescription may be asked for there."""
    found = ask(ID, evidence(prescription=prescription([Rung.REQUIRED]), offers=(offer(),)))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "no checkout was found")
