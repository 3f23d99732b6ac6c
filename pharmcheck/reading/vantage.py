"""Holds what others see at an address against what an ordinary visitor sees there. Pure.

Only what concerns medicines counts: sites greet phones, crawlers and visitors from abroad differently for a hundred
reasons, and a wall against robots or an error tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pharmcheck.model import Difference, Gap, Page, Quote, Sighting, View, Visitor
from pharmcheck.reading.buying import CALL
from pharmcheck.reading.locate import trace
from pharmcheck.reading.medicines import find_medicines
from pharmcheck.reading.offers import find_offers
from pharmcheck.reading.phrases import find_mentions
from pharmcheck.reading.pill_words import names_medicine, trade_in
from pharmcheck.target import host_of, registrable_domain

_ALIKE = 0.5  # below it pages share less than half of their words: they are other pages
_SALE = 3  # medicines that a page names together with a call to buy; a leaflet names one and calls nobody
_WORD = re.compile(r"\w{2,}")
_MAX_CHARS = 200_000  # of a page's text, for the comparison of words
_LED = {
    Visitor.SEARCHER: "someone who comes from a search result",
    Visitor.CRAWLER: "a crawler",
    Visitor.PHONE: "a phone",
}


def compare(views: Sequence[View]) -> tuple[Difference, ...] | Gap:
    """Return the differences between the ordinary view of an address and others of it, or why there is none to have."""
    ordinary = {v.asked: v for v in views if v.visitor is Visitor.ORDINARY}
    others = [v for v in views if v.visitor is not Visitor.ORDINARY and v.asked in ordinary]
    if not others:
        return Gap("vantage", "vantage: nobody else's view of the site was asked for")
    usable = [v for v in others if _usable(v) and _usable(ordinary[v.asked])]
    if not usable:
        return Gap("vantage", "vantage: no view was answered with a page that can be compared")
    return tuple(d for view in usable if (d := _difference(ordinary[view.asked], view)))


def _usable(view: View) -> bool:
    """True where the answer says something of the site: a missing page does, a refusal, a wall or a failure does not."""
    if isinstance(view.page, Gap):
        return bool(view.hops) and registrable_domain(host_of(view.url)) != registrable_domain(host_of(view.asked))
    return view.page.shell not in ("bot-wall", "login") and (view.page.status < 400 or view.page.status in (404, 410))


def _difference(first: View, view: View) -> Difference | None:
    """Return how `view` differs from the ordinary view `first`, None where it does not or in nothing that matters."""
    alike = shared_words(_text(first), _text(view))
    if _led_elsewhere(first, view):
        quotes = tuple(_of_destination(first, view))
        return Difference(view.visitor, view.asked, view.url, True, alike, quotes) if quotes else None
    quotes = tuple(_of_content(first, view, alike))
    return Difference(view.visitor, view.asked, view.url, False, alike, quotes) if quotes else None


def shared_words(one: str, other: str) -> float:
    """Return the share of words that two texts have in common, 0 to 1 (Jaccard); 1 for two empty ones."""
    first, second = ({m[0].casefold() for m in _WORD.finditer(text[:_MAX_CHARS])} for text in (one, other))
    return len(first & second) / len(first | second) if first | second else 1.0


def _text(view: View) -> str:
    return "" if isinstance(view.page, Gap) else view.page.text


def _led_elsewhere(first: View, view: View) -> bool:
    """True where `view` ends at a domain of another name; `shop.de` for `shop.com` is a branch, not elsewhere."""
    known = {registrable_domain(host_of(url)) for url in (first.asked, first.url)}
    domain = registrable_domain(host_of(view.url))
    return bool(view.hops) and domain.partition(".")[0] not in {name.partition(".")[0] for name in known}


def _of_destination(first: View, view: View) -> Iterator[Quote]:
    """Yield the quotes that show that the destination is about medicines: its address, and what it sells."""
    sold = _sold(view.page)
    host = host_of(view.url)
    unread = isinstance(view.page, Gap) or bool(view.page.shell)
    if sold or trade_in(host) or (unread and names_medicine(view.asked)):
        way = ", ".join(dict.fromkeys(hop.how for hop in view.hops))
        there = first.page.status if isinstance(first.page, Page) else 0
        told = f"others get HTTP {there}" if there >= 400 else f"others get {host_of(first.url)}"
        yield Quote(view.asked, view.url[:200], f"{_LED[view.visitor]} is led there ({way}); {told}")
        yield from sold[:2]


def _of_content(first: View, view: View, alike: float) -> Iterator[Quote]:
    """Yield what one of two views sells and the other does not even name.

    What is planted for crawlers may stand on a page that is otherwise the same; what others lack on such a page is but
    a shorter edition of it.
    """
    shown = f"shown to {_LED[view.visitor]}, not to others"
    hidden = f"shown to others, not to {_LED[view.visitor]}"
    pairs = [(view, first, shown)] + ([(first, view, hidden)] if alike < _ALIKE else [])
    for mine, other, note in pairs:
        if (
            isinstance(other.page, Page)
            and not other.page.shell
            and other.page.status < 400
            and not _strict(other.page)
        ):
            yield from (Quote(q.url, q.text, note, q.digest, q.offset) for q in _sold(mine.page)[:2])


def _strict(page: Page) -> list[Sighting]:
    return [s for s in find_medicines(page) if s.medicine.prescription_only]


def _sold(page: Page | Gap) -> list[Quote]:
    """Return quotes of prescription medicines that a page sells, or calls to buy several of; none of a mere mention."""
    if isinstance(page, Gap) or page.status >= 400:
        return []
    seen = _strict(page)
    offered = [o.quote for o in find_offers(page, find_medicines(page)) if o.medicine.prescription_only]
    names = {s.medicine.name for s in seen}
    said = {m.concept for m in find_mentions(page)} if seen and not offered else set()
    called = bool(CALL.stands_in(page.text)) and len(names) >= _SALE
    if offered or called or (seen and "no-prescription-needed" in said):
        return [trace(q, page) for q in (offered or [s.quote for s in seen])]
    return []
