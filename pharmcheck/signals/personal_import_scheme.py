"""What it tells of import law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_seller


def personal_import_scheme(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """The site rests its sale of prescription medicines on rules for import for personal use.

    Why: where the law leaves travellers and patients a narrow gap, such shops make a business of it; a pharmacy
    licensed where the buyer lives needs no such rule.
    Source: Partnership for Safe Medicines, safemedicines.org/warningsigns (advice on import law); TGA, personal
    importation scheme (a prescription is still needed).
    False alarm: an honest intermediary that explains import law; a list of countries to which it does not ship.
    """
    yield from said_by_seller(mentions, sightings, "personal-import")
