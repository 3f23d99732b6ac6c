"""Phrases: every example of every concept, disguise, overlaps, the cap, and time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pharmcheck.model import Stance
from pharmcheck.reading.lexicon import TOPICS, Words, load_topic
from pharmcheck.reading.patterns import parse
from tests.reading.said import NONE, asserts, read

LANGUAGES = ("de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ru", "sv")
IN_ALL_LANGUAGES = (
    "no-prescription-needed",
    "prescription-required",
    "prescription-upload",
    "seller-voice",
    "warning-voice",
    "article-voice",
)


def _concepts() -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    for topic in TOPICS:
        for concept, languages in load_topic(topic).items():
            if concept != "plain":
                for language, lines in languages.items():
                    yield concept, language, lines


def _examples(kind: str) -> list[tuple[str, str, str]]:
    return [(concept, language, line) for concept, language, lines in _concepts() for line in lines[kind]]


@pytest.mark.parametrize(("concept", "language", "text"), _examples("yes"))
def test_a_yes_example_asserts_its_concept(concept: str, language: str, text: str) -> None:
    """Every `yes` example is found and meant on a page of its language."""
    assert asserts(text, concept, language)


@pytest.mark.parametrize(("concept", "language", "text"), _examples("no"))
def test_a_no_example_does_not_assert_its_concept(concept: str, language: str, text: str) -> None:
    """No `no` example is found as meant on a page of its language."""
    assert not asserts(text, concept, language)


def test_every_concept_has_examples_enough() -> None:
    """English concepts carry six examples of each kind, those of other languages four."""
    short = [
        (concept, language, kind)
        for concept, language, lines in _concepts()
        for kind in ("yes", "no")
        if len(lines[kind]) < (6 if language == "en" else 4)
    ]
    assert not short


def test_every_pattern_can_be_read() -> None:
    """Each line of the notation parses, also those that are compiled only when they are needed."""
    named = Words(load_topic("words"))
    for _, language, lines in _concepts():
        for role in ("say", "alone", "but", "if_yes", "if_no"):
            assert all(list(parse(line, 0, language, role, named)) for line in lines.get(role, ()))
    for languages in load_topic("stance").values():
        for language, lines in languages.items():
            assert all(list(parse(line, 0, language, "say", named)) for line in lines["say"])


def test_every_concept_speaks_english_and_some_all_languages() -> None:
    """Every concept has English phrases; those that law 6 leans on have all the languages."""
    spoken: dict[str, set[str]] = {}
    for concept, language, _ in _concepts():
        spoken.setdefault(concept, set()).add(language)
    assert all("en" in languages for languages in spoken.values())
    assert all(spoken[concept] >= set(LANGUAGES) for concept in IN_ALL_LANGUAGES)


@pytest.mark.parametrize(
    "text",
    [
        "No pre\u200bscription nee\u200bded for any order.",
        "N\u043e pr\u0435scription n\u0435eded for any order.",
        "\uff2e\uff4f prescription needed for any order.",
        "NO PRESCRIPTION NEEDED for any order.",
        "We don\u2019t require a prescription.",
        "No_prescription_needed!",
    ],
)
def test_disguise_does_not_hide_a_phrase(text: str) -> None:
    """Zero-width characters, look-alike letters, full width, capitals and curly signs do not matter."""
    assert asserts(text, "no-prescription-needed")


def test_a_quote_is_verbatim_though_the_text_was_disguised() -> None:
    """Offsets lead to the text as it stands on the page."""
    text = "Great\u200b shop.\nNo pre\u200bscription needed here."
    mention = next(m for m in read(text) if m.concept == "no-prescription-needed")
    assert text[mention.start : mention.end] == mention.quote.text == "No pre\u200bscription needed"


def test_words_of_different_lines_make_no_phrase() -> None:
    """A table cell `No` over the cell `Prescription required` is not `no prescription required`."""
    text = "Age check\nNo\nPrescription required\nYes"
    assert not asserts(text, "no-prescription-needed")
    assert asserts(text, "prescription-required")


def test_a_wrapped_line_is_read_on() -> None:
    """A long line that goes on in lower case was only wrapped."""
    text = "You may be surprised that in our shop you can order every tablet without a\nprescription and at any time."
    assert asserts(text, "no-prescription-needed")


def test_phrases_begin_and_end_at_words() -> None:
    """A word inside another word does not count, in any script."""
    assert not asserts("Casino prescriptionist neededless", "no-prescription-needed")
    assert not asserts("безрецептатор", "no-prescription-needed")


def test_of_overlapping_phrases_the_longest_stays() -> None:
    """One place gives one mention of a concept."""
    found = [m for m in read("With us there is no need for any prescription, none needed.") if m.concept == NONE]
    assert [m.quote.text for m in found] == ["no need for any prescription"]


def test_mentions_come_in_the_order_of_the_page() -> None:
    """Mentions are sorted by where they start."""
    starts = [m.start for m in read("Buy now.\nNo prescription needed.\nWorldwide shipping.\nWe accept Bitcoin.")]
    assert starts == sorted(starts) and len(starts) >= 4


def test_repetition_cannot_push_out_another_phrase() -> None:
    """A page has at most 1,000 mentions, and the rare one is among them wherever it stands."""
    text = "We never sell antibiotics without a prescription.\n" * 3_000 + "No prescription needed."
    found = read(text)
    assert len(found) <= 1_000
    assert any(m.concept == "no-prescription-needed" and m.stance is Stance.ASSERTED for m in found)
