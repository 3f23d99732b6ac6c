"""Sales pitches: a call to buy and, in the same sentence, a prescription medicine or a class of such medicines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pharmcheck.model import Mention, Page, Pitch, Sighting, Stance
from pharmcheck.reading.lines import line_around
from pharmcheck.reading.order_words import CART
from pharmcheck.reading.pill_words import WARNING
from pharmcheck.reading.signs import byte_table, sifted

CALLS = frozenset({"order-call", "sales-pitch"})
# How goods are sent: a call where it opens its sentence and the one before names them (`… 200 mg. Ships discreetly.`).
_SENT = frozenset({"discreet-packaging", "worldwide-shipping"})
_PROMISE = "no-prescription-needed"  # articles speak of it as well: a call only where something else calls to buy
# Classes of medicines that no seller names who sells on prescription only; the first four are controlled in most countries.
CONTROLLED = frozenset({"steroid-goods", "sedative-goods", "opioid-goods"})
CLASSES = CONTROLLED | {"potency-goods", "slimming-goods", "focus-goods", "peptide-goods", "abortion-goods"}
_SIGNS = byte_table(lambda sign: "." if sign in "\n|.!" else " ")
_BREAKS = frozenset("\n|•")
_OPENING, _CLOSING = frozenset("|\"'`“„«‘"), frozenset("|\"'`”“»’")
_PHARMACY_PACK = re.compile(r"\(P\)|\bpharmacist|\bpharmacy (?:pack|medicine)")
_PHARMACY_MARKS = ("(P)", "pharmac")
_REBATE = re.compile(
    r"[-–−(]?\d{1,2} ?% ?(?:off|discount|rabatt|de descuento|dto\.?|di sconto|de desconto|korting|rabatu|zniżki|slevy?|скидка)\)?",
    re.IGNORECASE,
)
_UNIT_PRICE = re.compile(
    r"\d[\d.,]* ?[^\W\d]{0,5}[€$£]? ?(?:/|per|a|al|each|pro|par|por|la|le|the|za|на|за) ?(?:\d )?[^\W\d]{3,12}",
    re.IGNORECASE,
)
_REACH = 200  # characters of one sentence on either side of the call
_MOST = 200  # pitches of one page; more of them tell nothing new


class _Subject(NamedTuple):
    """What a pitch may be about: where it stands, its name, and whether it is controlled."""

    start: int
    name: str
    controlled: bool


def find_pitches(page: Page, mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> tuple[Pitch, ...]:
    """Return the pitches of a page in order; `mentions` and `sightings` are those of this page.

    A call that is denied, reported, warned of or only asked about is none.
    """
    calls = [
        m
        for m in mentions
        if m.concept in CALLS and m.stance is Stance.ASSERTED and not (_of_cart(m) or _is_price_tag(m))
    ]
    if calls:
        calls += [m for m in mentions if m.concept == _PROMISE and m.stance is Stance.ASSERTED]
    calls += [m for m in mentions if m.concept in _SENT and m.stance is Stance.ASSERTED]
    subjects = sorted(_subjects(mentions, sightings), key=lambda s: s.start)
    starts = [s.start for s in subjects]
    signs = _signs(page.text) if calls and subjects else b""
    found: dict[tuple[int, int], Pitch] = {}
    for call in calls if subjects else ():
        left, right = _sentence(page.text, signs, call.start, call.end)
        if call.concept in _SENT:
            left = _sentence_before(page.text, signs, left, call.start)
        about = subjects[bisect_left(starts, left) : bisect_left(starts, right)]
        if about and left <= call.start and len(found) < _MOST and not _told(page.text, left, right, call.start):
            first = min(about, key=lambda s: (not s.controlled, s.start))
            found.setdefault((left, right), Pitch(first.name, first.controlled, page.quote(left, right)))
    return tuple(found.values())


def _signs(text: str) -> bytes:
    """Return a byte for each character of a text, a dot for each sign at which a sentence may end."""
    return sifted(text.replace("?", "!").replace("•", "|").replace("…", "."), _SIGNS)


def _of_cart(call: Mention) -> bool:
    """True for the button of any shop: a cart calls for nothing that stands beside it."""
    return call.concept == "order-call" and CART.stands_in(call.page.text, call.start, call.end)


def _is_price_tag(call: Mention) -> bool:
    """True where nothing calls but a rebate or the price of one tablet, as in any shop, list or report: `20 % off`, `0.29 a tablet`."""
    return any(tag.fullmatch(call.page.text, call.start, call.end) for tag in (_REBATE, _UNIT_PRICE))


def _sentence_before(text: str, signs: bytes, left: int, at: int) -> int:
    """Return where the sentence before starts, on the same line; after `at` where the words at `at` have a subject of their own."""
    if left != at or text[max(0, left - 1) : left] == "\n" or left < 2:
        return at + 1
    return _sentence(text, signs, left - 2, left - 1)[0]


def _subjects(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[_Subject]:
    """Yield the prescription medicines named on a page, but those that it has its pharmacist supply, and the classes of such."""
    named = {seen.medicine.name for seen in sightings}
    marked = bool(sightings) and any(mark in sightings[0].page.text for mark in _PHARMACY_MARKS)
    for seen in sightings:
        medicine = seen.medicine
        if medicine.use not in ("human", "research") or f"{medicine.name} from a pharmacist" in named:
            continue
        if medicine.prescription_only and not (marked and _by_pharmacist(seen)):
            yield _Subject(seen.start, medicine.name, bool(medicine.schedule))
    for said in mentions:
        if said.concept in CLASSES and said.stance is Stance.ASSERTED:
            yield _Subject(said.start, said.concept.replace("-goods", " class"), said.concept in CONTROLLED)


def _by_pharmacist(seen: Sighting) -> bool:
    """True when its line marks, as British shops do, the pack that a pharmacist may sell."""
    if not seen.medicine.without_prescription:
        return False
    text = seen.page.text
    return _PHARMACY_PACK.search(text, *line_around(text, seen.start, seen.end, _REACH)) is not None


def _told(text: str, left: int, right: int, at: int) -> bool:
    """True when the sentence warns, or the call at `at` stands in quotation marks: somebody tells what others say."""
    line = text.rfind("\n", max(0, at - _REACH), at) + 1
    before = text[max(line, at - _REACH) : at]
    inside = (
        before.count('"') % 2 == 1 or before.count("“") > before.count("”") or before.count("«") > before.count("»")
    )
    return inside or _quoted(text, left, right) or WARNING.stands_in(text, left, right)


def _quoted(text: str, left: int, right: int) -> bool:
    """True when quotation marks or the bars of a search pattern enclose the sentence: somebody lists what others say."""
    return text[max(0, left - 1) : left] in _OPENING and text[right : right + 1] in _CLOSING


def _sentence(text: str, signs: bytes, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence around a place, blanks left out; at most 200 characters on either side.

    `signs` are those of the text. One that a blank must follow ends no sentence where the blank is out of reach.
    """
    left, right = max(0, start - _REACH), min(len(text), end + _REACH)
    at = signs.rfind(b".", left, start)
    while at >= 0 and not (text[at] in _BREAKS or (at + 1 < start and text[at + 1].isspace())):
        at = signs.rfind(b".", left, at)
    left = max(left, at + 1)
    at = signs.find(b".", end, right)
    while at >= 0 and not (text[at] in _BREAKS or (at + 1 < right and text[at + 1].isspace())):
        at = signs.find(b".", at + 1, right)
    right = at if at >= 0 else right
    while left < right and text[left].isspace():
        left += 1
    return left, right
