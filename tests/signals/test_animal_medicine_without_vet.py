"""The signal animal-medicine-without-vet."""

from __future__ import annotations

from pharmcheck.model import Answer, Rung
from tests.builders import ask, evidence, medicine, offer, prescription, statement

ID = "animal-medicine-without-vet"
TABLET = medicine("oclacitinib", use="vet", family="vet")


def test_fires() -> None:
    """Fires on an animal's prescription medicine in the cart."""
    assert ask(ID, evidence(offers=(offer(TABLET),))).answer is Answer.PRESENT


def test_near_miss() -> None:
    """A form for the prescription, a flea product that anybody may buy, and people's medicines do not fire."""
    upload = prescription(done=[statement(Rung.UPLOAD)])
    assert ask(ID, evidence(offers=(offer(TABLET),), prescription=upload)).answer is Answer.ABSENT
    fleas = medicine("fipronil", use="vet", family="vet", status={"US": "otc", "GB": "otc", "EU": "otc"})
    assert ask(ID, evidence(offers=(offer(fleas), offer()))).answer is Answer.ABSENT


def test_it_is_no_medicine_for_people() -> None:
    """The signals on people's medicines leave animals' medicines alone."""
    for other in ("prescription-medicine-straight-to-cart", "no-prescription-intake", "never-approved-product"):
        assert ask(other, evidence(offers=(offer(TABLET),))).answer is not Answer.PRESENT
