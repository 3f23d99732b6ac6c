"""How the price falls with the number of pills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Quote
from pharmcheck.reading.prices import steep_ladders


def steep_volume_discount(offers: Sequence[Offer]) -> Iterator[Quote]:
    """A prescription medicine comes in four packs or more, and a pill of the largest costs less than 60 % of the smallest's.

    Why: the ladder from 10 to 360 pills is the template of affiliate shops, made to sell stock; a pharmacy fills what
    the prescription says. Only ladders that reach 120 pills count.
    Source: medical-specialists.blogspot.com/2014/01/illegal-websites-posing-as-pharmacies.html (a pharmacist's account).
    False alarm: discount mail order, where the fee for filling makes small packs dear.
    """
    for quote, fall in steep_ladders(offers):
        yield replace(quote, note=f"{fall:.0%} less for a pill than in the smallest pack")
