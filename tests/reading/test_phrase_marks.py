"""Ends of sentences, signs and repetition: nothing raises, and work stays linear."""

from __future__ import annotations

import sys
import time
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmcheck.reading.lexicon import lexicon
from pharmcheck.reading.sentences import Sentences
from tests.reading.said import NONE, asserts, read


@pytest.mark.parametrize(
    "text",
    [
        "Do I need it?",
        'He said "really?"',
        "処方箋は必要ですか",
        "処方箋なしで買えますか。",
        "処方箋は必要でしょうか。",
        "Χρειάζομαι συνταγή;",
        "Χρειάζομαι συνταγή για το Viagra\u037e",
        "¿Necesito receta?",
    ],
)
def test_a_question_is_known_by_its_end(text: str) -> None:
    """A question mark, the Greek one, or か at the end of a Japanese sentence asks, also before an answer."""
    assert Sentences(text, text).at(0).asks
    answered = Sentences(f"{text}\nYes.", "")
    assert answered.at(0).asks
    assert ["Yes"] in [answered.at(start).words for start in answered.after(0)]


@pytest.mark.parametrize(
    "text", ["No; never", "Buy now;", "TGF-β binds to the receptor;", "処方箋は不要です。", "静かな薬局。"]
)
def test_other_ends_do_not_ask(text: str) -> None:
    """A semicolon outside Greek and a Japanese statement ask nothing, and a semicolon outside Greek ends nothing."""
    sentences = Sentences(text, text)
    assert not sentences.at(0).asks
    assert sentences.end(0) == len(text)


def test_sentences_are_the_same_in_whatever_order_they_are_asked_for() -> None:
    """Each sentence starts where the one before it ends, from whichever offset it is reached."""
    text = (
        "One. Two is a long line that goes on and on and was only wrapped in the\nmiddle of it! Three\n\nFour | five"
        * 9
    )
    original = Sentences(text, text)
    starts = [0, *(n for n in range(1, len(text)) if original.span(n)[0] == n)]
    assert [original.end(start) for start in starts] == [*starts[1:], len(text)]
    backwards = Sentences(text, text)
    assert {backwards.span(at)[0] for at in reversed(range(len(text)))} == set(starts)


def test_blanks_between_characters_hide_nothing() -> None:
    """In a script without spaces a blank between two characters parts no word from the other."""
    text = "薬局です。処 方 箋 は 不 要 です。"
    sentences = Sentences(text, text)
    assert sentences.is_dense and sentences.at(5).words[:3] == ["処", "方", "箋"]


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


HOSTILE = {
    "words": "no no no prescription ",
    "questions": "buy without online prescription? no\n",
    "letters": "a" * 999 + " ",
    "ends": "no.",
    "dense": "。処方箋",
    "spaced dense": "処 方 箋 不 要 ",
    "thai": "ใบสั่งยา",
    "greek": "χωρίς συνταγή; ",
    "semicolons": "α ; ",
    "wrapped": "order every tablet that you want without any prescription now\n",
    "breaks": "\n",
    "quotes": 'no prescription" ',
    "gaps": "buy buy order order without without a a any any prescription ",
}


def _repeated(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def _anchors_only(size: int) -> str:
    return _repeated(" ".join(anchor.strip() for anchor in lexicon().anchors.words) + " ", size)


def _steps(text: str) -> int:
    """Return how many functions are called to read a text, and how many sentences, words and hits they go through."""
    count = 0

    def step(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(step)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_repetition_takes_linear_work(piece: str) -> None:
    """Ten times the text takes about ten times the calls; were it quadratic, it would be a hundred."""
    read(_repeated(piece, 2_000))
    assert _steps(_repeated(piece, 60_000)) < 15 * _steps(_repeated(piece, 6_000)) + 2_000


def test_a_page_of_anchors_takes_linear_work() -> None:
    """A page that holds every anchor, again and again, costs as much more as it is longer."""
    size = len(_anchors_only(1_000_000)) // 4
    read(_anchors_only(size))
    assert _steps(_anchors_only(4 * size)) < 8 * _steps(_anchors_only(size))


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_repetition_takes_linear_time(piece: str) -> None:
    """Ten times the text costs about ten times as much, also in what no call is made for."""
    read("warm up: no prescription needed")

    def seconds(size: int) -> float:
        text = _repeated(piece, size)
        start = time.process_time()
        read(text)
        return time.process_time() - start

    tenth = max(min(seconds(30_000) for _ in range(3)), 0.01)
    assert min(seconds(300_000) for _ in range(2)) < 50 * tenth


@pytest.mark.parametrize(
    "text", ["No prescription", "Tramadol 50 mg\nNo prescription.", "Ohne Rezept!", "✓ No Rx | 30 tablets"]
)
def test_a_line_alone_counts(text: str) -> None:
    """An `alone` pattern means its concept where it takes every word of a line or sentence."""
    assert asserts(text, NONE)


@pytest.mark.parametrize(
    "text", ["No prescription on file", "No prescription?", "Ohne Rezeptur.", "There is no prescription"]
)
def test_an_alone_pattern_needs_the_whole_sentence(text: str) -> None:
    """With one more word, or as a question, it says nothing."""
    assert not asserts(text, NONE)


def test_a_turn_of_another_language_does_not_count() -> None:
    """Czech `med` (honey) turns no Swedish sentence, in which it means `with`."""
    swedish = "Vi skickar alla tabletter utan recept med snabb leverans."
    assert asserts(swedish, NONE) and asserts(swedish, NONE, "sv")


@pytest.mark.parametrize(
    "text", ["ED治療薬を処方箋なしで販売しています。", "処方箋なしで60錠", "当店は処方箋なしでED治療薬を販売！"]
)
def test_in_a_dense_script_words_touch(text: str) -> None:
    """Latin letters, digits and signs that touch a character of a script without spaces hide nothing."""
    assert asserts(text, NONE)


def test_anchors_are_found_beside_another_script() -> None:
    """An anchor may follow a Latin letter or a digit in a script without spaces, and a Latin word such a script."""
    known = lexicon()
    for text in ("ed処方箋なし", "60処方箋なし", "処方箋なしviagra"):
        found = {known.anchors.words[a] for here in known.anchors.find(Sentences(text, text)).values() for a in here}
        assert any(anchor.startswith("処方") for anchor in found)
    assert any(anchor.startswith("viagra") for anchor in found)


@pytest.mark.parametrize("sign", ["•", "—", "¿", "€ ", "™ ", "\u3000", "".join(map(chr, range(0x2200, 0x2260)))])
def test_signs_part_words(sign: str) -> None:
    """Whatever sign stands before a word, and however many there are, the word begins after it."""
    assert asserts(f"Über uns{sign}no prescription needed{sign}", NONE)


def test_the_phrases_compile_once() -> None:
    """The compiled phrases are kept."""
    assert lexicon() is lexicon()
