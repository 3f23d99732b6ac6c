"""Who else earns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_dealer


def affiliate_programme(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """It pays affiliates to bring buyers of prescription medicines.

    Why: affiliate networks fill the web with spam for unlawful pharmacies; lawful practice and such networks hardly
    ever go together.
    Source: LegitScript on pharmacy affiliate networks; PharmaLeaks (USENIX Security 2012).
    False alarm: voucher partners of lawful shops for their other goods.
    """
    yield from said_by_dealer(mentions, sightings, "affiliate-programme")
