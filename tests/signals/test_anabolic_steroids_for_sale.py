"""The signal anabolic-steroids-for-sale."""

from __future__ import annotations

from pharmcheck.model import Answer, Stance
from tests.builders import ask, evidence, mention

ID = "anabolic-steroids-for-sale"


def test_fires() -> None:
    """Fires on the class of goods in a shop: its own voice, or how it sends and is paid."""
    for business in ("seller-voice", "discreet-packaging", "crypto-payment"):
        found = ask(ID, evidence(mentions=(mention("steroid-goods", "the very words"), mention(business))))
        assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "the very words")


def test_near_miss() -> None:
    """The class where nothing is sold, denied or reported, or another class, does not fire."""
    assert ask(ID, evidence(mentions=(mention("steroid-goods"),))).answer is Answer.ABSENT
    shop = mention("seller-voice")
    for stance in (Stance.DENIED, Stance.REPORTED, Stance.WARNED):
        assert ask(ID, evidence(mentions=(mention("steroid-goods", stance=stance), shop))).answer is Answer.ABSENT
    assert ask(ID, evidence(mentions=(mention("sedative-goods"), shop))).answer is Answer.ABSENT
