"""Letters that offer pills: by their subject, or because they are hardly more than a list of prescription medicines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pharmcheck.model import Page, Quote, Sighting
from pharmcheck.reading.pill_words import WARNING, sells_in_head

# A letter as text begins with its subject; one read from mail has the sender below it.
_SUBJECT = re.compile(r"\A(?:Subject: )?(.{3,200})\n(?:.{0,200}\n)?From: (.{1,200})|\ASubject: (.{3,200})")
_TOLD = re.compile(r"^Subject: (.{3,200})$", re.MULTILINE)
_HERE = re.compile(r"\b(?:click\s+here|order\s+(?:now|here|online|from)|buy\s+now|visit\s+(?:us|our))\b", re.IGNORECASE)
_WORDS_A_NAME = 40  # an advertisement names a medicine in so many words, a letter about one hardly
_NAMES = 5
_LOOKED_AT = 20_000  # characters


def pill_subject(page: Page) -> Quote | None:
    """Return the subject of a letter when it names or offers pills and does not report of them, None otherwise."""
    head = _SUBJECT.match(page.text)
    if head is None or not sells_in_head(f"{head[1] or head[3]}\nFrom: {head[2] or ''}"):
        return None
    told = _TOLD.search(page.text, 0, head.end()) or head  # a page that shows a letter has a title of its own
    return page.quote(*told.span(1 if told[1] else 3), "the subject of the letter")


def pill_list(page: Page, sightings: Sequence[Sighting]) -> Quote | None:
    """Return the first medicine of a letter that lists five or more on prescription, calls to click or order, and warns of
    nothing; None otherwise."""
    text = page.text[:_LOOKED_AT]
    if not _SUBJECT.match(text):
        return None
    named = [s for s in sightings if s.page is page and s.medicine.prescription_only and s.end <= len(text)]
    different = {s.medicine.name for s in named}
    if len(different) < _NAMES or _WORDS_A_NAME * len(named) < text.count(" "):
        return None
    if not _HERE.search(text) or WARNING.stands_in(text):
        return None
    return page.quote(named[0].start, named[-1].end, f"{len(different)} prescription medicines in one letter")
