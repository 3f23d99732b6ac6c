"""The signal crypto-accepted-for-medicines."""

from __future__ import annotations

from pharmcheck.model import Answer, Detail, Kind, Quote, SiteKind, Trade
from tests.builders import ask, evidence, sighting
from tests.signals.dealers import fires, misses

ID = "crypto-accepted-for-medicines"
CONCEPTS = ("crypto-payment", "crypto-discount")


def test_fires() -> None:
    """Fires on the words of a site that names a prescription medicine, or such goods as a whole."""
    fires(ID, CONCEPTS)


def test_near_miss() -> None:
    """The same words denied or reported, without prescription medicines, or other words do not fire."""
    misses(ID, CONCEPTS)


def test_icons_count() -> None:
    """An icon or a choice in a form counts for a seller of medicines, a sentence without a phrase does not."""
    icon = Trade(payments=(Detail("payment", "crypto", Quote("https://shop.example/", "btc.svg", "icon")),))
    line = Trade(payments=(Detail("payment", "crypto", Quote("https://shop.example/", "bitcoin")),))
    assert ask(ID, evidence(trade=icon, sightings=(sighting(),))).quotes[0].text == "btc.svg"
    assert ask(ID, evidence(trade=line, sightings=(sighting(),))).answer is Answer.ABSENT
    news = Kind(SiteKind.INFORMATION, "writes about medicines")
    assert ask(ID, evidence(trade=icon, sightings=(sighting(),), kind=news)).answer is Answer.ABSENT
