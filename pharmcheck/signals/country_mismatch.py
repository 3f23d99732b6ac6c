"""Where does it say that it is?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Detail, Operator, Quote, Target, Trade

# Neighbours across which one lawful seller often has both address and phone.
_EUROPE = (
    "AT BE BG CH CY CZ DE DK EE ES FI FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MT NL NO PL PT RO SE SI SK"
)
_NEIGHBOURS = {
    country: name
    for name, countries in {"Europe": _EUROPE, "North America": "US CA PR VI GU", "Oceania": "AU NZ"}.items()
    for country in countries.split()
}
_AT_HOME = {"INR": "IN", "RUB": "RU", "GBP": "GB", "USD": "US", "CAD": "CA", "AUD": "AU", "CNY": "CN", "JPY": "JP"}
_MEANS = {"phone": "telephone of", "licence": "licence of a register of"}


def country_mismatch(operator: Operator, target: Target, trade: Trade) -> Iterator[Quote]:
    """One entry of the site gives an address and a telephone, a licence or a name of countries far apart.

    Why: a "Canadian" shop with an address in Asia, or a London address with a telephone abroad, hides where it
    is. But for a name that says Canada only what stands beside the address counts, so a list of offices, each with its own
    telephone, does not; only numbers in international form, toll-free ones have no country; all Europe counts as one.
    Currency and language alone count for nothing: a price in the far country's currency is quoted where the rest already
    disagrees.
    Source: DEA alert of October 2024 (US-looking names, foreign sellers); Health Canada,
    buying-drugs-over-internet.
    False alarm: a small seller whose call centre is abroad, or the address of a supplier taken for the seller's.
    """
    far: set[str] = set()
    for address, other in operator.together:
        if _region(address) != _region(other):
            far.add(other.country)
            says = f"{_MEANS.get(other.kind, other.kind)} {other.country}"
            yield replace(other.quote, note=f"{says}, beside an address in {address.country}")
            yield replace(address.quote, note=f"address in {address.country}, beside a {says}")
    names = [target.domain, *(d.value for d in operator.names)]
    canadian = next((name for name in names if re.search(r"canad(?:a|ian)", name, re.IGNORECASE)), "")
    if canadian:
        abroad = [a for a in operator.addresses if a.country and _region(a) != "North America"]
        yield from (replace(a.quote, note=f"{canadian} gives an address in {a.country}") for a in abroad)
    for price in trade.currencies if far else ():
        if _AT_HOME.get(price.value) in far:
            yield replace(price.quote, note=f"prices in {price.value}")


def _region(detail: Detail) -> str:
    """Return the group of neighbours in which the detail's country lies, or the country itself."""
    return _NEIGHBOURS.get(detail.country, detail.country)
