"""Who else earns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Kind, Mention, Page, Quote, Sighting
from pharmcheck.reading.goods import said_by_dealer
from pharmcheck.reading.referrals import affiliate_traces
from pharmcheck.reading.sellers import sells_medicines


def affiliate_programme(
    mentions: Sequence[Mention], sightings: Sequence[Sighting], pages: Sequence[Page], kind: Kind
) -> Iterator[Quote]:
    """It pays affiliates to bring buyers of prescription medicines.

    Why: affiliate networks fill the web with spam for unlawful pharmacies; lawful practice and such networks hardly
    ever go together. Its words count, and in its links a door for webmasters or the number of an affiliate.
    Source: LegitScript on pharmacy affiliate networks; PharmaLeaks (USENIX Security 2012).
    False alarm: voucher partners of lawful shops for their other goods; a link that says no more than "affiliates"
    is therefore not counted.
    """
    said = said_by_dealer(mentions, sightings, "affiliate-programme")
    yield from (quote for quote in said if quote.text.strip().casefold() != "affiliates")
    if sells_medicines(kind, mentions, sightings):
        yield from affiliate_traces(pages)
