"""The prescription ladder, from two places kept apart: what the words say, and what the forms and steps do."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pharmcheck.model import Gap, Mention, Offer, Page, Prescription, Rung, Sighting, Stance, Statement
from pharmcheck.reading.asking import is_order_form, read_forms
from pharmcheck.reading.asserted import asserted
from pharmcheck.reading.lines import line_around
from pharmcheck.reading.pitches import CLASSES
from pharmcheck.reading.scope import means_these, stands_on_a_card

_PHARMACIST = re.compile(
    r"pharmacist|apotheker|pharmacien|farmac[eé]utic|farmacist|farmaceut|farmac[eê]utic|lékárník|фармацевт|apotekare|薬剤師",
    re.IGNORECASE,
)
# A medicine that is named in such a sentence is not what the other sentence means.
_ASKS = frozenset(("prescription-required", "prescription-upload"))
_QUESTION = 120  # characters from a question to the words that answer it
HIDING = ("customs-guarantee", "customs-evasion", "payment-disguise")  # how parcels pass customs, and money banks
_SMUGGLED = frozenset(HIDING)
# With these beside a prescription medicine a page speaks as its seller.
_TRADES = frozenset((
    "seller-voice", "discreet-packaging", "crypto-payment", "messenger-order", "airmail", "reship-offer",
    "wire-payment", "affiliate-programme", "approved-makers", "dispatched-abroad",
))  # fmt: skip
_CLASS = "prescription-trade"  # antibiotics, antidepressants …: kinds of medicines that need a prescription everywhere
_MOST_TOLD_OF = 12  # a line of keywords names more, and says nothing of any
_SAID = {
    "no-prescription-needed": Rung.NONE,
    "prescription-waived": Rung.WAIVED,
    "prescription-optional": Rung.OPTIONAL,
    "questionnaire-only": Rung.QUESTIONNAIRE,
    "consultation-offered": Rung.CONSULTATION,
    "prescription-required": Rung.REQUIRED,
    "prescription-upload": Rung.UPLOAD,
    "e-prescription": Rung.E_PRESCRIPTION,
    "original-by-post": Rung.ORIGINAL,
}


def read_prescription(
    pages: Sequence[Page], mentions: Sequence[Mention], sightings: Sequence[Sighting], offers: Sequence[Offer]
) -> Prescription:
    """Return the ladder: what the words say is tied to the medicines that stand in the sentence, or are on offer."""
    readable = [p for p in pages if not p.shell]
    return Prescription(tuple(_said(mentions, sightings, offers)), tuple(_done(readable)), _find_checkout(readable))


def _find_checkout(pages: Sequence[Page]) -> Page | Gap:
    """Return the page on which an order is filled in, or a Gap that says why none was read."""
    carts = [p for p in pages if p.role == "checkout"]
    for page in carts:
        if any(is_order_form(form) for form in page.forms):
            return page
    if carts:
        return Gap("checkout", f"{carts[0].url} shows no order form: an empty cart has none")
    return Gap("checkout", f"no cart or checkout was found on the {len(pages)} pages that were read")


def _said(mentions: Sequence[Mention], sightings: Sequence[Sighting], offers: Sequence[Offer]) -> Iterator[Statement]:
    around: dict[tuple[int, int, int], _Around] = {}
    tells: dict[int, _Trader] = {}
    for mention in asserted(mentions, *_SAID):
        rung = _SAID[mention.concept]
        bounds = _sentence(mention)
        key = id(mention.page), *bounds
        if key not in around:
            around[key] = _read_around(mention.page, *bounds, sightings, offers)
        sentence = around[key]
        if rung is Rung.NONE and not (
            sentence.names_one if sentence.named else _means_one(mention, mentions, sightings, offers, tells)
        ):
            continue
        inside = sentence.first_between(mention.start, mention.end)
        for name in sorted(sentence.told_of, key=lambda name: name != inside):
            yield Statement(rung, mention.quote, name)


@dataclass(frozen=True, slots=True)
class _Around:
    """What a sentence tells of medicines, read once for all that is said in it: a page may be one long sentence."""

    named: bool
    names_one: bool
    told_of: list[str]
    places: list[tuple[int, str]]  # where it names a prescription medicine, ascending

    def first_between(self, start: int, end: int) -> str:
        """Return the prescription medicine that is named first from `start` to `end`, "" for none."""
        at = bisect_left(self.places, (start, ""))
        return self.places[at][1] if at < len(self.places) and self.places[at][0] < end else ""


def _read_around(page: Page, start: int, end: int, sightings: Sequence[Sighting], offers: Sequence[Offer]) -> _Around:
    here = [s for s in sightings if s.page is page and start <= s.start < end]
    named = sorted(here, key=lambda s: not s.medicine.prescription_only)
    names_one = bool(named) and _names_one(named, offers) and not _by_pharmacist(page.text, start, end, named)
    places = sorted((s.start, s.medicine.name) for s in named if s.medicine.prescription_only)
    return _Around(bool(named), names_one, _told_of(named), places)


def _told_of(named: Sequence[Sighting]) -> list[str]:
    """Return the prescription medicines of a sentence, else its first medicine, else "": it speaks of the site."""
    names = [s.medicine.name for s in named if s.medicine.prescription_only] or [s.medicine.name for s in named[:1]]
    return list(dict.fromkeys(names))[:_MOST_TOLD_OF] or [""]


def _by_pharmacist(text: str, start: int, end: int, named: Sequence[Sighting]) -> bool:
    """True when a pharmacist is said to supply what, in some country or strength, a pharmacist may."""
    lawful = all(s.medicine.without_prescription or not s.medicine.prescription_only for s in named)
    return lawful and _PHARMACIST.search(text, start, end) is not None


def _sentence(mention: Mention) -> tuple[int, int]:
    """Return the bounds of the sentence around a mention."""
    text = mention.page.text
    left, right = line_around(text, mention.start, mention.end, len(text))
    start, end = text.rfind(". ", left, mention.start), text.find(". ", mention.end, right)
    return (start + 1 if start >= 0 else left), (end if end >= 0 else right)


def in_answer(mention: Mention) -> bool:
    """True when the words answer a question of the buyer's, which stands directly before them or in the quote itself."""
    text, start = mention.page.text, _sentence(mention)[0]
    before = text[max(0, start - _QUESTION) : start].rstrip()
    asked = before[before.rfind("\n") + 1 :] + text[start : mention.end]
    return "?" in asked or "？" in asked


def _names_one(named: Sequence[Sighting], offers: Sequence[Offer]) -> bool:
    """True when the sentence names a medicine that a pharmacist may not sell without a prescription as it is offered here."""
    first = named[0].medicine
    if not first.prescription_only or any(s.medicine.name.startswith(f"{first.name} from ") for s in named):
        return False  # the pharmacist's own product of the same substance: Viagra Connect contains sildenafil
    offered = [o for o in offers if o.medicine == first]
    if not offered:  # where the site offers the pharmacist's own product only, it speaks of that
        return not any(o.medicine.name.startswith(f"{first.name} from ") for o in offers)
    return any(o.needs_prescription for o in offered)


def _means_one(
    mention: Mention,
    mentions: Sequence[Mention],
    sightings: Sequence[Sighting],
    offers: Sequence[Offer],
    tells: dict[int, _Trader],
) -> bool:
    """True when a sentence that names no medicine must mean prescription medicines: the site offers them, or its page
    speaks as their seller; what says `everything on this shelf`, or stands on a product's card, means what stands there."""
    if means_these(mention, _sentence(mention), sightings, offers) or stands_on_a_card(mention, sightings):
        return False
    offered = [o for o in offers if o.medicine.prescription_only and o.medicine.use != "vet" and (o.order or o.price)]
    if offered:
        return any(o.needs_prescription for o in offered)
    if id(mention.page) not in tells:
        tells[id(mention.page)] = _read_trader(mention.page, mentions, sightings)
    told = tells[id(mention.page)]
    asked = told.named and in_answer(mention)  # a seller answers its buyers; what it sells stands on the page
    return told.smuggles or asked or told.trades >= (1 if told.named or told.classes else 2)


@dataclass(frozen=True, slots=True)
class _Trader:
    """What a page tells of a trade in prescription medicines, read once for all its sentences that name none.

    `named` is a prescription medicine, `classes` a kind of them, neither in a sentence that asks for a prescription.
    """

    named: bool
    classes: bool
    smuggles: bool
    trades: int


def _read_trader(page: Page, mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> _Trader:
    here = [m for m in mentions if m.page is page]
    said = {m.concept for m in here if m.stance is Stance.ASSERTED}
    refused = _refusals(here)
    named = [s.start for s in sightings if s.page is page and s.medicine.prescription_only and not s.refused]
    traded = [m.start for m in here if m.concept == _CLASS and m.stance is Stance.ASSERTED]
    return _Trader(
        named=any(not _within(at, refused) for at in named),
        classes=bool(said & CLASSES) or any(not _within(at, refused) for at in traded),
        smuggles=bool(said & _SMUGGLED),
        trades=len(said & _TRADES),
    )


def _refusals(mentions: Sequence[Mention]) -> set[tuple[int, int]]:
    """Return the bounds of the sentences that ask for a prescription."""
    return {
        _sentence(m)
        for m in mentions
        if (m.concept == "no-prescription-needed" and m.stance is Stance.DENIED)
        or (m.concept in _ASKS and m.stance is Stance.ASSERTED)
    }


def _within(at: int, spans: Collection[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _done(pages: Sequence[Page]) -> Iterator[Statement]:
    for page in pages:
        yield from read_forms(page)
