"""Classes that sell themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting, Stance
from pharmcheck.reading.asserted import asserted
from pharmcheck.reading.lines import line_around
from pharmcheck.reading.pitches import CLASSES
from pharmcheck.reading.shops import BUSINESS

_SOLD = frozenset(
    {"seller-voice", "sales-pitch", "order-call", "medicine-goods", "discreet-packaging", "worldwide-shipping"}
)
_FEW_WORDS = 6
_REACH = 400  # characters of a line to either side


def lifestyle_medicines_as_goods(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """A seller names its goods by what they do: pills for potency, sleep, pain, slimming or focus.

    Why: these are what unlawful shops sell; a pharmacy dispenses all that a doctor writes and is named after
    none of it.
    Source: field notes on the assortment of one network (41 % potency medicines); OECD and EUIPO on
    counterfeit pharmaceuticals (2020).
    False alarm: a clinic for men's health, and pharmacies with a shelf of herbal sleeping aids.
    """
    if asserted(mentions, "seller-voice", *BUSINESS):
        named = {(s.page.url, s.start) for s in sightings}  # a name is no class
        classes = asserted(mentions, *sorted(CLASSES - {"steroid-goods"}))
        sold = [m for m in mentions if m.concept in _SOLD and m.stance is Stance.ASSERTED]
        for mention in classes:
            if (mention.page.url, mention.start) not in named and (_stands_alone(mention) or _is_sold(mention, sold)):
                yield mention.quote


def _stands_alone(mention: Mention) -> bool:
    """True in a menu, a heading, a list of goods: lines without much else."""
    text = mention.page.text
    left, right = line_around(text, mention.start, mention.end, _REACH)
    return len(text[left:right].split()) <= _FEW_WORDS


def _is_sold(mention: Mention, sold: Sequence[Mention]) -> bool:
    left, right = line_around(mention.page.text, mention.start, mention.end, _REACH)
    return any(m.page is mention.page and left <= m.start < right for m in sold)
