"""Signs sought by bytes are where patterns find them, whatever else stands in the text."""

from __future__ import annotations

import re
import sys

from hypothesis import given
from hypothesis import strategies as st

from pharmcheck.reading.signs import beyond_ascii, by_line, may_hold_other_digits, places

TEXTS = st.text(st.sampled_from("ab1.?!|\n•…é–٣３я€\ud800𝟗 "), max_size=30)


@given(TEXTS)
def test_signs_are_found_as_a_pattern_finds_them(text: str) -> None:
    """Each place once, whatever stands between."""
    assert sorted(places(text, ".é")) == [m.start() for m in re.finditer("[.é]", text)]


@given(TEXTS)
def test_each_line_has_its_signs(text: str) -> None:
    """In order, and as many lines as the text has."""
    assert by_line(text, b"1.") == ["".join(c for c in line if c in "1.").encode() for line in text.split("\n")]


@given(TEXTS)
def test_what_is_beyond_ascii_keeps_its_order(text: str) -> None:
    """Halves of surrogate pairs included."""
    assert beyond_ascii(text) == "".join(c for c in text if not c.isascii())


def test_no_digit_of_any_script_is_overlooked() -> None:
    """What a pattern takes for a digit is told from the letters of Latin, Greek, Cyrillic and Han."""
    digits = [chr(code) for code in range(128, sys.maxunicode + 1) if chr(code).isdecimal()]
    assert all(map(may_hold_other_digits, digits))
    assert not may_hold_other_digits("call 030 1234 – «отдел» Größe 電話 €5")
