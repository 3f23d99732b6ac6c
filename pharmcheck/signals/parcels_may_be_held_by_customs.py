"""What customs may do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_seller


def parcels_may_be_held_by_customs(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """The seller warns that customs may stop or delay its parcels, or takes no responsibility for it.

    Why: parcels of a pharmacy in the buyer's country meet no customs; who writes this sends from abroad.
    Source: FDA on importation, fda.gov/industry/import-basics/personal-importation; Directive 2001/83/EC art.
    85c.
    False alarm: a lawful shop that ships its other goods abroad, and honest intermediaries.
    """
    yield from said_by_seller(mentions, sightings, "customs-disclaimer")
