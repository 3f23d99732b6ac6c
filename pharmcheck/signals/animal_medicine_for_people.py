"""What is made for animals, sold to people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Quote, Sighting
from pharmcheck.reading.lines import line_around
from pharmcheck.reading.on_use import compile_on_use

_FOR_PEOPLE = compile_on_use(
    r"\bfor (?:humans?|people|human (?:use|consumption|beings?|cancer))\b|\bhuman[- ]grade\b|\bpara (?:humanos|personas)\b"
    r"|\bpour (?:les )?humains\b|\bfür menschen\b|\bper (?:l')?uso umano\b|\bдля людей\b|\bdla ludzi\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not?|never|isn't|don't|nor|unsafe|unfit|toxic|harmful|dangerous|warn\w*|nicht|kein\w*|pas|non|nunca|nie|не)\b",
    re.IGNORECASE,
)
_REACH = 80  # characters on either side of the name


def animal_medicine_for_people(offers: Sequence[Offer], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """A medicine made for animals is for sale, and the site says that it is for people.

    Why: its strength, its other ingredients and its factory were never checked for people; ivermectin paste and
    fenbendazole have sent buyers to hospital.
    Source: FDA, "Why you should not use ivermectin to treat or prevent COVID-19", and its letter on animal
    ivermectin of March 2021.
    False alarm: a sentence on a medicine that exists for both; one that denies or warns is left out.
    """
    sold = {o.medicine.name for o in offers if o.medicine.use == "vet" and (o.price or o.order)}
    for sighting in sightings:
        if sighting.medicine.name not in sold:
            continue
        text = sighting.page.text
        left, right = line_around(text, sighting.start, sighting.end, _REACH)
        if _FOR_PEOPLE.search(text, left, right) and not _DENIED.search(text, left, right):
            yield replace(sighting.page.quote(left, right), note=f"{sighting.medicine.name} is made for animals")
