"""The signal registration-country-against-claims."""

from __future__ import annotations

from typing import Any

from pharmcheck.model import Answer, Evidence, Operator
from tests.builders import address, ask, evidence
from tests.signals.looked_up import registration

ID = "registration-country-against-claims"


def given(country: str, *claimed: str, **fields: Any) -> Evidence:
    """Return the evidence of a registrant in one country and a site with addresses in others."""
    operator = Operator(addresses=tuple(address(c) for c in claimed))
    return evidence(operator=operator, registration=registration(country=country, **fields))


def test_fires() -> None:
    """Fires where the registrant sits in none of the countries of the site's addresses, and quotes both."""
    found = ask(ID, given("PK", "GB"))
    assert found.answer is Answer.PRESENT
    assert {q.note for q in found.quotes} == {"registrant in PK", "the site gives an address in GB"}


def test_near_miss() -> None:
    """One shared country, a service that hides owners, and a site without an address do not fire."""
    assert ask(ID, given("GB", "IN", "GB")).answer is Answer.ABSENT
    assert ask(ID, given("IS", "GB", privacy_service="Sample Privacy ehf")).answer is Answer.ABSENT
    assert ask(ID, given("PK")).answer is Answer.ABSENT
    assert ask(ID, given("", "GB")).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown where nothing was looked up."""
    assert ask(ID, evidence(operator=Operator(addresses=(address("GB"),)))).answer is Answer.UNKNOWN
