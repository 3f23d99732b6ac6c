"""Sentences: where a full stop ends one and where it only cuts a word short."""

from __future__ import annotations

import pytest

from pharmcheck.reading.sentences import Sentences


def cut(text: str) -> list[str]:
    """Return the sentences of a text."""
    sentences = Sentences(text.lower(), text)
    starts = [0]
    while (end := sentences.end(starts[-1])) < len(text):
        starts.append(end)
    return list(filter(None, (text[start : sentences.end(start)].strip() for start in starts)))


@pytest.mark.parametrize(
    "text",
    [
        "Farmácia Azul, Lda. vende sem receita",
        "La dott.ssa Verdi e il dott. Bianchi rispondono",
        "Kun 20 kr. pr. pille og ca. 5 dage",
        "Tabletten bzw. Kapseln, z.B. Veldafil, z. B. Plenimax",
        "Pastillas, p. ej. las azules",
        "Tabletky tj. pilulky, např. modré",
        "Таблетки, т. е. пилюли, от 900 руб. за упаковку",
        "Ring oss på tel. 08 123 eller nr. 5, no. 7",
        "Ask Dr. Weaver (tel. +44 20) about it",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    """What stands after a word cut short belongs to the same sentence."""
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Do I need one? No. See a doctor.", 3),
        ("Die Lieferung kostet 30 kr. Ohne Rezept", 2),
        ("Dr.\nWeaver", 2),
        ("Ask for our tel.\n030 123", 2),
        ("Nothing more etc. We ship", 2),
        ("必要ですか？いいえ、不要です。", 2),
        ("Beware of fake pages \u2705 No script \U0001f4e6 DM us", 3),
    ],
)
def test_other_full_stops_end_one(text: str, count: int) -> None:
    """An answer, a unit before a capital letter, a line break, a Japanese question mark and a picture end a sentence."""
    assert len(cut(text)) == count
