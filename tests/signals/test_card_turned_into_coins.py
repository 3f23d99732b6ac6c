"""The signal card-turned-into-coins."""

from __future__ import annotations

from pharmcheck.model import Answer, Kind, SiteKind, Stance, Trade
from tests.builders import ask, detail, evidence, mention, over_the_counter, sighting

ID = "card-turned-into-coins"
TRADE = Trade(payments=(detail("payment", "onramp", text="Your card is charged by MoonPay"),))


def test_fires() -> None:
    """Fires where a seller of medicines names the company that sells the coins, or says that the card buys them."""
    assert ask(ID, evidence(trade=TRADE, sightings=(sighting(),))).answer is Answer.PRESENT
    said = evidence(
        mentions=(mention("card-into-coins", "your card is converted to bitcoin"),), sightings=(sighting(),)
    )
    assert ask(ID, said).quotes[0].text == "your card is converted to bitcoin"


def test_near_miss() -> None:
    """Coin news, a shop without prescription medicines, other ways to pay, and a denial do not fire."""
    news = Kind(SiteKind.NOT_A_SELLER, "names no medicine")
    assert ask(ID, evidence(trade=TRADE, sightings=(sighting(),), kind=news)).answer is Answer.ABSENT
    assert ask(ID, evidence(trade=TRADE, sightings=(sighting(over_the_counter()),))).answer is Answer.ABSENT
    card = Trade(payments=(detail("payment", "card"),))
    denied = mention("card-into-coins", stance=Stance.DENIED)
    given = evidence(trade=card, mentions=(denied,), sightings=(sighting(),))
    assert ask(ID, given).answer is Answer.ABSENT
