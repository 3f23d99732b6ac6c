"""The signal crypto-or-wire-only."""

from __future__ import annotations

from pharmcheck.model import Answer, Field, Form, Page, Stance
from tests.builders import URL, ask, evidence, mention, page

ID = "crypto-or-wire-only"


def paying(*ways: str) -> Page:
    """Return a checkout page with these ways to pay."""
    field = Field("select", "payment_method", "Pay with", options=ways)
    form = Form(f"{URL}pay", "POST", (field,), " ".join(ways))
    return page(" ".join(ways), f"{URL}checkout", "checkout", forms=(form,))


def test_fires() -> None:
    """Fires on words that ask for coins, gift cards or wired cash."""
    for concept in ("crypto-only", "crypto-discount", "gift-card-payment"):
        assert ask(ID, evidence(mentions=(mention(concept),))).answer is Answer.PRESENT
    wired = mention("wire-payment", "send it by Western Union")
    assert ask(ID, evidence(mentions=(wired,))).answer is Answer.PRESENT


def test_fires_on_form() -> None:
    """Fires on a checkout form that offers nothing else."""
    checkout = paying("Choose a way to pay", "Bitcoin", "Zelle")
    found = ask(ID, evidence(pages=(page(), checkout)))
    assert found.answer is Answer.PRESENT
    assert "Bitcoin, Zelle" in found.quotes[0].note
    assert ask(ID, evidence(pages=(paying("Venmo", "Perfect Money"),))).answer is Answer.PRESENT


def test_near_miss() -> None:
    """Coins among other ways, a form with a card, an ordinary bank transfer, and refusals do not fire."""
    assert ask(ID, evidence(pages=(paying("Bitcoin", "Credit card"),))).answer is Answer.ABSENT
    transfer = mention("wire-payment", "pay by bank transfer")
    assert ask(ID, evidence(mentions=(transfer,))).answer is Answer.ABSENT
    refused = mention("gift-card-payment", stance=Stance.DENIED)
    assert ask(ID, evidence(mentions=(mention("crypto-payment"), refused))).answer is Answer.ABSENT
