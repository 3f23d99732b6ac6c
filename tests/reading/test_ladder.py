"""The prescription ladder for each medicine, from words and from mechanism."""

from __future__ import annotations

import pytest

from pharmcheck.model import Gap, Prescription, Rung
from pharmcheck.reading.ladder import read_ladder
from tests.builders import offer, statement
from tests.reading.rungs import FORMS, ORDER_FORM, PHARMACY, PRODUCT, WORDS, read, step
from tests.sites import evidence


@pytest.mark.parametrize(("rung", "text"), [(rung, text) for rung, texts in WORDS.items() for text in texts])
def test_every_rung_from_words(rung: Rung, text: str) -> None:
    """English and two other languages say each rung; the site is taken at the lowest that it says."""
    found = evidence(PRODUCT + f"<p>{text}</p>")
    assert not isinstance(found.prescription, Gap)
    assert not isinstance(found.ladder, Gap)
    said = {s.rung for s in found.prescription.said}
    assert rung in said
    assert step(found.ladder, "").said is min(said, key=lambda r: r.height)
    assert step(found.ladder, "tadalafil").said is step(found.ladder, "").said


@pytest.mark.parametrize(("rung", "form"), [(rung, form) for rung, forms in FORMS.items() for form in forms])
def test_every_rung_from_mechanism(rung: Rung, form: str) -> None:
    """English and two other languages ask for it in a form; the order form alone is below each of them."""
    ladder = read({"home": PRODUCT + form, "checkout": ORDER_FORM})
    assert step(ladder, "tadalafil").done is rung
    assert step(ladder, "tadalafil").quotes[-1].note


@pytest.mark.parametrize(
    "fields", ["full_name street_address city", "vorname nachname strasse plz", "nombre apellidos direccion ciudad"]
)
def test_nothing_is_asked_for_only_where_the_order_form_was_read(fields: str) -> None:
    """An order form that asks for name and place asks for no prescription; an empty cart says nothing."""
    form = f"<h1>Order</h1><p>Where to?</p><form>{''.join(f'<input name={name}>' for name in fields.split())}</form>"
    assert step(read({"home": PRODUCT, "checkout": form}), "tadalafil").done is Rung.NONE
    assert step(read({"home": PRODUCT, "checkout": "<p>Your cart is empty.</p>"}), "tadalafil").done is None
    assert step(read(PRODUCT), "tadalafil").done is None


def test_words_and_order_form_disagree() -> None:
    """A prescription is demanded, and the order form asks for none: the words promise more than is done."""
    words = "<p>A valid prescription is required.</p>"
    found = step(read({"home": PRODUCT + words, "checkout": ORDER_FORM}), "tadalafil")
    assert (found.said, found.done, found.agrees, found.lowest) == (Rung.REQUIRED, Rung.NONE, False, Rung.NONE)


def test_an_unseen_mechanism_is_no_disagreement() -> None:
    """While no order form was read, the words stand alone."""
    found = step(read(PRODUCT + "<p>A valid prescription is required.</p>"), "tadalafil")
    assert (found.said, found.done, found.agrees) == (Rung.REQUIRED, None, True)


def test_a_form_that_takes_the_prescription_agrees_with_any_demand() -> None:
    """Words that ask for a prescription or for a talk are kept by a form that takes one; none of them counts as lower."""
    words = "<p>A valid prescription is required. Speak to one of our doctors by video before you order.</p>"
    ladder = read({"home": PRODUCT + words + FORMS[Rung.UPLOAD][0], "checkout": ORDER_FORM})
    assert (step(ladder, "tadalafil").agrees, ladder.lowest) == (True, Rung.UPLOAD)


def test_a_questionnaire_is_less_than_a_demanded_prescription() -> None:
    """Where only a questionnaire is there and all words promise a prescription, the two disagree."""
    done = [statement(Rung.QUESTIONNAIRE)]
    for said, agrees in ((Rung.REQUIRED, False), (Rung.QUESTIONNAIRE, True)):
        given = Prescription((statement(said),), tuple(done), Gap("checkout", "none"))
        assert step(read_ladder(PHARMACY, given, (offer(),), ()), "").agrees is agrees
