"""What kind of site is this? Asked before anything is scored.

Every step looks for the presence of something that sells; nothing that a page adds can undo it. So a shop cannot
talk itself out of being a shop, and an article that names medicines does not become one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pharmcheck.model import (
    Kind,
    Mention,
    Offer,
    Operator,
    Page,
    Pitch,
    Prescription,
    Promoted,
    Quote,
    Rung,
    Sighting,
    SiteKind,
    Statement,
    Target,
)
from pharmcheck.model.captured import FIRST
from pharmcheck.reading.asserted import asserted
from pharmcheck.reading.host import is_market
from pharmcheck.reading.intake import ASKS_FOR_NONE, ASKS_FOR_ONE, ORDER_ON_SITE
from pharmcheck.reading.letters import pill_list, pill_subject
from pharmcheck.reading.ordering import has_cart
from pharmcheck.reading.pill_words import calls_in_address
from pharmcheck.reading.salad import find_salad
from pharmcheck.reading.shops import SAID_TWICE, catalogue_of, first_said, shown_for_sale, trading_signs
from pharmcheck.reading.vocation import Vocation, read_vocation
from pharmcheck.reading.ways_to_buy import read_well, shows_no_way_to_buy, takes_no_orders, tells_of_others


def read_kind(
    target: Target,
    pages: Sequence[Page],
    mentions: Sequence[Mention],
    sightings: Sequence[Sighting],
    offers: Sequence[Offer],
    promoted: Sequence[Promoted],
    pitches: Sequence[Pitch],
    prescription: Prescription,
    operator: Operator,
) -> Kind:
    """Return the kind of site; `pages` are those that could be read, at least one."""
    vocation = read_vocation(target, pages, mentions, operator)
    no_way = shows_no_way_to_buy(pages, mentions, offers, prescription)
    if vocation.pharmacy and no_way and _told_by_others(pages, pitches, prescription):
        vocation = replace(vocation, pharmacy=())
    return _seller(
        target, pages, mentions, sightings, offers, promoted, prescription, operator, vocation, no_way
    ) or _bystander(target, pages, mentions, sightings, promoted, pitches, prescription, vocation)


def _seller(
    target: Target,
    pages: Sequence[Page],
    mentions: Sequence[Mention],
    sightings: Sequence[Sighting],
    offers: Sequence[Offer],
    promoted: Sequence[Promoted],
    prescription: Prescription,
    operator: Operator,
    vocation: Vocation,
    no_way: bool,
) -> Kind | None:
    """Return the kind of a site that sells, dispenses, prescribes or passes on medicines itself, or None.

    Which of these kinds it is may turn on any word, for they are judged alike; that it is one of them never does, but on a site
    that was read well and lets nobody order (`no_way` tells that it shows none to buy).
    """
    if vocation.comparison and _compares_throughout(pages, mentions) and takes_no_orders(pages, mentions, offers):
        return None
    own = (
        _ordered(pages, mentions, offers)
        or catalogue_of(mentions, offers)
        or _freely_priced(pages, mentions, offers, prescription)
    )
    voices = asserted(mentions, "seller-voice")
    clinic = asserted(mentions, "telehealth-service")
    intake = [s for s in prescription.done if s.rung in (Rung.UPLOAD, Rung.E_PRESCRIPTION)]
    quotes = tuple([o.quote for o in own[:2]] + [m.quote for m in voices[:2]] + [s.quote for s in intake[:1]])
    if any(o.medicine.use == "research" for o in own) or (
        asserted(mentions, "research-use-only") and any(o.medicine.use == "research" for o in offers)
    ):
        return Kind(SiteKind.RESEARCH_CHEMICALS, "offers substances for research that people inject or swallow", quotes)
    told_of = (promoted and target.is_page) or no_way
    trading = () if told_of else trading_signs(target, pages, mentions, sightings, prescription)
    sells = bool(own or voices or intake or vocation.pharmacy or trading)
    passing = _passes_on(pages, mentions, sightings, prescription, vocation, sells)
    if passing:
        return Kind(SiteKind.INTERMEDIARY, "passes orders on to pharmacies elsewhere", passing)
    if sells and _for_animals(own, mentions, sightings):
        return Kind(SiteKind.VET_PHARMACY, "sells medicines for animals", quotes or vocation.pharmacy)
    spoken_of = len(clinic) >= SAID_TWICE and not no_way
    prescribes = vocation.clinic or spoken_of or (clinic and (own or voices or intake))
    if prescribes and not any(o.order == "cart" for o in own):
        said = vocation.clinic or first_said(mentions, "telehealth-service")
        return Kind(SiteKind.TELEHEALTH, "its own clinicians prescribe", said)
    return _kind_of_shop(target, operator, vocation, own, voices, intake, trading, quotes) if sells else None


def _kind_of_shop(
    target: Target,
    operator: Operator,
    vocation: Vocation,
    own: Sequence[Offer],
    voices: Sequence[Mention],
    intake: Sequence[Statement],
    trading: tuple[Quote, ...],
    quotes: tuple[Quote, ...],
) -> Kind:
    """Return the kind of a site that sells medicines itself, by the strongest of what shows it."""
    if is_market(target):
        return Kind(SiteKind.MARKETPLACE_LISTING, "a listing on a marketplace offers medicines", quotes or trading)
    professional = bool(operator.pharmacists or operator.licences or vocation.pharmacy)
    if own and not professional and not any(o.medicine.prescription_only for o in own):
        return Kind(SiteKind.OTC_SHOP, "sells medicines, none of them on prescription only as far as was read", quotes)
    if own:
        return Kind(SiteKind.PHARMACY, "offers medicines itself", quotes)
    if voices:
        return Kind(SiteKind.PHARMACY, "says that it sells medicines", quotes)
    if intake:
        return Kind(SiteKind.PHARMACY, "takes prescriptions", quotes)
    if trading:
        return Kind(
            SiteKind.PHARMACY, "takes orders under the name of a medicine, or hides its parcels from customs", trading
        )
    return Kind(SiteKind.PHARMACY, "says that it is a pharmacy", vocation.pharmacy)


def _told_by_others(pages: Sequence[Page], pitches: Sequence[Pitch], prescription: Prescription) -> bool:
    """True when calls to buy stand on few pages: where nothing can be bought, a forum under the name of a pharmacy."""
    return bool(pitches) and _on_few_pages(pages, [pitch.quote for pitch in pitches], prescription)


def _compares_throughout(pages: Sequence[Page], mentions: Sequence[Mention]) -> bool:
    """True when a site says where people arrive, and on another page, that it compares prices: one sentence makes no comparison."""
    said = {id(m.page) for m in asserted(mentions, "pharmacy-comparison", "price-comparison", "discount-card")}
    return len(said) >= SAID_TWICE and any(id(page) in said for page in pages if page.role in FIRST)


def _ordered(pages: Sequence[Page], mentions: Sequence[Mention], offers: Sequence[Offer]) -> list[Offer]:
    """Return what can be ordered on the site itself."""
    ordered = [
        o for o in offers if (o.order in ORDER_ON_SITE or (o.price and o.order)) and o.medicine.use != "supplement"
    ]
    tabled = {o.medicine.name for o in offers if o.price}
    if all(o.order == "table" for o in ordered) and len(tabled) < SAID_TWICE and not shown_for_sale(mentions):
        return []  # a guide to one medicine has a table of its prices as well
    if read_well(pages) and not tabled and not any(map(has_cart, pages)):
        return []  # `Add to cart: …` in a headline, on a site without prices and carts
    return ordered


def _freely_priced(
    pages: Sequence[Page], mentions: Sequence[Mention], offers: Sequence[Offer], prescription: Prescription
) -> list[Offer]:
    """Return the priced offers of prescription medicines where the site says that it asks for no prescription, and how it sells:
    not those of a site that was read well and takes no orders, for it lists what others sell."""
    asks_for_none = any(s.rung is Rung.NONE for s in prescription.said)
    if not (asks_for_none and shown_for_sale(mentions)) or tells_of_others(pages, mentions, offers):
        return []
    return [o for o in offers if o.price and o.needs_prescription and o.medicine.use in ("human", "research")]


def _passes_on(
    pages: Sequence[Page],
    mentions: Sequence[Mention],
    sightings: Sequence[Sighting],
    prescription: Prescription,
    vocation: Vocation,
    sells: bool,
) -> tuple[Quote, ...]:
    """Return the quotes by which it passes prescriptions on to pharmacies elsewhere, or sends from abroad on prescription."""
    if vocation.broker:
        return vocation.broker
    if sells or sightings:
        told = asserted(mentions, "referral-service")
        if told and (not read_well(pages) or len({id(m.page) for m in told}) >= SAID_TWICE):
            return (told[0].quote,)
    asked = vocation.co_signed or any(s.rung in ASKS_FOR_ONE for s in (*prescription.said, *prescription.done))
    if not asked or any(s.rung in ASKS_FOR_NONE for s in prescription.said):
        return ()
    return (vocation.abroad if sells else ()) or (vocation.dispatched if sells or sightings else ())


def _for_animals(own: Sequence[Offer], mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> bool:
    """True when it speaks of vets and at least half of what it offers, or, without offers, all that it names is theirs."""
    spoken = asserted(mentions, "vet-service")
    if own:
        return bool(spoken) and 2 * sum(o.medicine.use == "vet" for o in own) >= len(own)
    return len(spoken) >= SAID_TWICE and all(s.medicine.use in ("vet", "supplement") for s in sightings)


def _bystander(
    target: Target,
    pages: Sequence[Page],
    mentions: Sequence[Mention],
    sightings: Sequence[Sighting],
    promoted: Sequence[Promoted],
    pitches: Sequence[Pitch],
    prescription: Prescription,
    vocation: Vocation,
) -> Kind:
    """Return the kind of a site that sells no medicines itself."""
    salad = tuple(quote for page in pages for quote in find_salad(page, sightings))
    quiet = not promoted and not salad
    if quiet and (vocation.comparison or len(asserted(mentions, "price-comparison", "discount-card")) >= SAID_TWICE):
        quotes = vocation.comparison or first_said(mentions, "price-comparison", "discount-card")
        return Kind(SiteKind.COMPARISON, "compares prices or hands out discounts; it does not sell", quotes)
    wholesale = first_said(mentions, "wholesale-only")
    if wholesale and quiet and not pitches:
        return Kind(SiteKind.NOT_A_SELLER, "supplies the trade, not the public", wholesale)
    letters = tuple(q for page in pages for q in (pill_subject(page), pill_list(page, sightings)) if q)
    calling = (*salad, *(p.quote for p in pitches), *(p.quote for p in promoted))
    few = not target.is_page and bool(calling) and _on_few_pages(pages, calling, prescription)
    if few and not (promoted and _is_planted(target, pages, sightings)):
        why = "writes about medicines; calls to buy stand on a page or two of it, as quotations, comments or spam"
        return Kind(SiteKind.INFORMATION, why, calling[:3])
    if promoted:
        return _promoting(target, pages, sightings, promoted)
    if salad:
        return Kind(SiteKind.PROMOTION, "strings keywords of a pill shop together and names no shop", salad[:3])
    promised = [s.quote for s in prescription.said if s.rung is Rung.NONE and s.medicine]
    if promised and target.is_page and calls_in_address(target.url):
        return Kind(
            SiteKind.PROMOTION,
            "tells, under an address that calls to buy it, of a medicine without prescription",
            tuple(promised[:3]),
        )
    if pitches or letters:
        quotes = letters or tuple(p.quote for p in pitches[:3])
        return Kind(SiteKind.PROMOTION, "calls to buy prescription medicines and names no shop", quotes)
    named = [s for s in sightings if s.medicine.use != "supplement"]
    if named or first_said(mentions, "article-voice", "news-voice", "warning-voice", "regulator-voice"):
        return Kind(
            SiteKind.INFORMATION,
            "writes about medicines and offers no way to buy them",
            tuple(s.quote for s in named[:2]),
        )
    return Kind(SiteKind.NOT_A_SELLER, "names no medicine and sells none")


def _promoting(
    target: Target, pages: Sequence[Page], sightings: Sequence[Sighting], promoted: Sequence[Promoted]
) -> Kind:
    """Tell a page that promotes a seller from a site into which such promotion was planted."""
    quotes = tuple(p.quote for p in promoted[:3])
    if _is_planted(target, pages, sightings):
        return Kind(
            SiteKind.HACKED_HOST, "carries medicine links that have nothing to do with the rest of the site", quotes
        )
    return Kind(SiteKind.PROMOTION, "points its readers to a seller of medicines", quotes)


def _is_planted(target: Target, pages: Sequence[Page], sightings: Sequence[Sighting]) -> bool:
    touched = {s.page.url for s in sightings}
    return not target.is_page and bool(touched) and all(_islands(p, sightings) for p in pages if p.url in touched)


def _on_few_pages(pages: Sequence[Page], calling: Sequence[Quote], prescription: Prescription) -> bool:
    """True when a site was read well, and what calls for buyers stands on less than half of its pages, none of them the home page:
    comments, quotations of an article, or pages that somebody planted."""
    touched = {quote.url for quote in (*calling, *(s.quote for s in prescription.said if s.rung is Rung.NONE))}
    home = {page.url for page in pages if page.role == "home"}
    return read_well(pages) and not touched & home and 2 * len(touched) < len(pages)


def _islands(page: Page, sightings: Sequence[Sighting]) -> bool:
    """True when the medicine names of a page stand in under a tenth of its lines: planted, not its subject."""
    breaks = [match.start() for match in re.finditer("\n", page.text)]
    hit = {bisect_left(breaks, s.start) for s in sightings if s.page is page}
    return len(hit) * 10 <= len(breaks) + 1 and not any(s.start < len(page.title) for s in sightings if s.page is page)
