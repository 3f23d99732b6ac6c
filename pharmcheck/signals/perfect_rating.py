"""Praise without a shadow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Offer, Page, Quote
from pharmcheck.reading.praise import perfect_ratings


def perfect_rating(offers: Sequence[Offer], pages: Sequence[Page]) -> Iterator[Quote]:
    """The page of a prescription medicine claims that twenty buyers or more gave it nothing but the best mark.

    Why: no medicine pleases everybody, and reviews of prescription medicines may not be used to advertise them.
    Source: Directive 2001/83/EC art. 88 and 90; DEA alert of October 2024 (planted reviews).
    False alarm: software that rounds 4.9 to 5, and ratings of the shop beside the product.
    """
    sold = {offer.page.url for offer in offers if offer.needs_prescription}
    for page in pages:
        if page.url in sold:
            yield from perfect_ratings(page)
