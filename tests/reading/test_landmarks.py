"""landmarks: literal words, found in one pass."""

from __future__ import annotations

import pytest

from pharmcheck.reading.landmarks import WORDS, landmarks


@pytest.mark.parametrize("kind", WORDS)
def test_every_word_is_found(kind: str) -> None:
    """Each word of each kind, alone and in capitals, where it stands."""
    for word in WORDS[kind].split("|"):
        plain = word[word[0] == "-" : len(word) - (word[-1] == "-")]
        assert any(mark.start == 2 and mark.end == 2 + len(plain) for mark in landmarks(f". {plain} .")[kind]), word
        assert kind in landmarks(f". {plain.upper()} .") or plain.upper().lower() != plain


def test_a_word_begins_and_ends_as_words_do() -> None:
    """`st` is no part of `best`; `straße` ends a longer word, and does not begin one."""
    assert "street-after" not in landmarks("the best start")
    assert [mark.start for mark in landmarks("Musterstraße 5")["street-end"]] == [6]
    assert "street-end" not in landmarks("Straßenfest")
