"""Folding: what is repaired, what is left alone, and that every offset leads back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmcheck.reading.disguise import fold, lower, odd_words, strokes

TRICKY = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("viagraсіаlіѕ\u200b\u00ad\u0301İ01@!Ｖ𝗩ⓥ -.µß")))


@given(TRICKY)
def test_each_character_leads_back_to_one_of_the_original(text: str) -> None:
    """A folded character stands for exactly one original character, in order; the rest are the invisible ones."""
    folded = fold(text)
    origins = [folded.origin(i, i + 1) for i in range(len(folded.text))]
    assert len(folded.text) + len(folded.drops) == len(text)
    assert all(end == start + 1 and end <= len(text) for start, end in origins)
    assert origins == sorted(set(origins))


@given(TRICKY)
def test_odd_words_stand_in_the_text(text: str) -> None:
    """Odd words are pieces of the folded text, without overlaps with themselves."""
    folded = fold(text).text
    assert all(0 <= start < end <= len(folded) for start, end, _ in odd_words(folded))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ciаlis", "cialis"),  # Cyrillic а
        ("Vιagra", "viagra"),  # Greek iota
        ("Via\u200bgra", "viagra"),
        ("𝗩𝗶𝗮𝗴𝗿𝗮", "viagra"),
        ("ⓥⓘⓐⓖⓡⓐ", "viagra"),
    ],
)
def test_disguised_letters_are_repaired_and_marked(text: str, folded: str) -> None:
    """Look-alikes, invisible characters inside a word and styled letters read as plain, and count as disguise."""
    result = fold(text)
    assert result.text == folded
    assert result.disguised(0, len(folded))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Виагра в аптеке", "виагра в аптеке"),
        ("Cialis в Москве", "cialis в москве"),
        ("Arznei\u00admittel", "arzneimittel"),
        ("Ｖｉａｇｒａ", "viagra"),
        ("\u200bViagra\u200b", "viagra"),
        ("sil\u0064e\u0301nafil", "sildénafil"),
        ("50 μg – “now”\u00a0", '50 μg - "now" '),
        ("Straße İzmir", "straße izmir"),
    ],
)
def test_ordinary_writing_is_no_disguise(text: str, folded: str) -> None:
    """Russian stays Russian; hyphenation, Japanese full width, accents and typography are not held against a page."""
    result = fold(text)
    assert result.text == folded
    assert not result.disguised(0, len(folded))


def test_broken_characters_are_replaced() -> None:
    """Half a surrogate pair, which no matcher takes, becomes the replacement character."""
    assert fold("Vi\ud800agra").text == "vi\ufffdagra"


@pytest.mark.parametrize("times", [1, 1_000])
def test_lower_case_keeps_each_character_in_its_place(times: int) -> None:
    """Of a line and of a page: a dotted capital i, whose lower case has two characters, and half a pair too."""
    assert lower("\u0130É\ud800 A" * times) == "ié\ufffd a" * times


def test_origin_covers_what_was_left_out() -> None:
    """The original span of a repaired word includes the invisible character inside it, none outside it."""
    text = "x\u200b Via\u200bgra\u200b y"
    folded = fold(text)
    at = folded.text.index("viagra")
    start, end = folded.origin(at, at + 6)
    assert text[start:end] == "Via\u200bgra"


@pytest.mark.parametrize("word", ["v1agra", "xan@x", "c!alis", "0xycontin", "oz3mpic", "v i a g r a", "v.i.a.g.r.a"])
def test_signs_for_letters_are_read(word: str) -> None:
    """A word with signs for letters, or spaced out, gives the strokes of the plain word."""
    plain = {"v1agra": "viagra", "xan@x": "xanax", "c!alis": "cialis", "0xycontin": "oxycontin", "oz3mpic": "ozempic"}
    [(start, end, letters)] = odd_words(f"buy {word} now")
    assert letters == strokes(plain.get(word, "viagra"))
    assert f"buy {word} now"[start:end] == word


def test_plain_words_are_not_odd() -> None:
    """Prose, prices and exclamation marks give no odd words that could be read as names."""
    assert {letters for _, _, letters in odd_words("viagra! costs $4.00, that is 20% off")} <= {"viagra"}
    assert odd_words("a plain line, with nothing in it") == []


def test_corner_brackets_are_quotation_marks() -> None:
    """Japanese quotation marks are folded to the plain one, character for character."""
    assert fold("「処方箋」『薬』").text == '"処方箋""薬"'
