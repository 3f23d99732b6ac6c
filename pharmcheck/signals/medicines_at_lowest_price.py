"""How it advertises prices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_dealer


def medicines_at_lowest_price(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """Prescription medicines are advertised by their low price.

    Why: a price too good to be true is the commonest lure, and the EU and Britain bar advertising of such medicines
    to the public.
    Source: FDA BeSafeRx (prices much lower than elsewhere); Directive 2001/83/EC art. 88.
    False alarm: mail-order pharmacies and discount cards of the US compete by price.
    """
    yield from said_by_dealer(mentions, sightings, "lowest-price")
