"""The phrases made ready to be looked up: `pharmcheck docs` writes `phrases/lexicon.json`, and run time reads it.

The file holds the lines of all `phrases/*.toml` as they are written there, one row for each concept and language, and
with each row the anchors of its lines: beginnings of words, of which every text that the line matches holds one. A line
is parsed when an anchor of it is first met on a page.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from pharmcheck.reading.anchors import anchors_of, gates_of
from pharmcheck.reading.patterns import Finder, parse
from pharmcheck.reading.spots import Anchors

TOPICS = (
    "prescription",
    "selling",
    "shipping",
    "payment",
    "claims",
    "research",
    "identity",
    "voice",
    "promotion",
    "vocation",
    "goods",
)
_FOUND = (
    "say",
    "alone",
    "if_yes",
    "if_no",
)  # the roles whose lines are looked up by their anchors; numbered in this order
_FOLDER = files(__package__) / "phrases"


Gate = tuple[str, ...]  # strings of which a sentence must hold one


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line that is looked for: its patterns, and the gates that its sentence must pass; far cheaper than its words."""

    number: tuple[int, int]
    gates: tuple[Gate, ...]
    finder: Finder


def passes(text: str, gates: Iterable[Gate]) -> bool:
    """True when a text holds a string of each gate."""
    for gate in gates:
        for string in gate:
            if string in text:
                break
        else:
            return False
    return True


class Lexicon:
    """All phrases, from the text of `lexicon.json`; what is looked up is parsed then, and kept."""

    def __init__(self, text: str) -> None:
        content = json.loads(text)
        self._rows: list[Any] = content["rows"]
        self._named = Words(content["words"])
        self._cues: dict[str, dict[str, list[str]]] = content["cues"]
        self.concepts = tuple(dict.fromkeys(row[0] for row in self._rows))
        self.plain = frozenset(self.concepts.index(concept) for concept in content["plain"])
        self.cue_kinds = tuple(self._cues)
        rows_of: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            for anchor in filter(None, row[3].split("|")):
                rows_of.setdefault(anchor, []).append(number)
        self._rows_of = rows_of
        self._lines_of = {(row[0], row[1]): row[2] for row in self._rows}
        self.anchors = Anchors(rows_of)
        self._lines: dict[tuple[int, int], Line] = {}
        self._lines_at: dict[int, tuple[tuple[Gate, tuple[Line, ...]], ...]] = {}
        self._numbers_of: dict[int, dict[str, str]] = {}
        self._turns: dict[tuple[int, str], Finder] = {}
        self._cue_finders: dict[str, Finder] = {}

    def lines_for(self, anchor: int, text: str) -> Iterator[Line]:
        """Yield the lines that have the anchor found as this number and may be in the text of a sentence."""
        if anchor not in self._lines_at:
            self._lines_at[anchor] = _by_gate(self._with_anchor(self.anchors.words[anchor]))
        for gate, lines in self._lines_at[anchor]:
            for string in gate:
                if string in text:
                    for line in lines:
                        if passes(text, line.gates[1:]):
                            yield line
                    break

    def _with_anchor(self, word: str) -> Iterator[Line]:
        for row in self._rows_of[word]:
            for number in self._numbers(row)[word].split():
                yield self._line(row, int(number))

    def _numbers(self, row: int) -> dict[str, str]:
        """Return for each anchor of a row the numbers of its lines."""
        if row not in self._numbers_of:
            _, _, _, anchors, numbers = self._rows[row]
            self._numbers_of[row] = dict(zip(anchors.split("|"), numbers.split("|"), strict=True))
        return self._numbers_of[row]

    def turn(self, concept: int, language: str) -> Finder:
        """Return what finds the `but` patterns of the concept of this index in a language."""
        key = concept, language
        if key not in self._turns:
            lines = self._lines_of.get((self.concepts[concept], language), {}).get("but", ())
            self._turns[key] = Finder(
                pattern for line in lines for pattern in parse(line, concept, language, "but", self._named)
            )
        return self._turns[key]

    def cues(self, language: str) -> Finder:
        """Return what finds the cues of a language; the concept of a pattern is the index of its kind."""
        if language not in self._cue_finders:
            self._cue_finders[language] = Finder(
                pattern
                for kind, languages in enumerate(self._cues.values())
                for line in languages.get(language, ())
                for pattern in parse(line, kind, language, "say", self._named)
            )
        return self._cue_finders[language]

    def words(self, name: str, language: str) -> frozenset[str]:
        """Return the words of the list `name` in phrases/words.toml, none if nobody has listed any."""
        return self._named(name, language)

    def _line(self, row: int, number: int) -> Line:
        if (row, number) not in self._lines:
            concept, language, lines, *_ = self._rows[row]
            written = [(role, line) for role in _FOUND for line in lines.get(role, ())]
            role, line = written[number]
            patterns = parse(line, self.concepts.index(concept), language, role, self._named)
            self._lines[row, number] = Line((row, number), gates_of(line, language, self._named), Finder(patterns))
        return self._lines[row, number]


def _by_gate(lines: Iterable[Line]) -> tuple[tuple[Gate, tuple[Line, ...]], ...]:
    """Return lines that share their first gate together; where there is none, any text passes."""
    together: dict[Gate, list[Line]] = {}
    for line in lines:
        together.setdefault(line.gates[0] if line.gates else ("",), []).append(line)
    return tuple((gate, tuple(some)) for gate, some in together.items())


class Words:
    """The word lists of phrases/words.toml: `@name` in a line stands for one of them, `@medicine` for a medicine."""

    def __init__(self, lists: dict[str, dict[str, str]]) -> None:
        self._lists = lists
        self._sets: dict[tuple[str, str], frozenset[str]] = {}

    def __call__(self, name: str, language: str) -> frozenset[str]:
        """Return the words of this name in this language, none if nobody has listed any."""
        if name == "medicine":
            return _medicine_words()
        if (name, language) not in self._sets:
            self._sets[name, language] = frozenset(self._lists.get(name, {}).get(language, "").split())
        return self._sets[name, language]


@cache
def _medicine_words() -> frozenset[str]:
    """Return the names of medicines that are one word, not short and no other word."""
    from pharmcheck.reading.medicines import one_word_names  # noqa: PLC0415 - a phrase without it needs no table

    return one_word_names()


@cache
def lexicon() -> Lexicon:
    """Return the phrases as `pharmcheck docs` wrote them last."""
    return Lexicon(written())


def written() -> str:
    """Return the text of `lexicon.json`."""
    return (_FOLDER / "lexicon.json").read_text("utf-8")


def load_topic(topic: str) -> dict[str, Any]:
    """Return a topic as written: concept → language → lists of lines; `plain` may stand beside the concepts."""
    return tomllib.loads((_FOLDER / f"{topic}.toml").read_text("utf-8"))


def compiled() -> str:
    """Return the text of `lexicon.json`, from the .toml files; raises ValueError on a line that is not understood."""
    words = load_topic("words")
    named = Words(words)
    cues = {
        kind: {language: _checked(lines["say"], language, named) for language, lines in languages.items()}
        for kind, languages in load_topic("stance").items()
    }
    plain: list[str] = []
    rows: list[str] = []
    for topic in TOPICS:
        table = load_topic(topic)
        if table.pop("plain", False):
            plain += table
        for concept, languages in table.items():
            rows += (_row(concept, language, lines, named) for language, lines in languages.items())
    return (
        "\n".join(
            (f'{{"plain":{_json(plain)},', f'"words":{_members(words)},', f'"cues":{_members(cues)},', '"rows":[')
        )
        + "\n"
        + ",\n".join(rows)
        + "\n]}\n"
    )


def _row(concept: str, language: str, lines: dict[str, list[str]], named: Words) -> str:
    """Return concept, language, the lines of each role, the anchors, and for each the numbers of its lines."""
    kept = {role: _checked(lines[role], language, named) for role in (*_FOUND, "but") if lines.get(role)}
    anchors: dict[str, list[str]] = {}
    for number, line in enumerate(chain(*(kept.get(role, ()) for role in _FOUND))):
        for anchor in anchors_of(line, language, named):
            anchors.setdefault(anchor, []).append(str(number))
    ordered = sorted(anchors)
    return _json([concept, language, kept, "|".join(ordered), "|".join(" ".join(anchors[a]) for a in ordered)])


def _checked(lines: list[str], language: str, named: Words) -> list[str]:
    """Return the lines; raises ValueError if one of them would fail when it is first needed."""
    for line in lines:
        anchors_of(line, language, named)
    return lines


def _members(table: dict[str, Any]) -> str:
    """Return an object of JSON with a line for each member."""
    return "{\n" + ",\n".join(f"{_json(name)}:{_json(value)}" for name, value in table.items()) + "\n}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
