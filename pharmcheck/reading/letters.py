"""Letters whose very subject offers pills."""

from __future__ import annotations

import re

from pharmcheck.model import Page, Quote
from pharmcheck.reading.pill_words import sells_in_head

_SUBJECT = re.compile(r"\ASubject: (.{3,200})")


def pill_subject(page: Page) -> Quote | None:
    """Return the subject of a letter when it names or offers pills and does not report of them, None otherwise."""
    subject = _SUBJECT.match(page.text)
    if subject is None or not sells_in_head(subject[0] + "\nFrom: "):
        return None
    return page.quote(*subject.span(1), "the subject of the letter")
