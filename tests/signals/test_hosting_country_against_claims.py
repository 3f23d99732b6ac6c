"""The signal hosting-country-against-claims."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer, Evidence, Hosting, Operator
from tests.builders import address, ask, evidence, quote

ID = "hosting-country-against-claims"


def served(country: str, asn: int = 64500) -> Hosting:
    """Return an address of the host in that country and network."""
    return Hosting(
        "192.0.2.7", asn, "Sample Hosting", country, ("Sample of 2026-10-01",), quote("", "hosting:192.0.2.7")
    )


def given(claimed: tuple[str, ...], *hosting: Hosting) -> Evidence:
    """Return the evidence of a site with addresses in those countries."""
    return evidence(operator=Operator(addresses=tuple(map(address, claimed))), hosting=hosting)


def test_fires() -> None:
    """Fires where every address of the host is on another continent than every address of the site, and quotes both."""
    found = ask(ID, given(("GB",), served("HK")))
    assert found.answer is Answer.PRESENT
    assert [q.url for q in found.quotes] == ["hosting:192.0.2.7", "https://shop.example/"]
    assert found.quotes[-1].note == "the site gives an address in GB"


@pytest.mark.parametrize(
    ("claimed", "hosting"),
    [
        (("GB",), (served("DE"),)),
        (("GB", "IN"), (served("HK"),)),
        (("GB",), (served("HK"), served("NL"))),
        ((), (served("HK"),)),
        (("",), (served("HK"),)),
    ],
)
def test_near_miss(claimed: tuple[str, ...], hosting: tuple[Hosting, ...]) -> None:
    """A neighbour, one shared continent, one near server, and a site without an address do not fire."""
    assert ask(ID, given(claimed, *hosting)).answer is Answer.ABSENT


@pytest.mark.parametrize("hosting", [served("US", 13335), served("HK", 0), served(""), served("ZZ")])
def test_unknown_where_the_server_hides(hosting: Hosting) -> None:
    """A content network is everywhere, and so may be one of no known number; a country that no table tells is no place."""
    assert ask(ID, given(("GB",), hosting)).answer is Answer.UNKNOWN


def test_unknown() -> None:
    """Unknown where no table was held."""
    assert ask(ID, evidence(operator=Operator(addresses=(address("GB"),)))).answer is Answer.UNKNOWN
