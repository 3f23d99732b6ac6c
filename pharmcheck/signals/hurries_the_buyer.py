"""How it presses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Offer, Page, Quote, Sighting
from pharmcheck.reading.goods import said_by_dealer
from pharmcheck.reading.praise import countdown_clocks


def hurries_the_buyer(
    mentions: Sequence[Mention], sightings: Sequence[Sighting], offers: Sequence[Offer], pages: Sequence[Page]
) -> Iterator[Quote]:
    """Buyers of prescription medicines are hurried: a clock that counts down, few packs left, others who look on.

    Why: treatment does not run out in nine minutes; such devices are invented by the shop's software.
    Source: Directive 2005/29/EC, annex I, point 7 (false claims that an offer ends soon); GPhC, 4 February 2025 (nothing
    that puts pressure on patients).
    False alarm: the next delivery slot of a lawful shop, and its sales of cosmetics on the same page.
    """
    yield from said_by_dealer(mentions, sightings, "urgency")
    sold = {offer.page.url for offer in offers if offer.order and offer.needs_prescription}
    for page in pages:
        if page.url in sold:
            yield from countdown_clocks(page)
