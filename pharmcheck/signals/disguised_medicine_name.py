"""Names written past a filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Quote, Sighting


def disguised_medicine_name(sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """A medicine's name is written with swapped or look-alike letters.

    Why: names are respelt to pass the filters of shops, mail and advertising networks; a pharmacy writes them
    as on the box.
    Source: Visa, guide for acquirers on online pharmacies (2016), obfuscation; Unicode Technical Standard 39,
    confusables.
    False alarm: a misread scan, a page in two scripts, or an article that shows such spellings.
    """
    for sighting in sightings:
        if sighting.disguised:
            yield replace(sighting.quote, note=f"stands for {sighting.medicine.name}")
