"""The signal country-mismatch."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer, Detail, Evidence, Operator, Trade
from tests.builders import address, ask, detail, evidence, phone, target

ID = "country-mismatch"
INDIAN = phone("+91 22 5550 0100", "IN")


def given(*pairs: tuple[Detail, Detail], trade: Trade | None = None) -> Evidence:
    """Return the evidence of a site whose entries give these together."""
    operator = Operator(
        addresses=tuple(home for home, _ in pairs), phones=tuple(other for _, other in pairs), together=pairs
    )
    return evidence(operator=operator, trade=trade or Trade())


def test_fires() -> None:
    """Fires when an address and the telephone beside it lie far apart, quotes both, and says what disagrees."""
    found = ask(ID, given((address("GB"), INDIAN)))
    assert found.answer is Answer.PRESENT
    assert {q.note for q in found.quotes} == {
        "telephone of IN, beside an address in GB",
        "address in GB, beside a telephone of IN",
    }


def test_fires_on_a_licence_of_a_far_register() -> None:
    """Fires when the licence beside the address is of a register far away."""
    found = ask(ID, given((address("IN"), detail("licence", "1099999", "GB"))))
    assert found.answer is Answer.PRESENT
    assert any("licence of a register of GB" in quote.note for quote in found.quotes)


def test_fires_on_name() -> None:
    """Fires on a "Canadian" shop with an address in Asia."""
    operator = Operator(addresses=(address("SG"),))
    shop = target("https://canadian-meds.example/")
    assert ask(ID, evidence(operator=operator, target=shop)).answer is Answer.PRESENT


def test_quotes_prices_of_the_far_country() -> None:
    """Prices in the currency of the telephone's country are quoted beside what disagrees, and are nothing alone."""
    rupees = Trade(currencies=(detail("currency", "INR", text="₹499"),))
    found = ask(ID, given((address("GB"), INDIAN), trade=rupees))
    assert "prices in INR" in {quote.note for quote in found.quotes}
    alone = evidence(operator=Operator(addresses=(address("GB"),)), trade=rupees)
    assert ask(ID, alone).answer is Answer.ABSENT


@pytest.mark.parametrize(
    ("home", "number", "country"),
    [
        ("DE", "+43 1 5550100", "AT"),
        ("AT", "+41 44 5550100", "CH"),
        ("FR", "+32 2 5550100", "BE"),
        ("NL", "+32 2 5550100", "BE"),
        ("GB", "+353 1 5550100", "IE"),
        ("NL", "+49 30 5550100", "DE"),
        ("CA", "+1 212 555 0100", "US"),
        ("AU", "+64 9 5550100", "NZ"),
    ],
)
def test_near_miss(home: str, number: str, country: str) -> None:
    """Neighbours do not fire."""
    assert ask(ID, given((address(home), phone(number, country)))).answer is Answer.ABSENT


def test_near_miss_of_a_multinational() -> None:
    """Many offices, each with a telephone of its own country, do not fire; nor what no entry gives together."""
    offices = given((address("GB"), phone("+44 20 7946 0000", "GB")), (address("IN"), INDIAN))
    assert ask(ID, offices).answer is Answer.ABSENT
    apart = evidence(operator=Operator(addresses=(address("GB"),), phones=(INDIAN,)))
    assert ask(ID, apart).answer is Answer.ABSENT


def test_near_miss_of_a_canadian() -> None:
    """A Canadian shop in Canada does not fire."""
    canadian = evidence(operator=Operator(addresses=(address("CA"),)), target=target("https://canadian-meds.example/"))
    assert ask(ID, canadian).answer is Answer.ABSENT
