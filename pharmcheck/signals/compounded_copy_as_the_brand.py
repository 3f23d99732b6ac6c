"""Copies of slimming injections under the brand's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Mention, Offer, Quote, Sighting
from pharmcheck.reading.asserted import asserted
from pharmcheck.reading.shops import BUSINESS

# Brands of which the US, Britain and the EU have no generic.
_BRANDS = frozenset({"ozempic", "wegovy", "rybelsus", "mounjaro", "zepbound"})
_COPY = re.compile(
    r"\bgeneric (?:version of |form of |for )?$"
    r"|\b(?:compounded|generic|our)\b[^.\n]{0,60}\b(?:same (?:active )?(?:ingredients?|medication|medicine|drug|thing|formula)"
    r"|identical|equivalent|version of|copy of|clone of|works just like)\b[^.\n]{0,40}$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|not|never|isn't|aren't|doesn't|neither|nor|there is|is there|what is|beware|warn\w*|illegal\w*|unlawful\w*"
    r"|claim\w*|fda|mhra|police|patent\w*)\b",
    re.IGNORECASE,
)
_BEFORE = 120  # characters


def compounded_copy_as_the_brand(
    offers: Sequence[Offer], mentions: Sequence[Mention], sightings: Sequence[Sighting]
) -> Iterator[Quote]:
    """Compounded or invented copies are sold as generic Ozempic, or as the same as a brand of which no generic exists.

    Why: a compounded medicine is not checked by FDA and must not be advertised as the approved one, or as its generic.
    Source: FDA letters to telehealth firms on compounded GLP-1 medicines, September 2025 and March 2026; 21 U.S.C.
    352(bb).
    False alarm: a lawful generic in a country where the patent has ended (India, Canada, Brazil or China, from 2026).
    """
    selling = any(o.medicine.family == "glp1" for o in offers) or asserted(mentions, "seller-voice", *BUSINESS)
    if not selling:
        return
    for sighting in sightings:
        if sighting.written.casefold() not in _BRANDS:
            continue
        text, end = sighting.page.text, sighting.start
        floor = max(0, end - _BEFORE)
        start = max(floor, text.rfind("\n", floor, end) + 1, text.rfind(". ", floor, end) + 1)
        if _COPY.search(text[start:end]) and not _DENIED.search(text[start:end]):
            yield replace(sighting.page.quote(start, sighting.end), note="no regulator has a generic of this brand")
