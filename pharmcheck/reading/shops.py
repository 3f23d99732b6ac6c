"""What shows that a site sells medicines where it neither says so nor offers one: how it ships, is paid, and shifts its duties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pharmcheck.model import Mention, Offer, Page, Prescription, Quote, Rung, Sighting, Stance, Target
from pharmcheck.reading.asserted import asserted, of
from pharmcheck.reading.domain_names import medicine_in_name, promise_in_name
from pharmcheck.reading.pitches import CLASSES
from pharmcheck.reading.prescription import HIDING, in_answer
from pharmcheck.reading.shop_names import names_over_menus, shop_names
from pharmcheck.reading.trade_names import under_trade_name

# How parcels travel and money comes in; with goods that are medicines, two or three of these are a shop's.
BUSINESS = (
    "order-call", "pack-table", "worldwide-shipping", "discreet-packaging", "airmail", "reship-offer",
    "customs-disclaimer", "crypto-payment", "crypto-discount", "messenger-order", "wire-payment",
    "account-details-later", "discreet-billing", "lowest-price", "bonus-pills", "affiliate-programme",
)  # fmt: skip
# How the burden of the prescription is put on the buyer: a shop alone does so, and in two ways at once.
_SHIFTED = (
    "no-prescription-needed", "prescription-waived", "prescription-optional", "personal-import", "buyer-vouches",
    "rights-waived",
)  # fmt: skip
_GOODS = ("medicine-goods", *_SHIFTED)  # what shows that the goods are medicines where none is named
_SETTLED = ("prescription-optional", "prescription-after-order", "prescription-in-english")
# Who settles such things handles prescriptions or medicines.
_HANDLED = (
    "prescription-upload", "prescription-required", "e-prescription", "medicine-goods", "prescription-trade",
    "seller-voice", "trust-claim",
)  # fmt: skip
_WEB_PHARMACY = re.compile(
    r"\b(?:(?:e-?|online |internet |web )pharmac(?:y|ies)|(?:pharmacie|farmacia|farmácia) (?:en ligne|en línea|online)|"
    r"(?:online|internet)-?(?:apotheken?|apotek)|интернет[- ]аптек\w*|apteka internetowa|online lékárna)\b",
    re.IGNORECASE,
)
_PRICED = 3  # different prescription medicines with a price: a catalogue
# Of other mail order as well.
_USUAL = frozenset(("order-call", "worldwide-shipping", "lowest-price", "pack-table", "bonus-pills"))
SAID_TWICE = 2  # articles use such a phrase once in passing; a service speaks of itself again and again


def trading_signs(
    target: Target,
    pages: Sequence[Page],
    mentions: Sequence[Mention],
    sightings: Sequence[Sighting],
    prescription: Prescription,
) -> tuple[Quote, ...]:
    """Return the quotes by which a site trades without a voice or an offer of its own.

    It takes orders or ships under a name that is made of a medicine or promises no prescription; or it tells how
    prescription medicines get past customs and banks, which nobody needs who does not send them.
    """
    strict = _told_more_than_once(sightings)
    business = _business(mentions)
    if hiding := _hiding(pages, mentions, business, strict):
        return hiding
    if business.telling >= SAID_TWICE and strict:
        return business.quotes[:3]
    vouched = {m.concept: m for m in asserted(mentions, *_SHIFTED)}
    if len(vouched) >= SAID_TWICE:
        return tuple(m.quote for m in vouched.values())[:3]
    promised = [s for s in prescription.said if s.rung in (Rung.NONE, Rung.WAIVED) and (s.medicine or strict)]
    promising = asserted(mentions, "no-prescription-needed")
    if promised and (business.telling or asserted(mentions, "dispatched-abroad") or any(map(in_answer, promising))):
        return tuple(s.quote for s in promised[:2])
    if trade := _trade_in_goods(mentions, business):
        return trade
    if over_menus := [name for page in pages for name in names_over_menus(page)]:
        return tuple(over_menus[:1])
    if medicine_in_name(target) or promise_in_name(target) or any(next(shop_names(page), None) for page in pages):
        return first_said(mentions, *BUSINESS, "prescription-required")
    return _policy(pages, mentions)


@dataclass(frozen=True, slots=True)
class _Business:
    """What a site says of parcels and money, a quote for each concept.

    `telling` are those that other mail order does not say; phrases that overlap (`paid by Zelle and Bitcoin`) are one.
    """

    quotes: tuple[Quote, ...]
    telling: int


def _business(mentions: Sequence[Mention]) -> _Business:
    said = asserted(mentions, *BUSINESS)
    telling = [m for m in said if m.concept not in _USUAL]
    return _Business(
        tuple({m.concept: m.quote for m in said}.values()), min(len({m.concept for m in telling}), _apart(telling))
    )


def _apart(mentions: Sequence[Mention]) -> int:
    """Return how many mentions there are of which none overlaps another."""
    count, page, end = 0, None, 0
    for mention in sorted(mentions, key=lambda m: (m.page.url, m.start)):
        if mention.page is not page or mention.start >= end:
            count += 1
            page, end = mention.page, mention.end
        else:
            end = max(end, mention.end)
    return count


def _hiding(pages: Sequence[Page], mentions: Sequence[Mention], business: _Business, strict: bool) -> tuple[Quote, ...]:
    """Return the quotes by which a site tells how its parcels or its money are hidden, and shows that they are a shop's."""
    hidden = asserted(mentions, *HIDING)
    if not hidden:
        return ()
    meant = strict or _spoken(mentions, *_GOODS, "prescription-trade", "seller-voice") or asserted(mentions, *CLASSES)
    if meant or any(_WEB_PHARMACY.search(page.text) for page in pages):
        return tuple(m.quote for m in hidden[:2])
    if business.telling >= SAID_TWICE:
        return (hidden[0].quote, *business.quotes)[:3]
    tricks = len({m.start for m in hidden}) + business.telling if len(pages) == 1 else 0  # of a site more is known
    return tuple(m.quote for m in hidden[:2]) if tricks >= SAID_TWICE and any(map(under_trade_name, pages)) else ()


def _trade_in_goods(mentions: Sequence[Mention], business: _Business) -> tuple[Quote, ...]:
    """Return the quotes by which a site names its goods, at least by their kind, and tells how they travel and are paid."""
    classes = asserted(mentions, *CLASSES)
    goods = classes or _spoken(mentions, *_GOODS)
    enough = SAID_TWICE if classes else 3
    if not goods or business.telling + len(business.quotes) < enough:
        return ()
    bare = {m.concept for m in goods} <= {"no-prescription-needed"}  # supplements need none either
    return () if bare and business.telling < SAID_TWICE else (goods[0].quote, *business.quotes)[:3]


def _told_more_than_once(sightings: Sequence[Sighting]) -> bool:
    """True when prescription medicines are its subject: named twice, or in the title. A review of herbs names one in passing."""
    named = [s for s in sightings if s.medicine.prescription_only and not s.refused]
    return len(named) > 1 or any(s.end <= len(s.page.title) for s in named)


def _policy(pages: Sequence[Page], mentions: Sequence[Mention]) -> tuple[Quote, ...]:
    """Return the quotes by which a page settles how its own orders go: which of them need a prescription, and when it comes;
    or, under a name of the trade, how parcels travel and money comes in."""
    settled = first_said(mentions, *_SETTLED)
    handled = first_said(mentions, *_HANDLED)
    if settled and handled:
        return (*settled, *handled)
    if any(map(under_trade_name, pages)):
        return first_said(mentions, *_SHIFTED, *(concept for concept in BUSINESS if concept not in _USUAL))
    return ()


def hides_or_shifts(mentions: Sequence[Mention]) -> bool:
    """True when it tells how parcels pass customs, or puts the burden of the prescription on the buyer in two ways.

    Whoever does so sells medicines, also on a page that names none.
    """
    return bool(asserted(mentions, *HIDING)) or len({m.concept for m in asserted(mentions, *_SHIFTED)}) >= SAID_TWICE


def shown_for_sale(mentions: Sequence[Mention]) -> bool:
    """True when a site says anything by which goods are sold."""
    return bool(asserted(mentions, *BUSINESS, *_SHIFTED, *HIDING, "sales-pitch", "seller-voice", "research-use-only"))


def catalogue_of(mentions: Sequence[Mention], offers: Sequence[Offer]) -> list[Offer]:
    """Return the offers of a page that lists prices of several prescription medicines and tells how they are sold; brands of one
    substance are several."""
    priced = [o for o in offers if o.price and o.medicine.prescription_only and o.medicine.use in ("human", "research")]
    return priced if shown_for_sale(mentions) and len({o.written.casefold() for o in priced}) >= _PRICED else []


def _spoken(mentions: Sequence[Mention], *concepts: str) -> list[Mention]:
    """Return the mentions of goods of its own, also where it denies something of them (`if they do not arrive`)."""
    return [m for m in of(mentions, *concepts) if m.stance in (Stance.ASSERTED, Stance.DENIED)]


def first_said(mentions: Sequence[Mention], *concepts: str) -> tuple[Quote, ...]:
    return tuple(m.quote for m in asserted(mentions, *concepts)[:1])
