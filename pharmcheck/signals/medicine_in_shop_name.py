"""A medicine in the name of the shop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Page, Quote
from pharmcheck.reading.shop_names import shop_names


def medicine_in_shop_name(pages: Sequence[Page]) -> Iterator[Quote]:
    """The shop calls itself after a prescription medicine: its name beside a place or a word for a shop.

    Why: pharmacies are named after places, people and trees; who is named after one pill sells that pill.
    Source: Directive 2001/83/EC art. 88 (no advertising of prescription medicines to the public); names of
    shops on public block lists.
    False alarm: a maker's own product line, or a forum for patients.
    """
    for page in pages:
        yield from shop_names(page)
