"""Controlled medicines, in the seller's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.asserted import asserted

# Clinics for addicts offer them by name.
_OF_CLINICS = frozenset(("methadone", "buprenorphine", "buprenorphine with naloxone"))
# What may stand between "we sell" and the name in the same breath: other names, no denial.
_LIST = re.compile(r"(?!.*\b(?:not?|never|without|except|nor)\b)[\w ,&/()’'-]{0,60}")


def supplies_controlled_medicines(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """The site says of itself, by their names, that it sells or supplies controlled medicines.

    Why: a pharmacy dispenses them on the prescription of somebody else; only who sells them to whoever asks
    makes them the boast of the shop.
    Source: 21 U.S.C. 829(e); DEA alert of October 2024, dea.gov/alert/dea-issues-warning-about-illegal-online-pharmacies.
    False alarm: a hospital pharmacy or a clinic for pain or ADHD that names what it dispenses.
    """
    controlled = [
        s
        for s in sightings
        if s.medicine.schedule and s.medicine.prescription_only and s.medicine.name not in _OF_CLINICS
    ]
    for voice in asserted(mentions, "seller-voice"):
        named = next((s for s in controlled if s.page is voice.page and _said_in(voice, s)), None)
        if named:
            quote = voice.page.quote(voice.start, max(voice.end, named.end))
            yield replace(quote, note=f"{named.medicine.name} is a controlled medicine")


def _said_in(voice: Mention, named: Sighting) -> bool:
    """True when the name stands in the seller's words, or follows them in a list."""
    if named.start < voice.end:
        return voice.start <= named.start
    return _LIST.fullmatch(voice.page.text, voice.end, named.start) is not None
