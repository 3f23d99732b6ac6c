"""The signal wallet-on-page."""

from __future__ import annotations

from pharmcheck.model import Answer, Kind, SiteKind, Trade
from tests.builders import ask, detail, evidence, over_the_counter, sighting

ID = "wallet-on-page"
TRADE = Trade(wallets=(detail("wallet", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),))


def test_fires() -> None:
    """Fires on the wallet of a seller that names a prescription medicine, and quotes the address."""
    found = ask(ID, evidence(trade=TRADE, sightings=(sighting(),)))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, TRADE.wallets[0].value)


def test_near_miss() -> None:
    """News of a seized wallet, a shop of vitamins, and a seller that shows none do not fire."""
    news = Kind(SiteKind.INFORMATION, "writes about medicines")
    assert ask(ID, evidence(trade=TRADE, sightings=(sighting(),), kind=news)).answer is Answer.ABSENT
    assert ask(ID, evidence(trade=TRADE, sightings=(sighting(over_the_counter()),))).answer is Answer.ABSENT
    assert ask(ID, evidence(sightings=(sighting(),))).answer is Answer.ABSENT
