"""Whose approval it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_seller


def makers_instead_of_licence(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """The seller vouches for its medicines by approved makers, where a pharmacy would name its own licence.

    Why: an approved factory says nothing about the right to sell, nor whether the pills came from there.
    Source: Visa acquirer guide (irrelevant licences); FDA BeSafeRx.
    False alarm: compounding pharmacies and wholesalers name their makers too.
    """
    yield from said_by_seller(mentions, sightings, "approved-makers")
