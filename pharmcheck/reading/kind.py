"""What kind of site is this? Asked before anything is scored.

Every step looks for the presence of something that sells; nothing that a page adds can undo it. So a shop cannot
talk itself out of being a shop, and an article that names medicines does not become one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pharmcheck.model import (
    Kind,
    Mention,
    Offer,
    Operator,
    Page,
    Prescription,
    Promoted,
    Quote,
    Rung,
    Sighting,
    SiteKind,
    Stance,
    Target,
)

SELLERS = frozenset(
    {
        SiteKind.PHARMACY,
        SiteKind.OTC_SHOP,
        SiteKind.TELEHEALTH,
        SiteKind.INTERMEDIARY,
        SiteKind.RESEARCH_CHEMICALS,
        SiteKind.VET_PHARMACY,
        SiteKind.MARKETPLACE_LISTING,
    }
)
ORDER_ON_SITE = frozenset({"cart", "table"})
_SAID_TWICE = 2  # articles use such a phrase once in passing; a service speaks of itself again and again


def asserted(mentions: Iterable[Mention], *concepts: str) -> list[Mention]:
    """Return the mentions of these concepts that the site says of itself."""
    return [m for m in mentions if m.concept in concepts and m.stance is Stance.ASSERTED]


def read_kind(
    target: Target,
    pages: Sequence[Page],
    mentions: Sequence[Mention],
    sightings: Sequence[Sighting],
    offers: Sequence[Offer],
    promoted: Sequence[Promoted],
    prescription: Prescription,
    operator: Operator,
) -> Kind:
    """Return the kind of site; `pages` are all that were captured."""
    readable = [p for p in pages if p.text and not p.shell]
    if not readable:
        return Kind(SiteKind.UNREADABLE, _why_unreadable(pages))
    return _seller(mentions, sightings, offers, prescription, operator) or _bystander(
        target, readable, mentions, sightings, promoted
    )


def _why_unreadable(pages: Sequence[Page]) -> str:
    shells = sorted({p.shell for p in pages if p.shell})
    return f"no page could be read ({', '.join(shells)})" if shells else "no page could be read"


def _seller(
    mentions: Sequence[Mention],
    sightings: Sequence[Sighting],
    offers: Sequence[Offer],
    prescription: Prescription,
    operator: Operator,
) -> Kind | None:
    """Return the kind of a site that sells medicines itself, or None."""
    own = [o for o in offers if (o.order in ORDER_ON_SITE or (o.price and o.order)) and o.medicine.use != "supplement"]
    voices = asserted(mentions, "seller-voice")
    professional = bool(operator.pharmacists or operator.licences)
    intake = [s for s in prescription.done if s.rung in (Rung.UPLOAD, Rung.E_PRESCRIPTION)]
    quotes = tuple([o.quote for o in own[:2]] + [m.quote for m in voices[:2]] + [s.quote for s in intake[:1]])
    if any(o.medicine.use == "research" for o in own) or (
        asserted(mentions, "research-use-only") and any(o.medicine.use == "research" for o in offers)
    ):
        return Kind(SiteKind.RESEARCH_CHEMICALS, "offers substances for research that people inject or swallow", quotes)
    if asserted(mentions, "referral-service") and (own or voices or sightings):
        return Kind(
            SiteKind.INTERMEDIARY, "passes orders on to pharmacies elsewhere", _first(mentions, "referral-service")
        )
    if not own and not voices and not intake:
        return None
    if own and asserted(mentions, "vet-service") and 2 * sum(o.medicine.use == "vet" for o in own) >= len(own):
        return Kind(SiteKind.VET_PHARMACY, "sells medicines for animals", quotes)
    if asserted(mentions, "telehealth-service") and not any(o.order == "cart" for o in own):
        return Kind(SiteKind.TELEHEALTH, "its own clinicians prescribe", _first(mentions, "telehealth-service"))
    if own and not professional and not any(o.medicine.prescription_only for o in own):
        return Kind(SiteKind.OTC_SHOP, "sells medicines, none of them on prescription only as far as was read", quotes)
    if own:
        return Kind(SiteKind.PHARMACY, "offers medicines itself", quotes)
    if intake and not voices:
        return Kind(SiteKind.PHARMACY, "takes prescriptions", quotes)
    return Kind(SiteKind.PHARMACY, "says that it sells medicines", quotes)


def _bystander(
    target: Target,
    pages: Sequence[Page],
    mentions: Sequence[Mention],
    sightings: Sequence[Sighting],
    promoted: Sequence[Promoted],
) -> Kind:
    """Return the kind of a site that sells no medicines itself."""
    if len(asserted(mentions, "price-comparison", "discount-card")) >= _SAID_TWICE and not promoted:
        quotes = _first(mentions, "price-comparison") or _first(mentions, "discount-card")
        return Kind(SiteKind.COMPARISON, "compares prices or hands out discounts; it does not sell", quotes)
    if len(asserted(mentions, "telehealth-service")) >= _SAID_TWICE:
        return Kind(SiteKind.TELEHEALTH, "its own clinicians prescribe", _first(mentions, "telehealth-service"))
    if promoted:
        return _promoting(target, pages, sightings, promoted)
    named = [s for s in sightings if s.medicine.use != "supplement"]
    if named or _first(mentions, "article-voice", "news-voice", "warning-voice", "regulator-voice"):
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
    touched = {s.page.url for s in sightings}
    quotes = tuple(p.quote for p in promoted[:3])
    if not target.is_page and all(_islands(p, sightings) for p in pages if p.url in touched):
        return Kind(
            SiteKind.HACKED_HOST, "carries medicine links that have nothing to do with the rest of the site", quotes
        )
    return Kind(SiteKind.PROMOTION, "points its readers to a seller of medicines", quotes)


def _islands(page: Page, sightings: Sequence[Sighting]) -> bool:
    """True when the medicine names of a page stand in under a tenth of its lines: planted, not its subject."""
    lines = page.text.count("\n") + 1
    hit = {page.text.count("\n", 0, s.start) for s in sightings if s.page is page}
    return len(hit) * 10 <= lines and not any(s.start < len(page.title) for s in sightings if s.page is page)


def _first(mentions: Sequence[Mention], *concepts: str) -> tuple[Quote, ...]:
    return tuple(m.quote for m in asserted(mentions, *concepts)[:1])
