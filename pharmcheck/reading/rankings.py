"""Rankings of sellers: numbered names with marks, under a line that speaks of pharmacies without prescription."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Page, Sighting, Stance
from pharmcheck.reading.lines import line_around
from pharmcheck.reading.pitches import CLASSES

_PHARMACY = re.compile(
    r"pharmac|farmac|farmác|farmaci|apothe[ck]|aptek|aptec|lékárn|lekárn|apotek|apteekk|patik|gyógyszertár|eczane|φαρμακ|аптек|drugstore|薬局",
    re.IGNORECASE,
)
# `1. Name – 9.8`, `N° 2 Name – 9,5/10`: a name, and a mark out of ten or five later on its line.
_ROW = re.compile(
    r"^\W{0,3}(?:n[°ºo.]{1,2} ?|top ?)?\d{1,2}\b[.):°]?\s+(?P<name>[^\W\d_][\w'’.&-]{2,30}(?: [^\W\d_][\w'’&-]{1,20}){0,2})\s*[-–—:|(,]"
    r"[^\n]{0,80}?(?<![\d.,])(?:10|\d)(?:[.,]\d)?(?: ?/ ?(?:5|10)\b|(?<=[.,]\d)(?![\d%]))",
    re.MULTILINE | re.IGNORECASE,
)
_PROMISE = "no-prescription-needed"
_FEWEST = 3  # fewer are no ranking
_REACH = 300  # characters of the line that heads it


def find_ranked(
    page: Page, mentions: Sequence[Mention], sightings: Sequence[Sighting]
) -> Iterator[tuple[str, int, int]]:
    """Yield name, start and end of each seller of a ranking that lists who sells prescription medicines without prescription.

    The heading may ask (`Which … to choose?`) or warn in passing, but not deny. A ranking of shops for what is free of
    prescription names no medicine or class of medicines that is not.
    """
    heads = [m for m in mentions if m.concept == _PROMISE and m.stance is not Stance.DENIED and _of_pharmacies(m)]
    if not heads:
        return
    rows = list(_ROW.finditer(page.text, heads[0].end))
    if len({row["name"] for row in rows}) < _FEWEST:
        return
    first, last = rows[0].start(), page.text.find("\n", rows[-1].end())
    last = last if last >= 0 else len(page.text)
    goods = [m.start for m in mentions if m.concept in CLASSES or m.concept == "prescription-trade"]
    goods += [s.start for s in sightings if s.medicine.prescription_only and not s.refused]
    if any(first <= at < last for at in goods):
        yield from ((row["name"].strip(), *row.span("name")) for row in rows)


def _of_pharmacies(head: Mention) -> bool:
    left, right = line_around(head.page.text, head.start, head.end, _REACH)
    return _PHARMACY.search(head.page.text, left, right) is not None
