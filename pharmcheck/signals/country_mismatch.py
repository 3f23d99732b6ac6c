"""Where does it say that it is?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Detail, Operator, Quote, Target

# Neighbours across which one lawful seller often has both address and phone.
_EUROPE = (
    "AT BE BG CH CY CZ DE DK EE ES FI FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MT NL NO PL PT RO SE SI SK"
)
_NEIGHBOURS = {
    country: name
    for name, countries in {"Europe": _EUROPE, "North America": "US CA PR VI GU", "Oceania": "AU NZ"}.items()
    for country in countries.split()
}


def country_mismatch(operator: Operator, target: Target) -> Iterator[Quote]:
    """The site's address, telephone number and name point to countries far apart.

    Why: a "Canadian" shop with an address in Asia, or a London address with a telephone abroad, hides where it
    is. Only numbers in international form count, toll-free ones have no country; neighbours count as one;
    currency alone counts for nothing.
    Source: DEA alert of October 2024 (US-looking names, foreign sellers); Health Canada,
    buying-drugs-over-internet.
    False alarm: a multinational that lists its offices, or the address of a supplier taken for the seller's.
    """
    addresses = [d for d in operator.addresses if d.country]
    phones = [d for d in operator.phones if d.country and d.quote.text.strip().startswith(("+", "00", "(+"))]
    for phone in phones:
        apart = [a for a in addresses if _region(a) != _region(phone)]
        if apart:
            yield replace(phone.quote, note=f"telephone of {phone.country}")
            yield replace(apart[0].quote, note=f"address in {apart[0].country}")
    names = [target.domain, *(d.value for d in operator.names)]
    canadian = next((name for name in names if re.search(r"canad(?:a|ian)", name, re.IGNORECASE)), "")
    if canadian:
        far = [a for a in addresses if _region(a) != "North America"]
        yield from (replace(a.quote, note=f"{canadian} gives an address in {a.country}") for a in far)


def _region(detail: Detail) -> str:
    """Return the group of neighbours in which the detail's country lies, or the country itself."""
    return _NEIGHBOURS.get(detail.country, detail.country)
