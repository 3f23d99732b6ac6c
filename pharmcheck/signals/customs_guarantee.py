"""Promises about customs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import resent_after_seizure, said_by_seller


def customs_guarantee(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """The site promises to resend or refund what customs seizes, or tells how to get past customs.

    Why: the promise presumes that the parcel is unlawful to import; a pharmacy that may deliver there has no
    need of it.
    Source: Partnership for Safe Medicines, safemedicines.org/warningsigns (tricks to avoid customs); FDA on
    importation.
    False alarm: an insurance against loss in the post that mentions customs among other causes.
    """
    yield from said_by_seller(mentions, sightings, "customs-guarantee", "customs-evasion")
    yield from (m.quote for m in resent_after_seizure(mentions))
