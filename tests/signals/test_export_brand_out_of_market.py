"""The signal export-brand-out-of-market."""

from __future__ import annotations

from dataclasses import replace

from pharmcheck.model import Answer, Gap, Operator
from tests.builders import address, ask, evidence, medicine, offer

ID = "export-brand-out-of-market"
KAMAGRA = offer(medicine(export_brands=(("Kamagra", "IN"),)), written="Kamagra")


def test_fires() -> None:
    """Fires when the site names another country than the brand's home, or prices it in a foreign currency."""
    abroad = evidence(offers=(KAMAGRA,), operator=Operator(addresses=(address("GB"),)))
    assert ask(ID, abroad).answer is Answer.PRESENT
    found = ask(ID, evidence(offers=(KAMAGRA,)))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].note == "Kamagra is a brand of IN; the price is in USD"


def test_near_miss() -> None:
    """At home it is a brand like any other; the same medicine under its ordinary name never fires."""
    home = replace(KAMAGRA, currency="INR")
    assert ask(ID, evidence(offers=(home,), operator=Operator(addresses=(address("IN"),)))).answer is Answer.ABSENT
    ordinary = replace(KAMAGRA, written="Viagra")
    assert ask(ID, evidence(offers=(ordinary,), operator=Operator(addresses=(address("GB"),)))).answer is Answer.ABSENT


def test_unknown_without_market() -> None:
    """Unknown when nothing tells where it is sold, and when the operator could not be read."""
    assert ask(ID, evidence(offers=(replace(KAMAGRA, currency=""),))).answer is Answer.UNKNOWN
    assert ask(ID, evidence(offers=(KAMAGRA,), operator=Gap("operator", "no page"))).why == "no page"
