"""The signal crypto-accepted-for-medicines."""

from __future__ import annotations

from pharmcheck.model import Answer, Detail, Kind, Quote, SiteKind, Stance, Trade
from tests.builders import ask, evidence, mention, over_the_counter, sighting, unread

ID = "crypto-accepted-for-medicines"
CONCEPTS = ("crypto-payment",)


def test_fires() -> None:
    """Fires on the words of a site that names a prescription medicine, or such goods as a whole."""
    for concept in CONCEPTS:
        said = mention(concept, "the very words")
        for given in (
            evidence(mentions=(said,), sightings=(sighting(),)),
            evidence(mentions=(said, mention("prescription-trade"))),
        ):
            found = ask(ID, given)
            assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "the very words")


def test_near_miss() -> None:
    """The same words denied or reported, without prescription medicines, or other words do not fire."""
    for stance in (Stance.DENIED, Stance.REPORTED, Stance.WARNED):
        said = (mention(CONCEPTS[0], stance=stance), mention("excluded-destinations"))
        assert ask(ID, evidence(mentions=said, sightings=(sighting(),))).answer is Answer.ABSENT
    otc = evidence(mentions=(mention(CONCEPTS[0]),), sightings=(sighting(over_the_counter()),))
    assert ask(ID, otc).answer is Answer.ABSENT


def test_icons_count() -> None:
    """An icon or a choice in a form counts for a seller of medicines, a sentence without a phrase does not."""
    icon = Trade(payments=(Detail("payment", "crypto", Quote("https://shop.example/", "btc.svg", "icon")),))
    line = Trade(payments=(Detail("payment", "crypto", Quote("https://shop.example/", "bitcoin")),))
    assert ask(ID, evidence(trade=icon, sightings=(sighting(),))).quotes[0].text == "btc.svg"
    assert ask(ID, evidence(trade=line, sightings=(sighting(),))).answer is Answer.ABSENT
    news = Kind(SiteKind.INFORMATION, "writes about medicines")
    assert ask(ID, evidence(trade=icon, sightings=(sighting(),), kind=news)).answer is Answer.ABSENT


def test_unknown_when_unread() -> None:
    """Unknown, with the reason, when the pages could not be read."""
    found = ask(ID, unread("the site did not answer"))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "the site did not answer")
