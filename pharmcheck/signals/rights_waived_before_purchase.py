"""What the buyer signs away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_dealer


def rights_waived_before_purchase(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """Who buys prescription medicines here waives rights, or is told that nobody answers for harm.

    Why: a pharmacy answers for what it dispenses, and no licence lets it exclude that.
    Source: Partnership for Safe Medicines, safemedicines.org/warningsigns (waiver of rights before purchase).
    False alarm: the customary clause of lawful shops in the US on use of the web site.
    """
    yield from said_by_dealer(mentions, sightings, "rights-waived")
