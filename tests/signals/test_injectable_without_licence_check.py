"""The signal injectable-without-licence-check."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer, Rung
from tests.builders import ask, evidence, medicine, offer, prescription, statement

ID = "injectable-without-licence-check"
TOXIN = medicine("botulinum toxin", family="aesthetic", brands=("Botox",), export_brands=(("Botulax", "KR"),))
FILLER = medicine("hyaluronic acid filler", family="aesthetic", use="device", brands=("Restylane",))


def test_fires() -> None:
    """Fires on a vial in the cart, a priced vial, an export brand by its size, and a box of syringes in the cart."""
    for sold in (
        offer(TOXIN, "Botox 100 units, 1 vial, 189.00", written="Botox"),
        offer(TOXIN, "Botox vial 189.00", written="Botox", order=""),
        offer(TOXIN, "Botulax 200u 95.00", written="Botulax"),
        offer(FILLER, "Restylane 2 x 1 ml 150.00", written="Restylane"),
    ):
        found = ask(ID, evidence(offers=(sold,)))
        assert found.answer is Answer.PRESENT
        assert "no form takes a licence" in found.quotes[0].note


@pytest.mark.parametrize(
    "text",
    ["Botox forehead 149.00", "Botox, three areas, voucher 249.00", "Botox per unit 12.00", "Botox 20 units 240.00"],
)
def test_clinic_is_a_near_miss(text: str) -> None:
    """A clinic that sells treatments by area or unit, also as a voucher in a cart, does not fire."""
    assert ask(ID, evidence(offers=(offer(TOXIN, text, written="Botox"),))).answer is Answer.ABSENT


def test_near_miss() -> None:
    """A syringe priced by a clinic, another medicine in vials, and a form that takes the licence do not fire."""
    priced = offer(FILLER, "Restylane 1 x 1 ml, treatment 350.00", written="Restylane", order="")
    assert ask(ID, evidence(offers=(priced,))).answer is Answer.ABSENT
    assert ask(ID, evidence(offers=(offer(medicine(), "Sildenafil vial 10.00"),))).answer is Answer.ABSENT
    upload = prescription(done=[statement(Rung.UPLOAD)])
    sold = offer(TOXIN, "Botox vial 189.00", written="Botox")
    assert ask(ID, evidence(offers=(sold,), prescription=upload)).answer is Answer.ABSENT


def test_words_for_the_trade_do_not_lower() -> None:
    """A line that promises sale to doctors only changes nothing."""
    sold = offer(TOXIN, "Botox vial 189.00 professionals only", written="Botox")
    assert ask(ID, evidence(offers=(sold,))).answer is Answer.PRESENT
