"""The host, judged apart from the page."""

from __future__ import annotations

import pytest

from pharmcheck.model import HostState, Kind, SiteKind
from pharmcheck.reading.host import is_market, read_host
from tests.builders import target

PROMOTION = Kind(SiteKind.PROMOTION, "calls to buy")
SHOP = Kind(SiteKind.PHARMACY, "sells")


@pytest.mark.parametrize(
    ("url", "kind", "state"),
    [
        ("https://harlow-jewellers.example/viagra-online", PROMOTION, HostState.LOOKS_COMPROMISED),
        ("https://library.springfield.edu/buy-cialis", PROMOTION, HostState.LOOKS_COMPROMISED),
        ("https://marais.gouv.fr/buy-cialis", PROMOTION, HostState.LOOKS_COMPROMISED),
        ("https://salud.gob.mx/comprar-cialis", PROMOTION, HostState.LOOKS_COMPROMISED),
        ("https://tablets.ac/buy-cialis", PROMOTION, HostState.OWN),
        ("https://hospital.example/", Kind(SiteKind.HACKED_HOST, "islands"), HostState.LOOKS_COMPROMISED),
        ("https://pills.blogspot.com/", PROMOTION, HostState.PLATFORM),
        ("https://t.me/pills", PROMOTION, HostState.PLATFORM),
        ("https://www.ebay.co.uk/itm/1", SHOP, HostState.MARKETPLACE),
        ("https://library.springfield.edu/history-of-viagra", Kind(SiteKind.INFORMATION, "writes"), HostState.OWN),
        ("https://larkfield-pharmacy.example/", SHOP, HostState.OWN),
        ("https://notebay.example/itm/1", SHOP, HostState.OWN),
    ],
)
def test_state(url: str, kind: Kind, state: HostState) -> None:
    """A planted page, a platform and a market are told from an owner's own host, and each says why."""
    host = read_host(target(url), kind)
    assert host.state is state
    assert bool(host.why) == (state is not HostState.OWN)


def test_market() -> None:
    """Markets of many countries are known by their name, whatever the suffix."""
    assert is_market(target("https://www.kleinanzeigen.de/s-anzeige/1"))
    assert not is_market(target("https://olxpharmacy.example/"))
