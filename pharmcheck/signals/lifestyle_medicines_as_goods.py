"""Classes that sell themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.pitches import CLASSES
from pharmcheck.reading.shops import BUSINESS, asserted


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
        yield from (m.quote for m in classes if (m.page.url, m.start) not in named)
