"""Products that do not exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_dealer

_ASSORTMENT = 2  # one may be a slip, or the subject of a guide


def invented_product(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """It names two or more products that no maker has, such as Viagra Soft or Cialis Professional.

    Why: the names are those of spam catalogues; no regulator authorised a medicine under them.
    Source: FDA Orange Book and EMA product lists (no such products); MHRA on Lovegra and Kamagra.
    False alarm: a pharmacy's guide that tells what such pills are; one such name alone is not counted.
    """
    found = {q.text.casefold(): q for q in said_by_dealer(mentions, sightings, "invented-product")}
    if len(found) >= _ASSORTMENT:
        yield from found.values()
