"""Is what speaks against a site borne out by another sign, in another place of it?

Whoever sells unlawfully says and shows so again and again: in the menu, beside the goods, at delivery and payment. One sentence,
on one page of a site that was read well, is mostly one that we read wrong (counted in bench/README.md on whole sites as they were
judged at first sight).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pharmcheck.model import Evidence, Gap, Page, Reason, SiteKind
from pharmcheck.model.captured import FIRST
from pharmcheck.reading.ways_to_buy import read_well
from pharmcheck.weights import Weights

SIGN = 3.0  # decibans from which a reason is a sign of its own: twice as likely on a rogue site
OUTRIGHT = 7.0  # decibans ("we write your prescription" and graver) of what needs nothing beside it where search results show it
ALL_OVER = 3  # pages
SO_MANY = 4  # signs that may all stand on one page: nobody says so much by mistake
UNBORNE = 6.5  # decibans that signs count together which nothing bears out: they never reach a warning
# Decisive without a second kind of observation, beside an official warning in force: no country lets controlled medicines
# go to whoever fills a cart, and what is sold for use by people is a medicine, whatever its label says.
DECISIVE = frozenset({"controlled-medicine-for-sale", "research-use-only-with-dosing"})
# What lawful clinics do as well, and pharmacies of the US (`generic Viagra`), is no sign. A cart is one beside signs of trade;
# beside a promise about prescriptions, or words about lifestyle, it is what a shop of free goods looks like of which one was
# taken for a medicine on prescription.
COMMON = frozenset({"questionnaire-only", "high-risk-medicine-by-questionnaire", "generic-under-brand-name"})
# What sells or promotes on one page of somebody else's site: the others cannot bear it out.
OF_ONE_PAGE = frozenset({SiteKind.PROMOTION, SiteKind.HACKED_HOST, SiteKind.MARKETPLACE_LISTING})
CART = "prescription-medicine-straight-to-cart"
PROMISES = "prescription"  # the group of what is said of prescriptions
LIFESTYLE = "lifestyle-medicines-as-goods"


def unborne_signs(reasons: Sequence[Reason], weights: Weights, evidence: Evidence) -> tuple[Reason, ...]:
    """Return the reasons against a site that was read well where they do not bear each other out, and would count for more.

    Empty where two signs stand in two places, so many in one, one outright in title or description where people arrive or all over
    the site, or one is DECISIVE; where so little was read that others may be unseen; and where all hangs on one page of
    somebody else's site. Points of `weights` are those before any cap, so more text only adds signs and places.
    """
    points = {reason.signal: weights.signals[reason.signal].points for reason in reasons}
    against = tuple(reason for reason in reasons if points[reason.signal] > 0)
    if sum(reason.points for reason in against) <= UNBORNE:
        return ()
    if isinstance(evidence.pages, Gap) or not read_well(evidence.pages) or evidence.kind.name in OF_ONE_PAGE:
        return ()
    if any(reason.signal in DECISIVE for reason in against):
        return ()
    signs = _signs([reason for reason in against if points[reason.signal] >= SIGN], weights)
    two_places = len({quote.url for sign in signs for quote in sign.quotes}) > 1
    outright = [sign for sign in signs if points[sign.signal] >= OUTRIGHT]
    borne = (len(signs) > 1 and two_places) or len(signs) >= SO_MANY or _said_all_over(outright, evidence.pages)
    return () if borne else against


def counted_little(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return the reasons with at most UNBORNE points against the site, the first ones first; what speaks for it stays."""
    left, counted = UNBORNE, []
    for reason in reasons:
        given = min(reason.points, left)
        left -= max(0.0, given)
        counted.append(replace(reason, points=round(given, 1)))
    return tuple(counted)


def _signs(grave: Sequence[Reason], weights: Weights) -> Sequence[Reason]:
    free = [reason for reason in grave if reason.signal not in COMMON]
    beside = [reason for reason in free if reason.signal != CART]
    trades = any(r.signal != LIFESTYLE and weights.signals[r.signal].group != PROMISES for r in beside)
    return free if trades else beside


def _said_all_over(outright: Sequence[Reason], pages: Sequence[Page]) -> bool:
    """True when one of these stands in what search results show of the page where people arrive, or on so many that it need not."""
    # Title and description are the first lines of a page's text.
    shown = {page.url: "\n".join(page.text.split("\n", 2)[:2]) for page in pages if page.role in FIRST}
    return any(
        len({quote.url for quote in sign.quotes}) >= ALL_OVER
        or any(quote.text in shown.get(quote.url, "") for quote in sign.quotes)
        for sign in outright
    )
