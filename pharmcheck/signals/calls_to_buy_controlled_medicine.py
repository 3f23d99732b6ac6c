"""How it calls to buy what is controlled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Pitch, Quote


def calls_to_buy_controlled_medicine(pitches: Sequence[Pitch]) -> Iterator[Quote]:
    """It calls to buy a controlled medicine, or such medicines as a class, in so many words.

    Why: opioids, sedatives and stimulants go to a named patient on a prescription; nobody who may dispense
    them calls the public to buy them.
    Source: 21 U.S.C. 829(e) and 841(h) (advertising of controlled substances on the internet); DEA alert of
    October 2024.
    False alarm: a list of search terms in a study or in a filter; a headline that quotes such a call.
    """
    yield from (replace(p.quote, note=f"{p.about} is controlled") for p in pitches if p.controlled)
