"""How far it ships."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Kind, Mention, Quote, Sighting, Trade
from pharmcheck.reading.continents import continents
from pharmcheck.reading.goods import said_by_dealer
from pharmcheck.reading.sellers import sells_medicines

_INTERNATIONAL = re.compile(r"internat|internac|internaz|międzynar|mezinár|международ", re.IGNORECASE)
# A number of countries, not of days or hours on the way.
_OF_COUNTRIES = re.compile(
    r"(\d+)\W+(?:countr|länder|lande?\b|pays|pa[ií]s|paesi|kraj|państw|panstw|zem|stát|stat|стран|maa|ország|orszag|ţări|țări|tari"
    r"|χώρ|χωρ|ülke|ulke|країн|държав|カ|ヶ|か|ヵ)",
    re.IGNORECASE,
)
_MANY = 28  # countries: the EU has 27
# Neighbours are served by many; eight countries on three continents have no licence in common.
_COUNTRIES = 8
_CONTINENTS = 3


def worldwide_without_restriction(
    mentions: Sequence[Mention], sightings: Sequence[Sighting], trade: Trade, kind: Kind
) -> Iterator[Quote]:
    """Prescription medicines are shipped worldwide.

    Why: no licence reaches every country, and many forbid the trade outright. A list of destinations counts from
    eight countries on three continents, a mere number of countries from 28, one more than the EU has; `international
    shipping` alone does not.
    Source: FDA BeSafeRx (ships worldwide); Directive 2001/83/EC art. 85c(1)(b) (the product must be authorised
    where it arrives).
    False alarm: a shop that ships only its other goods abroad; an intermediary that asks for a prescription.
    """
    told = [m for m in mentions if m.concept != "worldwide-shipping" or not _is_vague(m)]
    yield from said_by_dealer(told, sightings, "worldwide-shipping")
    named = [place for place in trade.destinations if place.value != "WORLD"]
    spread = continents(place.value for place in named)
    if len(named) >= _COUNTRIES and len(spread) >= _CONTINENTS and sells_medicines(kind, mentions, sightings):
        note = f"ships to {len(named)} countries: {', '.join(place.value for place in named)}"
        yield replace(named[0].quote, note=note[:200])


def _is_vague(mention: Mention) -> bool:
    """True for `International shipping` and `to 9 countries`: many send abroad; where to, their list of destinations tells."""
    text = mention.page.text[mention.start : mention.end]
    number = _OF_COUNTRIES.search(text)
    return bool(_INTERNATIONAL.search(text)) or (number is not None and int(number[1]) < _MANY)
