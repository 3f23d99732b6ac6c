"""Prices at which nobody can sell the real thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Quote
from pharmcheck.reading.floors import below_floor


def price_below_floor(offers: Sequence[Offer]) -> Iterator[Quote]:
    """A patented brand is offered for less than half of its lowest list price.

    Why: what a maker sells to every pharmacy at a known price cannot be sold for half of it; it is falsified, or
    never comes.
    Source: reference_prices.csv, each row with its own source and date; only rows of high confidence count.
    False alarm: deposits, prices by the week or with insurance; whole packs with strength and order path are counted
    alone.
    """
    for offer, floor in below_floor(offers):
        note = (
            f"{floor.brand}: below {floor.floor:.2f} {floor.currency} per {floor.per} ({floor.market}, {floor.as_of})"
        )
        yield replace(offer.quote, note=note)
