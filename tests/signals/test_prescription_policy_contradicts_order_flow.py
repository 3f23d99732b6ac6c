"""The signal prescription-policy-contradicts-order-flow."""

from __future__ import annotations

from dataclasses import replace

from pharmcheck.model import Answer, Rung
from tests.builders import (
    URL,
    ask,
    evidence,
    medicine,
    offer,
    over_the_counter,
    page,
    prescription,
    sighting,
    statement,
)

ID = "prescription-policy-contradicts-order-flow"


def test_fires() -> None:
    """Fires when the words demand a prescription and the order takes none, and quotes both sides."""
    checkout = page("Name Address Card", f"{URL}checkout", "checkout")
    ladder = prescription([Rung.REQUIRED], checkout=checkout)
    found = ask(ID, evidence(prescription=ladder, offers=(offer(text="Sample 100 mg"),), checkout=checkout))
    assert found.answer is Answer.PRESENT
    assert {"words: required", "Sample 100 mg", ""} == {q.text for q in found.quotes}


def test_each_medicine_is_asked_about_by_itself() -> None:
    """A form on the page of one medicine does not serve another, whose own page was read as well."""
    checkout = page("Name Address Card", f"{URL}checkout", "checkout")
    taken, loose = medicine("tramadol"), medicine("tadalafil")
    pages = {m.name: page(f"{m.name}\nAdd to cart", f"{URL}{m.name}", "product", title=m.name) for m in (taken, loose)}
    offers = tuple(offer(m, f"{m.name} 30 tablets", pages[m.name]) for m in (taken, loose))
    named = tuple(sighting(m, pages[m.name]) for m in (taken, loose))
    form = statement(Rung.UPLOAD, url=f"{URL}tramadol")
    ladder = prescription([Rung.REQUIRED], [form], checkout)
    found = ask(ID, evidence(prescription=ladder, offers=offers, sightings=named, checkout=checkout))
    assert {"words: required", "tadalafil 30 tablets", ""} == {q.text for q in found.quotes}


def test_a_demand_for_another_medicine_is_no_contradiction() -> None:
    """A prescription demanded for one medicine says nothing of another."""
    checkout = page("Name Address Card", f"{URL}checkout", "checkout")
    said = replace(prescription(checkout=checkout), said=(statement(Rung.REQUIRED, of="tramadol"),))
    found = ask(ID, evidence(prescription=said, offers=(offer(),), checkout=checkout))
    assert found.answer is Answer.ABSENT


def test_added_words_do_not_end_the_contradiction() -> None:
    """Whoever also says that no prescription is needed still demands one elsewhere."""
    checkout = page("Name Address Card", f"{URL}checkout", "checkout")
    said = prescription([Rung.REQUIRED, Rung.NONE, Rung.QUESTIONNAIRE, Rung.CONSULTATION], checkout=checkout)
    assert ask(ID, evidence(prescription=said, offers=(offer(),), checkout=checkout)).answer is Answer.PRESENT


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
