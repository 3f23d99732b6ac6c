"""The signal controlled-medicine-for-sale."""

from __future__ import annotations

from pharmcheck.model import Answer, Rung
from tests.builders import URL, ask, evidence, medicine, offer, page, prescription, statement

ID = "controlled-medicine-for-sale"
CHECKOUT = page("Address, card number", url=f"{URL}checkout", role="checkout")


def test_fires() -> None:
    """Fires on a controlled medicine that can be ordered, and names its classes."""
    tramadol = medicine("tramadol", family="opioid", schedule={"US": "C4", "GB": "CD3"})
    found = ask(ID, evidence(offers=(offer(tramadol),), checkout=CHECKOUT))
    assert found.answer is Answer.PRESENT
    assert "GB CD3, US C4" in found.quotes[0].note


def test_fires_on_assortment() -> None:
    """Links to order are enough when they are for three controlled medicines; one or two may be a clinic's."""
    sold = tuple(offer(medicine(f"sample {i}", schedule={"US": "C4"}), order="link", price="") for i in range(3))
    assert ask(ID, evidence(offers=sold, checkout=CHECKOUT)).answer is Answer.PRESENT
    assert ask(ID, evidence(offers=sold[:2], checkout=CHECKOUT)).answer is Answer.ABSENT


def test_near_miss() -> None:
    """No fire on a form that takes the prescription, a price list, or a class that a pharmacist may sell."""
    tramadol = medicine("tramadol", family="opioid", schedule={"US": "C4", "GB": "CD3"})
    upload = prescription(done=[statement(Rung.UPLOAD, url=f"{URL}prescriptions")])
    assert ask(ID, evidence(offers=(offer(tramadol),), prescription=upload, checkout=CHECKOUT)).answer is Answer.ABSENT
    assert ask(ID, evidence(offers=(offer(tramadol, order=""),), checkout=CHECKOUT)).answer is Answer.ABSENT
    codeine = medicine("codeine", schedule={"GB": "CD5"}, status={"US": "rx", "GB": "mixed"})
    assert ask(ID, evidence(offers=(offer(codeine),), checkout=CHECKOUT)).answer is Answer.ABSENT


def test_unknown_without_the_order_form() -> None:
    """Unknown where the checkout was not read: lawful mail order takes the prescription there, or by post."""
    tramadol = medicine("tramadol", family="opioid", schedule={"US": "C4"})
    found = ask(ID, evidence(offers=(offer(tramadol),)))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "no checkout was found")
