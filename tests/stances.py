"""How a text means what it mentions, for tests of stances."""

from __future__ import annotations

from pharmcheck.model import Page, Stance
from pharmcheck.reading.phrases import find_mentions


def stances(text: str, concept: str = "no-prescription-needed", language: str = "") -> set[Stance]:
    """Return the stances in which `text`, of a page in `language` where one is given, mentions `concept`."""
    page = Page("https://shop.example/", "home", 200, text, language=language)
    return {m.stance for m in find_mentions(page) if m.concept == concept}
