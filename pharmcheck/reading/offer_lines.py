"""The lines of a page that may offer something: those that name a medicine, hold a number or call to order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pharmcheck.model import Sighting
from pharmcheck.reading.amounts import Amounts, Price, numbered_lines, read_amounts
from pharmcheck.reading.disguise import lower
from pharmcheck.reading.landmarks import lines_of
from pharmcheck.reading.order_words import order_calls
from pharmcheck.reading.ordering import ASKING

# Longer lines are sentences; the bound is generous, since some templates put a whole card on one line.
_LONG_WORDS = 25
_VERBS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|would|may|might|should|must|said|says|according|costs?|paid|spent|covers?"
    r"|average|retails?|patients?|study|studies|because|which|who|ist|sind|wird|werden|kann|est|sont|peut|es|son|puede|è"
    r"|sono)\b"
)
_DOSING = re.compile(
    r"\b(?:take|taken|once|twice|daily|per day|a day|every \d+|hours?|maximum dose|starting dose"
    r"|dosage|täglich|par jour|al día"
    r"|al giorno|per dag|dziennie|denně)\b|mg/day"
)
# Each of these and of the next holds a landmark of its name, `dosing` or `fee`.
_NOT_A_PRICE = re.compile(
    r"shipping|delivery|postage|versand|livraison|env[ií]o|spedizione|verzend|dostaw|doprav|subtotal|\btotal\b|minimum"
    r"|orders? (?:over|above|of)|voucher|coupon|gift card|prescription charge|copay|co-pay|fee\b|consultation|fedex|usps|airmail"
)


@dataclass(slots=True)
class Line:
    """A line of the page, in lower case, with what it offers; `fee` if words for one may be on it or the one before."""

    number: int
    start: int
    text: str
    named: Sequence[Sighting]
    order: str
    amounts: Amounts
    prices: Sequence[Price]
    prose: bool
    previous: str
    fee: bool

    @property
    def is_row(self) -> bool:
        """True when a pack, a strength or an amount for one unit stands beside the price."""
        amounts = self.amounts
        return bool(self.prices) and bool(amounts.packs or amounts.content or (amounts.prices and amounts.unit_prices))

    @property
    def is_fee(self) -> bool:
        """True when the price is that of delivery or the like, named on this line or alone on the one before."""
        label = self.previous if len(self.previous) <= 20 and "free" not in self.previous else ""
        return self.fee and not self.is_row and bool(_NOT_A_PRICE.search(self.text) or _NOT_A_PRICE.search(label))


def sold_lines(text: str, sightings: Sequence[Sighting]) -> Iterator[Line]:
    """Yield the lines that name a medicine, hold a number or call to order, from the first name on."""
    if not sightings:
        return
    plain = lower(text)
    start = plain.rfind("\n", 0, sightings[0].start) + 1
    head = plain[:start].rstrip("\n")
    before = head.rfind("\n") + 1
    previous = head[before:]
    calls = [*(call for call in order_calls(plain) if call[0] >= start), (len(text) + 1, "")]
    names = [*(sighting.start for sighting in sightings), len(text) + 1]
    dosing, fees = ({start for start, _ in lines_of(text, kind)} for kind in ("dosing", "fee"))
    at = call = 0
    for number, (line, has_number) in enumerate(numbered_lines(plain[start:]), plain.count("\n", 0, start)):
        end = start + len(line)
        first, order = at, ""
        while names[at] < end:
            at += 1
        while calls[call][0] < end:
            order = "cart" if order == "cart" else calls[call][1]
            call += 1
        if has_number or order or at > first:
            amounts = read_amounts(line)
            found = amounts.prices or amounts.unit_prices
            if found or order or at > first or amounts.packs or amounts.content:
                prose = _is_prose(line, bool(order), start in dosing)
                fee = start in fees or before in fees
                yield Line(number, start, line, sightings[first:at], order, amounts, found, prose, previous, fee)
        if line:
            previous, before = line, start
        start = end + 1


def _is_prose(line: str, calls: bool, doses: bool) -> bool:
    """True for a sentence: long, or with a verb of telling, or a dose to take; a call to order makes it a listing."""
    words = line.count(" ") + 1
    if "\t" in line:
        return False
    if not calls and "。" in line:  # no blanks part the words of such a sentence
        return True
    if calls:
        return words > 3 * _LONG_WORDS or bool(ASKING.search(line))
    if words > _LONG_WORDS or (words >= 8 and line.rstrip().endswith(".")) or (doses and _DOSING.search(line)):
        return True
    return words > 6 and bool(_VERBS.search(line))
