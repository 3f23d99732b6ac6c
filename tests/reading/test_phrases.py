"""Phrases: every example of every concept, disguise, overlaps, the cap, and time."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmcheck.model import Mention, Page, Stance
from pharmcheck.reading import phrases
from pharmcheck.reading.patterns import load_topic, parse
from pharmcheck.reading.phrases import TOPICS, find_mentions

NONE = "no-prescription-needed"
LANGUAGES = ("de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ru", "sv")
IN_ALL_LANGUAGES = (
    "no-prescription-needed",
    "prescription-required",
    "prescription-upload",
    "seller-voice",
    "warning-voice",
    "article-voice",
)


def read(text: str) -> tuple[Mention, ...]:
    """Return the mentions of a page that consists of `text`."""
    return find_mentions(Page("https://shop.example/", "home", 200, text))


def asserts(text: str, concept: str) -> bool:
    """True when `text` asserts `concept`."""
    return any(m.concept == concept and m.stance is Stance.ASSERTED for m in read(text))


def _concepts() -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    for topic in TOPICS:
        for concept, languages in load_topic(topic).items():
            if concept != "plain":
                for language, lines in languages.items():
                    yield concept, language, lines


def _examples(kind: str) -> list[tuple[str, str]]:
    return [(concept, line) for concept, _, lines in _concepts() for line in lines[kind]]


@pytest.mark.parametrize(("concept", "text"), _examples("yes"))
def test_a_yes_example_asserts_its_concept(concept: str, text: str) -> None:
    """Every `yes` example is found and meant."""
    assert asserts(text, concept)


@pytest.mark.parametrize(("concept", "text"), _examples("no"))
def test_a_no_example_does_not_assert_its_concept(concept: str, text: str) -> None:
    """No `no` example is found as meant."""
    assert not asserts(text, concept)


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
    for _, language, lines in _concepts():
        for role in ("say", "but", "if_yes", "if_no"):
            assert all(list(parse(line, 0, language, role)) for line in lines.get(role, ()))


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


def test_the_pattern_notation() -> None:
    """Braces give a choice, brackets a gap, a star an ending, `#` a number; scripts without spaces need no boundary."""
    (pattern,) = parse("buy [0-2] {pill*|tablets}", 0, "en", "say")
    assert pattern.match(["buy", "our", "new", "pills"], 3) == (0, 3)
    assert pattern.match(["buy", "our", "very", "new", "pills"], 4) == ()
    (pattern,) = parse("# {mg}", 0, "en", "say")
    assert pattern.match(["20", "mg"], 1) == (0, 1)
    (pattern,) = parse("処方箋 [0-2] 不要", 0, "ja", "say")
    words = list("薬は処方箋なし不要")
    assert any(pattern.match(words, at) == (2, 3, 4, 7, 8) for at in range(len(words)))


@pytest.mark.parametrize("line", ["[0-3]", "{a|b", "#", "the) [2-3]"])
def test_a_pattern_that_cannot_be_read_is_refused(line: str) -> None:
    """A broken line raises ValueError instead of matching nothing for ever."""
    with pytest.raises(ValueError, match="phrase pattern"):
        list(parse(line, 0, "en", "say"))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(["no", "prescription", "without", "?", ".", "\n", "buy", '"', "'", "[0-3]"]),
        ),
        max_size=60,
    )
)
def test_no_text_raises(pieces: list[str]) -> None:
    """Any text gives mentions whose offsets lie in it, in order."""
    text = " ".join(pieces)
    for mention in read(text):
        assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["no no no prescription ", "buy without online prescription? no\n", "a" * 999 + " ", "no.", "。処方箋"]
)
def test_repetition_takes_linear_time(piece: str) -> None:
    """Ten times the text costs about ten times as much; were it quadratic, it would be a hundred."""
    read("warm up: no prescription needed")

    def seconds(size: int) -> float:
        start = time.process_time()
        read((piece * (size // len(piece) + 1))[:size])
        return time.process_time() - start

    tenth = max(min(seconds(30_000) for _ in range(3)), 0.01)
    assert min(seconds(300_000) for _ in range(2)) < 50 * tenth


def test_the_phrases_compile_once() -> None:
    """The compiled phrases are kept."""
    assert phrases._lexicon() is phrases._lexicon()
