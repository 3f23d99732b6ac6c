"""What pages say, in short."""

from __future__ import annotations

from pharmcheck.model import Mention, Page, Stance
from pharmcheck.reading.phrases import find_mentions

NONE = "no-prescription-needed"


def read(text: str, language: str = "") -> tuple[Mention, ...]:
    """Return the mentions of a page that consists of `text`."""
    return find_mentions(Page("https://shop.example/", "home", 200, text, language=language))


def asserts(text: str, concept: str, language: str = "") -> bool:
    """True when `text` asserts `concept`."""
    return any(m.concept == concept and m.stance is Stance.ASSERTED for m in read(text, language))
