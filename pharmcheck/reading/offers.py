"""Offers: a medicine with the strength, pack, price and way to order that stand beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter, itemgetter
from typing import TypeVar

from pharmcheck.model import Offer, Page, Quote, Sighting
from pharmcheck.reading.amounts import Price
from pharmcheck.reading.offer_lines import Line, sold_lines
from pharmcheck.reading.ordering import CALL_FIRST, linked, subject, with_add_links, with_cart
from pharmcheck.reading.product_data import structured_offers

_Found = TypeVar("_Found")
_place, _start = itemgetter(0), attrgetter("start")
MAX_OFFERS = 500
# Between name and price of an advertisement stand amounts and nothing that tells: no `is`, no `costs`.
_ADVERTISING = re.compile(
    r"(?:[\s,;:()|/x×*–-]|\d[\d.,]*|mg|mcg|ml|iu|µg|gr?\b|of\b|box(?:es)?\b|[exs]r\b|"
    r"[a-zà-ž]{0,12}(?:tabl?|pill|caps?|vial|pen|sachet|strip|kit|pack|patch|bottle|stück|comp|past|kaps|табл)\w*|ct|pcs|st|ks|szt)*"
)
_ADVERTISED = 45  # characters from a name to its price in a sentence that lists goods
_REACH_LINES = 4  # a name, its strength, its price and its button stand on neighbouring lines in a listing
_TABLE_REACH_LINES = 60  # rows of a price table may follow a description of the product
# What may begin a row of the same product, or fill the line before its price; other words begin another product.
_ROW = (
    r"\W*(?:\d|[x×]\b|pack\b|package|box|strength|dos(?:e|age)|quantity|qty|size|price|our price|from|buy|order|add|only|now|sale"
    r"|special|limited|cost|per |each|save|free|ab |nur|prix|à partir|precio|desde|prezzo|prijs|vanaf|cena|od |pills|tablets|cap"
    r"|tab|sku|in stock|available|rated|select|choose|generic)"
)
# A line below a product that tells its class or what is in it: `P – codeine: three days only`, `contains codeine`.
_NOTE = re.compile(
    r"(?:\(?p\)?|\(?gsl\)?|pharmacy medicine|general sale) ?[–—:-]|"
    r"(?:contains?|enthält|contient|contiene|contém|bevat|zawiera|obsahuje|innehåller|содержит) "
)
_BEFORE_NAME = 12  # characters
# `no psilocybin`
_WITHOUT = re.compile(r"(?<!\w)(?:no|not|without|sin|sans|ohne|kein|keine|senza|sem|bez|geen|utan|без) \Z")
_GIVEN = re.compile(r"\+ ?(?:\d{1,2} )?(?:free|bonus|gratis|extra) \Z")  # on top: `100 mg × 120 pills + free Cialis`
_ROW_START = re.compile(rf"{_ROW}|\W*$")
_RANGE = re.compile(r"[-–—]|\b(?:to|bis|à|a|do)\b")
# Which ways to order a way stands for: what goes into a cart may be linked as well.
_WAYS_OF = {"cart": ("cart", "link"), "table": ("cart", "link"), "link": ("link",)}


def find_offers(page: Page, sightings: Sequence[Sighting]) -> tuple[Offer, ...]:
    """Return what `page` offers, in the order of the text, then what only its data, links and forms say; at most 500.

    `sightings` are those of this page. An offer has a price, or a way to order tied to the medicine. A sentence that
    tells a price or a dose is none, nor is an order call that asks or advises. Where a line gives an amount for one
    unit only, that is the price.
    """
    if not sightings and not page.structured:
        return ()
    listed = _Listing(page, sightings)
    for line in sold_lines(page.text, sightings):
        listed.read(line)
    offers = with_add_links(page, listed.finish())
    known = {offer.medicine.name for offer in offers if offer.price}
    offers += [o for o in structured_offers(page, sightings) if o.medicine.name not in known]
    offers += linked(page, sightings, {offer.medicine.name for offer in offers})
    return _most_telling(with_cart(page, sightings, offers))


def _most_telling(offers: list[Offer]) -> tuple[Offer, ...]:
    """Return at most MAX_OFFERS offers: medicines on prescription, and those to be ordered, are kept first."""
    if len(offers) <= MAX_OFFERS:
        return tuple(offers)
    ranked = sorted(enumerate(offers), key=lambda pair: (not pair[1].medicine.prescription_only, not pair[1].order))
    return tuple(offer for _, offer in sorted(ranked[:MAX_OFFERS], key=lambda pair: pair[0]))


class _Listing:
    """Reads lines in order and ties what stands on them to the medicine named last."""

    def __init__(self, page: Page, sightings: Sequence[Sighting]) -> None:
        self.page = page
        self.subject = subject(page, sightings)
        self.current: Sighting | None = None
        self.last_line = 0
        self.strength: float | None = None
        self.quantity: int | None = None
        self.offers: list[tuple[int, bool, Offer]] = []  # line number, is a row (pack or strength beside the price)

    def read(self, line: Line) -> None:
        if line.named and "+" in line.text:
            line.named = [s for s in line.named if not _stands_before(_GIVEN, s, line)]
        if line.prose:
            self._read_prose(line)
        elif line.named and not _NOTE.match(line.text) and not self._tells_substance(line):
            self._read_named(line)
        elif self.current or self.subject:
            self._read_following(line)

    def _tells_substance(self, line: Line) -> bool:
        """True when a line below a pack that needs no prescription tells what is in it: `Sildenafil` below `Viagra Connect 50 mg`."""
        above = self.current
        if not above or above.medicine.prescription_only or line.number - self.last_line > _REACH_LINES:
            return False
        if line.amounts.strengths or self._is_priced():
            return False
        return any(s.medicine.family == above.medicine.family != "" for s in line.named)

    def _read_prose(self, line: Line) -> None:
        """Read of a sentence only a name that strength or pack and price follow at once: an advertisement in a row."""
        bounds = [*(s.start - line.start for s in line.named[1:]), len(line.text)]
        for sighting, right in zip(line.named, bounds, strict=False):
            end = sighting.end - line.start
            stop = min(right, end + _ADVERTISED)
            measured = any(_between(of, end, end + 16, _place) for of in (line.amounts.strengths, line.amounts.packs))
            told = next(iter(_between(line.prices, end, stop, _start)), None)
            if measured and told and _ADVERTISING.fullmatch(line.text, end, told.start):
                self.current, self.strength, self.quantity = sighting, None, None
                self._take(line, end, stop)
        self.current = None

    def _read_named(self, line: Line) -> None:
        """Read a line that names medicines: each goes with what follows it up to the next one."""
        named = [s for s in line.named if not _stands_before(_WITHOUT, s, line)]
        spoken = [s for i, s in enumerate(named) if i == 0 or s.medicine.name != named[i - 1].medicine.name]
        if not spoken:
            self.current = None
            return
        bounds = [s.start - line.start for s in spoken[1:]] + [len(line.text)]
        left = 0
        for sighting, right in zip(spoken, bounds, strict=True):
            self.current, self.last_line = sighting, line.number
            self.strength = self.quantity = None
            self._take(line, left, right)
            left = right
        offered = bool(self.offers) and self.offers[-1][0] == line.number
        if line.order and not offered and CALL_FIRST.search(line.text):
            self._put(line, spoken[0], None, line.order if line.order == "cart" else "link", False)
        elif line.order:
            self._order(line)

    def _read_following(self, line: Line) -> None:
        """Read a line without a name: it belongs to the medicine just named, or to the page's subject."""
        distance = line.number - self.last_line
        if line.is_fee:
            return
        if line.prices and self._is_other_product(line):
            self.current = None
            if self._is_offered(self.subject):
                self.subject = None  # else its offer is still to come
            return
        if not self.current or distance > _REACH_LINES:
            if not self.subject or not (line.is_row or line.order == "cart") or distance > _TABLE_REACH_LINES:
                return
            if not self.current or self.current.medicine.name != self.subject.medicine.name:
                self.current = self.subject
                self.strength = self.quantity = None
        self._take(line, 0, len(line.text))
        if line.order:
            self._order(line)
        if line.is_row or line.order:
            self.last_line = line.number

    def _is_other_product(self, line: Line) -> bool:
        """True when the price is that of something else, which stands before it or on the line before."""
        before = line.text[: line.prices[0].start].strip()
        if not _ROW_START.match(before):
            return bool(line.amounts.content or line.amounts.packs) or self._is_priced()
        return self._is_priced() and not line.is_row and not _ROW_START.match(line.previous)

    def _is_offered(self, sighting: Sighting | None) -> bool:
        return any(sighting and o.medicine.name == sighting.medicine.name for _, _, o in self.offers)

    def _is_priced(self) -> bool:
        """True when the medicine named last has its price."""
        if not self.offers or not self.current:
            return False
        last = self.offers[-1][2]
        return bool(last.price) and last.medicine.name == self.current.medicine.name

    def _take(self, line: Line, left: int, right: int) -> None:
        """Note strength and pack of a piece of a line, and make an offer of each price in it."""
        doses = _between(line.amounts.strengths, left, right, _place)
        packs = _between(line.amounts.packs, left, right, _place)
        found = _between(line.prices, left, right, _start)
        many = len(packs) > 1 or len(doses) > 1
        if not many:
            self.strength = doses[0][1] if doses else self.strength
            self.quantity = packs[0][1] if packs else self.quantity
            found = _pack_price(line.text, found, self.quantity if packs else None)
        for price in found:
            if many:
                self.strength = _last_before(doses, price.start, self.strength)
                self.quantity = _last_before(packs, price.start, self.quantity)
            assert self.current
            self._put(line, self.current, price, "", line.is_row or bool(self.strength or self.quantity))

    def _put(self, line: Line, sighting: Sighting, price: Price | None, order: str, is_row: bool) -> None:
        offer = Offer(
            medicine=sighting.medicine,
            written=sighting.written,
            quote=_quote(self.page, sighting, line, price),
            page=self.page,
            order=order,
            strength_mg=self.strength,
            quantity=self.quantity,
            price=price.amount if price else "",
            currency=price.currency if price else "",
        )
        self.offers.append((line.number, is_row, offer))

    def _order(self, line: Line) -> None:
        """Give the order call of a line to the offers just above it; make an offer of a name with a cart button."""
        assert self.current
        name = self.current.medicine.name
        touched = False
        for i in range(len(self.offers) - 1, -1, -1):
            number, is_row, offer = self.offers[i]
            if line.number - number > _REACH_LINES or offer.medicine.name != name:
                break
            touched = True
            if offer.order != "cart":
                self.offers[i] = (number, is_row, replace(offer, order=line.order))
        near = line.number - self.last_line <= _REACH_LINES
        if not touched and near and (line.order == "cart" or (self.strength and len(line.text) <= 20)):
            self._put(line, self.current, None, line.order, False)

    def finish(self) -> list[Offer]:
        """Return the offers: two rows of packs with prices are a price table.

        A bare name gives way to its prices, unless they lack its way to order.
        """
        rows = Counter(offer.medicine.name for _, is_row, offer in self.offers if is_row)
        offers = [
            replace(o, order="table") if not o.order and is_row and rows[o.medicine.name] >= 2 else o
            for _, is_row, o in self.offers
        ]
        priced = {(o.medicine.name, way) for o in offers if o.price for way in ("", *_WAYS_OF.get(o.order, ()))}
        offers = [o for o in offers if o.price or (o.medicine.name, o.order) not in priced]
        unlike = {(o.medicine.name, o.strength_mg, o.quantity, o.price, o.order): o for o in reversed(offers)}
        return list(unlike.values())[::-1]


def _stands_before(words: re.Pattern[str], sighting: Sighting, line: Line) -> bool:
    """True when these words stand directly before a name on its line."""
    at = sighting.start - line.start
    return words.search(line.text, max(0, at - _BEFORE_NAME), at) is not None


def _between(found: Sequence[_Found], left: int, right: int, place: Callable[[_Found], int]) -> list[_Found]:
    """Return what begins from `left` to before `right`, out of what is in the order of the line: it may be long."""
    if not found:
        return []
    return list(found[bisect_left(found, left, key=place) : bisect_left(found, right, key=place)])


def _last_before(found: Sequence[tuple[int, _Found]], at: int, usual: _Found | None) -> _Found | None:
    """Return the amount that stands last before a place of the line, `usual` where none does."""
    before = bisect_left(found, at, key=_place)
    return found[before - 1][1] if before else usual


def _pack_price(text: str, found: list[Price], quantity: int | None) -> list[Price]:
    """Return the price of the pack out of those of one row, in a list of one, or none."""
    if quantity and len(found) > 1:
        values = sorted(price.value for price in found)
        for price in found:
            if _has_unit(price.value, quantity, values):
                return [price]  # the other one is for a unit: $59.70 beside $1.99, 30 pills
    if len(found) == 2 and not quantity and not _RANGE.search(text, found[0].end, found[1].start):
        return found[1:]  # the first one is crossed out
    return found[:1]


def _has_unit(value: float, quantity: int, values: Sequence[float]) -> bool:
    """True when one of the sorted `values` of a row is that of one unit of a pack of two or more."""
    least = bisect_left(values, True, key=lambda unit: value - quantity * unit < 0.03 * value)
    return any(quantity * unit - value < 0.03 * value for unit in values[least : least + 1])


def _quote(page: Page, sighting: Sighting, line: Line, price: Price | None) -> Quote:
    """Quote from the name to the price where they are near, else the row, with the name in the note."""
    end = line.start + (price.end if price else len(line.text))
    if line.start <= sighting.start:
        start = line.start if end - line.start <= 200 else sighting.start
        return page.quote(start, max(end, sighting.end))
    if 0 <= end - sighting.start <= 200:
        return page.quote(sighting.start, end)
    start = line.start if not price or price.end <= 200 else line.start + max(price.start - 150, 0)
    return page.quote(start, end, f"under {sighting.written}")
