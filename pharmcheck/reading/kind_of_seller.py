"""Which kind of seller a site is, if it is one: the questions in the order in which they decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pharmcheck.model import Kind, Mention, Offer, Quote, Rung, SiteKind, Statement
from pharmcheck.model.captured import FIRST
from pharmcheck.reading.host import is_market
from pharmcheck.reading.intake import ASKS_FOR_NONE, ASKS_FOR_ONE, ORDER_ON_SITE
from pharmcheck.reading.ordering import has_cart
from pharmcheck.reading.seen import Seen
from pharmcheck.reading.shops import SAID_TWICE, catalogue_of, first_said, shown_for_sale, trading_signs
from pharmcheck.reading.ways_to_buy import read_well, takes_no_orders, tells_of_others


@dataclass(frozen=True, slots=True)
class _Sale:
    """What shows that a site sells medicines; false where nothing does.

    `own`: what can be ordered there; `voices`: it says that it sells; `intake`: it takes prescriptions; `pharmacy`: it says that
    it is one; `trading`: it ships and is paid as such shops are.
    """

    own: Sequence[Offer]
    voices: Sequence[Mention]
    intake: Sequence[Statement]
    pharmacy: tuple[Quote, ...]
    trading: tuple[Quote, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes by which it sells in so many words or forms, empty where its name or its trade alone shows it."""
        return (
            *(offer.quote for offer in self.own[:2]),
            *(voice.quote for voice in self.voices[:2]),
            *(statement.quote for statement in self.intake[:1]),
        )

    def __bool__(self) -> bool:
        return bool(self.own or self.voices or self.intake or self.pharmacy or self.trading)


def kind_of_seller(seen: Seen) -> Kind | None:
    """Return the kind of a site that sells, dispenses, prescribes or passes on medicines itself, or None.

    Which of these kinds it is may turn on any word, for they are judged alike; that it is one of them never does, but on a site
    that was read well and lets nobody order.
    """
    if _merely_compares(seen):
        return None
    sale = _sale(seen)
    return (
        _research_chemicals(seen, sale)
        or _intermediary(seen, sale)
        or _vet_pharmacy(seen, sale)
        or _telehealth(seen, sale)
        or _shop(seen, sale)
    )


def _merely_compares(seen: Seen) -> bool:
    """True when a site that takes no orders says where people arrive, and on another page, that it compares prices.

    One sentence makes no comparison.
    """
    if not seen.vocation.comparison:
        return False
    said = {id(m.page) for m in seen.says("pharmacy-comparison", "price-comparison", "discount-card")}
    throughout = len(said) >= SAID_TWICE and any(id(page) in said for page in seen.pages if page.role in FIRST)
    return throughout and takes_no_orders(seen.pages, seen.mentions, seen.offers)


def _sale(seen: Seen) -> _Sale:
    trading: tuple[Quote, ...] = ()
    if not seen.no_way and not (seen.promoted and seen.target.is_page):  # there the trade of others is told
        trading = trading_signs(seen.target, seen.pages, seen.mentions, seen.sightings, seen.prescription)
    return _Sale(
        own=_ordered(seen) or catalogue_of(seen.mentions, seen.offers) or _freely_priced(seen),
        voices=seen.says("seller-voice"),
        intake=[s for s in seen.prescription.done if s.rung in (Rung.UPLOAD, Rung.E_PRESCRIPTION)],
        pharmacy=seen.vocation.pharmacy,
        trading=trading,
    )


def _ordered(seen: Seen) -> list[Offer]:
    """Return what can be ordered on the site itself."""
    ordered = [
        o for o in seen.offers if (o.order in ORDER_ON_SITE or (o.price and o.order)) and o.medicine.use != "supplement"
    ]
    tabled = {o.medicine.name for o in seen.offers if o.price}
    if all(o.order == "table" for o in ordered) and len(tabled) < SAID_TWICE and not shown_for_sale(seen.mentions):
        return []  # a guide to one medicine has a table of its prices as well
    if read_well(seen.pages) and not tabled and not any(map(has_cart, seen.pages)):
        return []  # `Add to cart: …` in a headline, on a site without prices and carts
    return ordered


def _freely_priced(seen: Seen) -> list[Offer]:
    """Return the priced offers of prescription medicines where the site says that it asks for no prescription, and how it sells:
    not those of a site that was read well and takes no orders, for it lists what others sell."""
    asks_for_none = any(s.rung is Rung.NONE for s in seen.prescription.said)
    if not (asks_for_none and shown_for_sale(seen.mentions)) or tells_of_others(seen.pages, seen.mentions, seen.offers):
        return []
    return [o for o in seen.offers if o.price and o.needs_prescription and o.medicine.use in ("human", "research")]


def _research_chemicals(seen: Seen, sale: _Sale) -> Kind | None:
    """Does it sell substances for research, or say so of what it shows?"""
    shown = seen.offers if seen.says("research-use-only") else ()
    if not any(o.medicine.use == "research" for o in (*sale.own, *shown)):
        return None
    why = "offers substances for research that people inject or swallow"
    return Kind(SiteKind.RESEARCH_CHEMICALS, why, sale.quotes)


def _intermediary(seen: Seen, sale: _Sale) -> Kind | None:
    """Does it pass prescriptions on to pharmacies elsewhere, or send from abroad on prescription?"""
    quotes = seen.vocation.broker or _refers(seen, sale) or _sends_from_abroad(seen, sale)
    return Kind(SiteKind.INTERMEDIARY, "passes orders on to pharmacies elsewhere", quotes) if quotes else None


def _refers(seen: Seen, sale: _Sale) -> tuple[Quote, ...]:
    """Return the quote by which it refers to others; of a site that was read well two pages must say so."""
    told = seen.says("referral-service") if sale or seen.sightings else []
    enough = not read_well(seen.pages) or len({id(m.page) for m in told}) >= SAID_TWICE
    return (told[0].quote,) if told and enough else ()


def _sends_from_abroad(seen: Seen, sale: _Sale) -> tuple[Quote, ...]:
    """Return the quotes by which parcels come from another country, where a prescription is asked for."""
    asked = seen.vocation.co_signed or any(
        s.rung in ASKS_FOR_ONE for s in (*seen.prescription.said, *seen.prescription.done)
    )
    if not asked or any(s.rung in ASKS_FOR_NONE for s in seen.prescription.said):
        return ()
    return (seen.vocation.abroad if sale else ()) or (seen.vocation.dispatched if sale or seen.sightings else ())


def _vet_pharmacy(seen: Seen, sale: _Sale) -> Kind | None:
    """Does it speak of vets, and is at least half of what it offers, or, without offers, all that it names theirs?"""
    spoken = seen.says("vet-service")
    if sale.own:
        theirs = bool(spoken) and 2 * sum(o.medicine.use == "vet" for o in sale.own) >= len(sale.own)
    else:
        named = all(s.medicine.use in ("vet", "supplement") for s in seen.sightings)
        theirs = bool(sale) and len(spoken) >= SAID_TWICE and named
    return Kind(SiteKind.VET_PHARMACY, "sells medicines for animals", sale.quotes or sale.pharmacy) if theirs else None


def _telehealth(seen: Seen, sale: _Sale) -> Kind | None:
    """Do its own clinicians prescribe, and does nothing go into a cart without them?"""
    spoken = seen.says("telehealth-service")
    enough = sale.own or sale.voices or sale.intake or (len(spoken) >= SAID_TWICE and not seen.no_way)
    prescribes = seen.vocation.clinic or (spoken and enough)
    if not prescribes or any(o.order == "cart" for o in sale.own):
        return None
    said = seen.vocation.clinic or first_said(seen.mentions, "telehealth-service")
    return Kind(SiteKind.TELEHEALTH, "its own clinicians prescribe", said)


def _shop(seen: Seen, sale: _Sale) -> Kind | None:
    """Does it sell medicines itself, and by what is that shown most strongly?"""
    if not sale:
        return None
    if is_market(seen.target):
        why = "a listing on a marketplace offers medicines"
        return Kind(SiteKind.MARKETPLACE_LISTING, why, sale.quotes or sale.trading)
    professional = seen.operator.pharmacists or seen.operator.licences or sale.pharmacy
    if sale.own and not professional and not any(o.medicine.prescription_only for o in sale.own):
        why = "sells medicines, none of them on prescription only as far as was read"
        return Kind(SiteKind.OTC_SHOP, why, sale.quotes)
    return _pharmacy(sale)


def _pharmacy(sale: _Sale) -> Kind:
    """Return that it is a pharmacy, by the strongest of what shows it."""
    if sale.own:
        return Kind(SiteKind.PHARMACY, "offers medicines itself", sale.quotes)
    if sale.voices:
        return Kind(SiteKind.PHARMACY, "says that it sells medicines", sale.quotes)
    if sale.intake:
        return Kind(SiteKind.PHARMACY, "takes prescriptions", sale.quotes)
    if sale.trading:
        why = "takes orders under the name of a medicine, or hides its parcels from customs"
        return Kind(SiteKind.PHARMACY, why, sale.trading)
    return Kind(SiteKind.PHARMACY, "says that it is a pharmacy", sale.pharmacy)
