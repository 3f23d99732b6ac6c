"""Pages of advice: a pharmacy whose shelves hold what needs no prescription writes there of what others sell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from pharmcheck.model import Mention, Offer, Page, Stance

# What such pages are called in an address; `artikel` and `article` are goods in German and French shops.
_ADVICE = re.compile(
    r"/(?:[\w-]{0,20}-)?(?:blog|advice|ratgeber|magazine?|journal|news|actualites?|conseils?|consejos|consigli|consulta|conselhos|poradn\w+|porady|"
    r"rady|guides?|guias?|tips|advies|tipy|clanky|artykuly|health-(?:hub|library|centre|center)|wissen|novosti|stati|råd|rad|bloggen|blogi|"
    r"arthra|symvoules|cikkek|tanacsok|hirek|articole|sfaturi|makaleler|rehber|haberler|artikkelit|uutiset|"
    r"savjeti|clanci|saveti|statii|statti|straipsniai|patarimai|raksti|padomi|artiklid|nasveti|column)"
    r"(?:[/_-]|\.html?|$)",
    re.IGNORECASE,
)
_FEWEST = 5  # different medicines that need no prescription, offered on other pages
_MOST_ON_PRESCRIPTION = 0.25  # of the offers there; who sells without a prescription sells little else


def told_in_advice(
    mentions: Sequence[Mention], offers: Sequence[Offer], pages: Sequence[Page]
) -> tuple[tuple[Mention, ...], tuple[Offer, ...]]:
    """Return mentions and offers as they count: on a site whose shelves hold what needs no prescription, those on pages of advice
    are told of others, and are no offers.

    Nothing changes where the shelves hold other goods, nor for what stands on any other page.
    """
    advice = {page.url for page in pages if _ADVICE.search(urlsplit(page.url).path)}
    if not advice or not _sells_over_the_counter([o for o in offers if o.page.url not in advice]):
        return tuple(mentions), tuple(offers)
    told = (
        replace(m, stance=Stance.REPORTED) if m.stance is Stance.ASSERTED and m.page.url in advice else m
        for m in mentions
    )
    return tuple(told), tuple(o for o in offers if o.page.url not in advice)


def _sells_over_the_counter(elsewhere: Sequence[Offer]) -> bool:
    priced = [o for o in elsewhere if o.price or o.order]
    free = {o.medicine.name for o in priced if not o.needs_prescription}
    return len(free) >= _FEWEST and sum(o.needs_prescription for o in priced) <= _MOST_ON_PRESCRIPTION * len(priced)
