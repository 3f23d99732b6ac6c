"""Sales pitches: a call to buy and, in the same sentence, a prescription medicine or a class of such medicines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pharmcheck.model import Mention, Page, Pitch, Sighting, Stance

CALLS = frozenset({"order-call", "sales-pitch", "promotion-link", "no-prescription-needed"})
# Classes of medicines that no seller names who sells on prescription only; the first four are controlled in most countries.
CONTROLLED = frozenset({"steroid-goods", "sedative-goods", "opioid-goods"})
CLASSES = CONTROLLED | {"potency-goods", "slimming-goods", "focus-goods", "peptide-goods", "abortion-goods"}
_END = re.compile(r"\n|[.!?…](?=\s)|[|•]")
_REACH = 200  # characters of one sentence on either side of the call
_MOST = 200  # pitches of one page; more of them tell nothing new


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a pitch may be about: where it stands, its name, and whether it is controlled."""

    start: int
    name: str
    controlled: bool


def find_pitches(page: Page, mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> tuple[Pitch, ...]:
    """Return the pitches of a page in order; `mentions` and `sightings` are those of this page.

    A call that is denied, reported, warned of or only asked about is none.
    """
    subjects = sorted(_subjects(mentions, sightings), key=lambda s: s.start)
    starts = [s.start for s in subjects]
    found: dict[tuple[int, int], Pitch] = {}
    for call in mentions if subjects else ():
        if call.concept not in CALLS or call.stance is not Stance.ASSERTED:
            continue
        left, right = _sentence(page.text, call.start, call.end)
        about = subjects[bisect_left(starts, left) : bisect_left(starts, right)]
        if about and len(found) < _MOST:
            first = min(about, key=lambda s: (not s.controlled, s.start))
            found.setdefault((left, right), Pitch(first.name, first.controlled, page.quote(left, right)))
    return tuple(found.values())


def _subjects(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[_Subject]:
    for seen in sightings:
        medicine = seen.medicine
        if medicine.prescription_only and medicine.use in ("human", "research"):
            yield _Subject(seen.start, medicine.name, bool(medicine.schedule))
    for said in mentions:
        if said.concept in CLASSES and said.stance is Stance.ASSERTED:
            yield _Subject(said.start, said.concept.replace("-goods", " class"), said.concept in CONTROLLED)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence around a place, blanks left out; at most 200 characters on either side."""
    left = max(0, start - _REACH)
    for stop in _END.finditer(text, left, start):
        left = stop.end()
    after = _END.search(text, end, end + _REACH)
    right = after.start() if after else min(len(text), end + _REACH)
    while left < right and text[left].isspace():
        left += 1
    return left, right
