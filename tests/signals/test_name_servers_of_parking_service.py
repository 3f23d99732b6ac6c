"""The signal name-servers-of-parking-service."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer, Evidence
from tests.builders import ask, evidence
from tests.signals.looked_up import names

ID = "name-servers-of-parking-service"


def served(*servers: str) -> Evidence:
    """Return the evidence of a domain with those name servers."""
    return evidence(dns=names(name_servers=servers, answered=("NS",)))


def test_fires() -> None:
    """Fires where every name server is a parking service's, and names both."""
    found = ask(ID, served("ns1.sedoparking.com", "ns2.sedoparking.com"))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].note == "ns1.sedoparking.com, ns2.sedoparking.com: Sedo"


@pytest.mark.parametrize(
    "servers",
    [(), ("ns1.host.example",), ("ns1.bodis.com", "ns1.host.example"), ("bodis.com.host.example",), ("xbodis.com",)],
)
def test_near_miss(servers: tuple[str, ...]) -> None:
    """No server, one of somebody else, and names that only contain a service's do not fire."""
    assert ask(ID, served(*servers)).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown where the DNS was not asked, and where it did not tell the name servers."""
    assert ask(ID, evidence()).answer is Answer.UNKNOWN
    assert ask(ID, evidence(dns=names())).answer is Answer.UNKNOWN
