"""What happens to lost parcels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_seller


def reships_lost_parcels(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """The seller promises to send medicines again, free, when a parcel does not arrive.

    Why: parcels that vanish are part of this trade; a pharmacy traces its own.
    Source: Partnership for Safe Medicines, safemedicines.org/warningsigns; field notes on shops of one
    affiliate network.
    False alarm: ordinary mail order replaces lost parcels as well, and seldom advertises it.
    """
    yield from said_by_seller(mentions, sightings, "reship-offer")
