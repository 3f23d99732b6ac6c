"""The signal lifestyle-medicines-as-goods."""

from __future__ import annotations

from pharmcheck.model import Answer, Mention, Stance
from tests.builders import ask, evidence, mention, page

ID = "lifestyle-medicines-as-goods"


def test_fires() -> None:
    """Fires on the class of goods in a shop: its own voice, or how it sends and is paid."""
    for business in ("seller-voice", "discreet-packaging", "crypto-payment"):
        found = ask(ID, evidence(mentions=(mention("potency-goods", "the very words"), mention(business))))
        assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "the very words")


def test_near_miss() -> None:
    """The class where nothing is sold, denied or reported, or another class, does not fire."""
    assert ask(ID, evidence(mentions=(mention("potency-goods"),))).answer is Answer.ABSENT
    shop = mention("seller-voice")
    for stance in (Stance.DENIED, Stance.REPORTED, Stance.WARNED):
        assert ask(ID, evidence(mentions=(mention("potency-goods", stance=stance), shop))).answer is Answer.ABSENT
    assert ask(ID, evidence(mentions=(mention("steroid-goods"), shop))).answer is Answer.ABSENT


def test_near_miss_in_running_text() -> None:
    """A class in a sentence that sells nothing is no assortment; in one that does, or on a line of its own, it is."""
    told = page(
        "Some who buy sleeping tablets from strangers wake up in our hospital, and our shop only sells cards.\nsleeping tablets"
    )
    shop = mention("seller-voice")
    inside = Mention("sedative-goods", told, 13, 29, Stance.ASSERTED)
    assert ask(ID, evidence(mentions=(inside, shop))).answer is Answer.ABSENT
    assert (
        ask(ID, evidence(mentions=(inside, mention("sales-pitch", "our shop", on=told), shop))).answer is Answer.PRESENT
    )
    alone = Mention("sedative-goods", told, len(told.text) - 16, len(told.text), Stance.ASSERTED)
    assert ask(ID, evidence(mentions=(alone, shop))).answer is Answer.PRESENT
