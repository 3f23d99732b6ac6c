"""The signal prescription-medicine-straight-to-cart."""

from __future__ import annotations

from pharmcheck.model import Answer, Rung
from tests.builders import URL, ask, evidence, offer, over_the_counter, page, prescription, statement

ID = "prescription-medicine-straight-to-cart"


def test_fires() -> None:
    """Fires on a prescription medicine with a price and a cart."""
    found = ask(ID, evidence(offers=(offer(text="Sildenafil 50 mg $49.00"),)))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].text == "Sildenafil 50 mg $49.00"


def test_near_miss() -> None:
    """No fire on a form on that page, a page without a cart, or goods that need no prescription."""
    asked = prescription(done=[statement(Rung.QUESTIONNAIRE, url=f"{URL}product")])
    assert ask(ID, evidence(offers=(offer(),), prescription=asked)).answer is Answer.ABSENT
    assert ask(ID, evidence(offers=(offer(order=""), offer(price="")))).answer is Answer.ABSENT
    assert ask(ID, evidence(offers=(offer(over_the_counter()),))).answer is Answer.ABSENT


def test_checkout_asks() -> None:
    """A checkout that takes the prescription clears the cart: lawful mail order asks late."""
    checkout = page("Name Address Card", f"{URL}checkout", "checkout")
    late = prescription(done=[statement(Rung.UPLOAD, url=checkout.url)], checkout=checkout)
    assert ask(ID, evidence(offers=(offer(),), prescription=late, checkout=checkout)).answer is Answer.ABSENT
