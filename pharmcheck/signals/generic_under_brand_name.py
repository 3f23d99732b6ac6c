"""Generics under the brand's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_dealer


def generic_under_brand_name(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """It sells “generic” versions under the name of the brand, such as generic Viagra.

    Why: a lawful generic goes by its substance; the brand's name is a lure of shops whose goods nobody authorised.
    Source: Directive 2001/83/EC art. 87 and 88; FDA BeSafeRx; Gen Digital on one network of 5,000 shops (2025).
    False alarm: telehealth firms of the US explain sildenafil in these words; medicine guides of pharmacies.
    """
    yield from said_by_dealer(mentions, sightings, "brand-generic")
