"""What a sentence says: remembered from page to page, and the same whatever was read before."""

from __future__ import annotations

import gc
from itertools import permutations

import pytest

from pharmcheck.model import Page
from pharmcheck.reading.lexicon import lexicon
from pharmcheck.reading.phrases import find_mentions
from pharmcheck.reading.said import Said, said
from pharmcheck.reading.sentences import Sentences


def told(text: str, language: str) -> list[tuple[str, int, int, str]]:
    """Return what is found on a page of this language."""
    page = Page("https://heron.example/", "home", 200, text, language=language)
    return [(m.concept, m.start, m.end, m.stance.value) for m in find_mentions(page)]


@pytest.mark.parametrize(
    "text",
    [
        "Vi skickar alla tabletter utan recept med snabb leverans.",
        "Do I need a prescription? No.\nDo I need a prescription? Yes, always.\nDo I need a prescription?",
        "Ships worldwide\nOur team: ships worldwide. Ships worldwide",
        'Buy without prescription\n"Buy without prescription" was written on the parcel that they opened.',
    ],
)
def test_what_was_read_before_changes_nothing(text: str) -> None:
    """A sentence means the same on the first page and on the tenth, in each language and beside each neighbour."""
    pages = [(text, ""), (text, "sv"), (text, "en"), ("Bad signs:\n" + text, "en")]
    read = [dict(zip(order, (told(*page) for page in order), strict=True)) for order in permutations(pages)]
    assert all(known == read[0] for known in read)
    assert read[0][text, "en"]


def test_a_sentence_torn_within_a_word_is_another() -> None:
    """A sentence of the same letters that begins within a word, so that no anchor was found in it, says nothing."""
    text, known = "no prescription needed", lexicon()
    anchors = frozenset(known.anchors.find(Sentences(text, text))[0])
    assert said(text, anchors, "en", known).concepts
    assert not said(text, frozenset(), "en", known).concepts
    assert said(text, anchors, "en", known).concepts


def test_what_is_remembered_is_bounded() -> None:
    """Of three thousand different sentences two thousand are kept when their pages are gone, and of long ones none."""

    def kept() -> int:
        gc.collect()
        return sum(isinstance(thing, Said) and bool(thing.concepts) for thing in gc.get_objects())

    for page in range(12):
        told("\n".join(f"No prescription needed, order {n}." for n in range(250 * page, 250 * page + 250)), "en")
    assert kept() == 1_000
    told("\n".join(f"No prescription needed, order {n}{' and another' * 20}." for n in range(2_100)), "en")
    assert kept() == 1_000
    told("\n".join(f"No prescription required, order {n}." for n in range(100)), "en")
    assert kept() == 1_000
    told("\n".join(f"No prescription, order {n}." for n in range(100)), "en")
    assert kept() == 1_000 - 100  # all that say nothing share one
