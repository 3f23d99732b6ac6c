"""Patterns: the notation, what it refuses, and how a pattern is matched."""

from __future__ import annotations

import pytest

from pharmcheck.reading.lexicon import Words
from pharmcheck.reading.patterns import Finder, parse
from pharmcheck.reading.sentences import Sentence

WORDS = Words({"goods": {"en": "pills tablets"}})


def find(line: str, text: str, language: str = "en") -> list[tuple[int, ...]]:
    """Return the words taken, for each time that a pattern of the line is found in a sentence."""
    return [taken for _, taken in Finder(parse(line, 0, language, "say", WORDS)).find(Sentence(text))]


@pytest.mark.parametrize(
    ("line", "text", "taken"),
    [
        ("buy [0-2] {pill*|tablets}", "buy our new pills", (0, 3)),
        ("buy [0-2] {pill*|tablets}", "buy our very new pills", None),
        ("# {mg}", "20 mg", (0, 1)),
        ("no {a|any|} script", "no script", (0, 1)),
        ("no {a|any|} script", "no any script", (0, 1, 2)),
        ("cheap {@goods|brand name}", "cheap tablets", (0, 1)),
        ("cheap {@goods|brand name}", "cheap brand name", (0, 1, 2)),
        ("處方箋 [0-2] 不要", "藥是處方箋都不要", (2, 3, 4, 6, 7)),
    ],
)
def test_the_notation(line: str, text: str, taken: tuple[int, ...] | None) -> None:
    """Braces give a choice, brackets a gap, a star an ending, `#` a number, `@` a list; dense scripts need no blank."""
    assert find(line, text) == ([taken] if taken else [])


@pytest.mark.parametrize("text", ["no 20", "no 20 mg"])
def test_an_option_of_signs_alone_is_not_nothing(text: str) -> None:
    """`{/|€|mg}` is `mg` and nothing else; only an empty option may be nothing."""
    assert bool(find("no # {/|€|mg}", text)) == text.endswith("mg")
    assert find("no # {/|mg|}", text)


@pytest.mark.parametrize(
    "line",
    [
        "[0-3]",
        "{a|b",
        "a|b}",
        "#",
        "the) [2-3]",
        "a {b {c|d}|e}",
        "{a|{b}} c",
        "{{a}}",
        "{} a",
        "a {|}",
        "a { }",
        "",
        "a {/|€}",
        "a {b|[0-2] c}",
        "a {/|}",
    ],
)
def test_a_line_that_cannot_be_read_is_refused(line: str) -> None:
    """A nested, unbalanced or empty brace, and a line without a word, raise ValueError with the line in it."""
    with pytest.raises(ValueError, match="phrase pattern") as error:
        list(parse(line, 0, "en", "say", WORDS))
    assert repr(line) in str(error.value)


def test_deeply_nested_braces_are_refused_at_once() -> None:
    """No number of braces makes the reader walk their variants."""
    with pytest.raises(ValueError, match="brace inside another"):
        list(parse("{a|" * 5_000 + "b" + "}" * 5_000, 0, "en", "say", WORDS))


def test_a_line_of_too_many_variants_is_refused() -> None:
    """2,000 variants are read, more are not, however many more."""
    some = "{a b|c d|e f|g h|i j|k l|m n|o p|q r|s t}"
    assert len(list(parse(f"{some} {some} {some} {{a b|}}", 0, "en", "say", WORDS))) == 2_000
    for times in (4, 40):
        with pytest.raises(ValueError, match=r"variants, 2000 at most: '\{a b"):
            list(parse(f"{some} " * times, 0, "en", "say", WORDS))


def test_an_unknown_list_is_refused() -> None:
    """`@name` must stand in words.toml for the language."""
    with pytest.raises(ValueError, match="no words for @goods in 'de'"):
        list(parse("billige @goods", 0, "de", "say", WORDS))
