"""Which kind of site one is that sells no medicines itself: the questions in the order in which they decide."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pharmcheck.model import Kind, Page, Quote, Rung, Sighting, SiteKind
from pharmcheck.reading.letters import pill_list, pill_subject
from pharmcheck.reading.pill_words import calls_in_address
from pharmcheck.reading.salad import find_salad
from pharmcheck.reading.seen import Seen, on_few_pages
from pharmcheck.reading.shops import SAID_TWICE, first_said


def kind_of_bystander(seen: Seen) -> Kind:
    """Return the kind of a site that sells no medicines itself."""
    salad = tuple(quote for page in seen.pages for quote in find_salad(page, seen.sightings))
    quiet = not seen.promoted and not salad
    return (
        (_comparison(seen) if quiet else None)
        or (_supplier_of_the_trade(seen) if quiet else None)
        or _called_on_few_pages(seen, salad)
        or _points_to_a_seller(seen)
        or _strings_keywords(salad)
        or _promises_under_its_address(seen)
        or _calls_to_buy(seen)
        or _writes_about_medicines(seen)
        or Kind(SiteKind.NOT_A_SELLER, "names no medicine and sells none")
    )


def _comparison(seen: Seen) -> Kind | None:
    """Does it say that it compares, or speak of prices compared and discounts twice?"""
    concepts = ("price-comparison", "discount-card")
    if not seen.vocation.comparison and len(seen.says(*concepts)) < SAID_TWICE:
        return None
    quotes = seen.vocation.comparison or first_said(seen.mentions, *concepts)
    return Kind(SiteKind.COMPARISON, "compares prices or hands out discounts; it does not sell", quotes)


def _supplier_of_the_trade(seen: Seen) -> Kind | None:
    """Does it say that it supplies the trade, and calls no one to buy?"""
    said = first_said(seen.mentions, "wholesale-only")
    if not said or seen.pitches:
        return None
    return Kind(SiteKind.NOT_A_SELLER, "supplies the trade, not the public", said)


def _called_on_few_pages(seen: Seen, salad: Sequence[Quote]) -> Kind | None:
    """Do calls to buy stand on few pages of a site about medicines, as what others wrote there?"""
    calling = (*salad, *(p.quote for p in seen.pitches), *(p.quote for p in seen.promoted))
    if seen.target.is_page or not calling or not on_few_pages(seen.pages, calling, seen.prescription):
        return None
    if seen.promoted and _is_planted(seen):
        return None
    why = "writes about medicines; calls to buy stand on a page or two of it, as quotations, comments or spam"
    return Kind(SiteKind.INFORMATION, why, calling[:3])


def _points_to_a_seller(seen: Seen) -> Kind | None:
    """Does it promote a seller, or was such promotion planted in it?"""
    quotes = tuple(p.quote for p in seen.promoted[:3])
    if not quotes:
        return None
    if _is_planted(seen):
        why = "carries medicine links that have nothing to do with the rest of the site"
        return Kind(SiteKind.HACKED_HOST, why, quotes)
    return Kind(SiteKind.PROMOTION, "points its readers to a seller of medicines", quotes)


def _strings_keywords(salad: tuple[Quote, ...]) -> Kind | None:
    """Is it made of the keywords of pill shops?"""
    why = "strings keywords of a pill shop together and names no shop"
    return Kind(SiteKind.PROMOTION, why, salad[:3]) if salad else None


def _promises_under_its_address(seen: Seen) -> Kind | None:
    """Does a page whose address calls to buy promise a medicine without a prescription?"""
    promised = tuple(s.quote for s in seen.prescription.said if s.rung is Rung.NONE and s.medicine)
    if not promised or not seen.target.is_page or not calls_in_address(seen.target.url):
        return None
    why = "tells, under an address that calls to buy it, of a medicine without prescription"
    return Kind(SiteKind.PROMOTION, why, promised[:3])


def _calls_to_buy(seen: Seen) -> Kind | None:
    """Does it call to buy medicines, as a pitch or in the manner of letters?"""
    letters = tuple(q for page in seen.pages for q in (pill_subject(page), pill_list(page, seen.sightings)) if q)
    quotes = letters or tuple(p.quote for p in seen.pitches[:3])
    why = "calls to buy prescription medicines and names no shop"
    return Kind(SiteKind.PROMOTION, why, quotes) if quotes else None


def _writes_about_medicines(seen: Seen) -> Kind | None:
    """Does it name medicines, or speak as those do who write about them?"""
    named = [s for s in seen.sightings if s.medicine.use != "supplement"]
    if not named and not seen.says("article-voice", "news-voice", "warning-voice", "regulator-voice"):
        return None
    why = "writes about medicines and offers no way to buy them"
    return Kind(SiteKind.INFORMATION, why, tuple(s.quote for s in named[:2]))


def _is_planted(seen: Seen) -> bool:
    """True when on each page that names medicines they are an island in something else."""
    touched = {s.page.url for s in seen.sightings}
    islands = (_is_island(page, seen.sightings) for page in seen.pages if page.url in touched)
    return not seen.target.is_page and bool(touched) and all(islands)


def _is_island(page: Page, sightings: Sequence[Sighting]) -> bool:
    """True when the medicine names of a page stand in under a tenth of its lines: planted, not its subject."""
    breaks = [match.start() for match in re.finditer("\n", page.text)]
    hit = {bisect_left(breaks, s.start) for s in sightings if s.page is page}
    return len(hit) * 10 <= len(breaks) + 1 and not any(s.start < len(page.title) for s in sightings if s.page is page)
