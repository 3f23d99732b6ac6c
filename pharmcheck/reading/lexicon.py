"""The phrases made ready to be looked up: `pharmcheck docs` writes `phrases/lexicon.json`, and run time reads it.

The file holds the lines of all `phrases/*.toml` as they are written there, one row for each concept and language, and
with each row the anchors and the gates of its lines: words and beginnings of words, of which every text that the line matches
holds one. A row is read when a page holds one of its anchors, a line parsed when a sentence holds one of its gates as well.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from pharmcheck.reading.anchors import Gate, anchors_of, gate_of, gates_of
from pharmcheck.reading.patterns import Finder, parse
from pharmcheck.reading.sentences import Sentence
from pharmcheck.reading.spots import Anchors

TOPICS = (
    "prescription", "selling", "shipping", "payment", "claims", "research", "identity", "voice", "promotion",
    "vocation", "goods",
)  # fmt: skip
# The roles whose lines are looked up by their anchors; numbered in this order.
_FOUND = ("say", "alone", "if_yes", "if_no")
_FOLDER = files(__package__) / "phrases"
_BEFORE_ROWS, _AFTER_ROWS = ',\n"rows":[\n', "\n]}\n"  # and one row a line, so that each can be read by itself


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line that is looked for, what it means (a concept, or a kind of cue), and the gates that its sentence must pass."""

    number: tuple[int, int]
    concept: int
    gates: tuple[Gate, ...]
    finder: Finder


@dataclass(frozen=True, slots=True)
class _Gated:
    """The lines of one anchor: those without a gate, and by each string of their first gate the others."""

    free: frozenset[Line]
    strings: frozenset[str]
    lines_of: Mapping[str, Sequence[Line]]

    def add_passing(self, held: frozenset[str], found: set[Line]) -> None:
        """Add the lines all of whose gates a sentence passes that holds these words and heads; most often there are none."""
        if self.free:
            found |= self.free
        if self.strings.isdisjoint(held):
            return
        for string in self.strings & held:
            for line in self.lines_of[string]:
                for gate in line.gates[1:]:
                    if held.isdisjoint(gate):
                        break
                else:
                    found.add(line)


class Lexicon:
    """All phrases, from `lexicon.json` as `compiled` lays it out; what is looked up is read and parsed then, and kept."""

    def __init__(self, written: bytes) -> None:
        head, _, rows = written.partition(_BEFORE_ROWS.encode())
        content = json.loads(head + b"}")
        self._written_rows = rows.removesuffix(_AFTER_ROWS.encode()).split(b",\n")
        self._rows: dict[int, Any] = {}
        self._named = Words(content["words"])
        self._cues: dict[str, list[tuple[str, list[str], str]]] = content["cues"]
        self.concepts = tuple(content["concepts"])
        self.plain = frozenset(self.concepts.index(concept) for concept in content["plain"])
        self.cue_kinds: tuple[str, ...] = tuple(content["kinds"])
        of = [(concept, language) for concept, named in content["concepts"].items() for language in named.split()]
        self._row_of = {key: number for number, key in enumerate(of)}
        self._rows_of: dict[str, str] = content["anchors"]
        self.anchors = Anchors(self._rows_of)
        self._lines: dict[tuple[int, int], Line] = {}
        self._lines_at: dict[int, _Gated] = {}
        self._written: dict[int, list[tuple[tuple[str, str], str]]] = {}
        self._numbers_of: dict[int, dict[str, str]] = {}
        self._turns: dict[tuple[int, str], Finder] = {}
        self._cues_of: dict[str, _Gated] = {}

    def lines_for(self, anchors: Iterable[int], sentence: Sentence) -> set[Line]:
        """Return the lines that may be in a sentence in which the anchors of these numbers were found."""
        found: set[Line] = set()
        held = sentence.words_and_heads()
        for anchor in anchors:
            known = self._lines_at.get(anchor)
            if known is None:
                known = self._lines_at[anchor] = _gated(self._with_anchor(self.anchors.words[anchor]))
            known.add_passing(held, found)
        return found

    def _with_anchor(self, word: str) -> Iterator[Line]:
        for row in map(int, self._rows_of[word].split()):
            for number in self._numbers(row)[word].split():
                yield self._line(row, int(number))

    def _row(self, number: int) -> Any:
        """Return concept, language, lines, anchors, their numbers and gates of a row."""
        if number not in self._rows:
            self._rows[number] = json.loads(self._written_rows[number])
        return self._rows[number]

    def _numbers(self, row: int) -> dict[str, str]:
        """Return for each anchor of a row the numbers of its lines."""
        if row not in self._numbers_of:
            _, _, _, anchors, numbers, _ = self._row(row)
            self._numbers_of[row] = dict(zip(anchors.split("|"), numbers.split("|"), strict=True))
        return self._numbers_of[row]

    def turn(self, concept: int, language: str) -> Finder:
        """Return what finds the `but` patterns of the concept of this index in a language."""
        key = concept, language
        if key not in self._turns:
            row = self._row_of.get((self.concepts[concept], language))
            lines = self._row(row)[2].get("but", ()) if row is not None else ()
            self._turns[key] = Finder(
                pattern for line in lines for pattern in parse(line, concept, language, "but", self._named)
            )
        return self._turns[key]

    def cues_for(self, language: str, sentence: Sentence) -> set[Line]:
        """Return the lines of cues of a language that may be in a sentence; the concept of a pattern is the index of its kind."""
        known = self._cues_of.get(language)
        if known is None:
            known = self._cues_of[language] = _gated(self._cue_lines(language))
        found: set[Line] = set()
        known.add_passing(sentence.words_and_heads(), found)
        return found

    def _cue_lines(self, language: str) -> Iterator[Line]:
        for kind, lines, gates in self._cues.get(language, ()):
            index = self.cue_kinds.index(kind)
            for number, (line, gate) in enumerate(zip(lines, gates.split(";"), strict=True)):
                patterns = parse(line, index, language, "say", self._named)
                yield Line((index, number), index, _gates(gate), Finder(patterns))

    def words(self, name: str, language: str) -> frozenset[str]:
        """Return the words of the list `name` in phrases/words.toml, none if nobody has listed any."""
        return self._named(name, language)

    def _line(self, row: int, number: int) -> Line:
        if (row, number) not in self._lines:
            concept, language, lines, _, _, gates = self._row(row)
            if row not in self._written:
                written = [(role, line) for role in _FOUND for line in lines.get(role, ())]
                self._written[row] = list(zip(written, gates.split(";"), strict=True))
            (role, line), gate = self._written[row][number]
            index = self.concepts.index(concept)
            patterns = parse(line, index, language, role, self._named)
            self._lines[row, number] = Line((row, number), index, _gates(gate), Finder(patterns))
        return self._lines[row, number]


def _gates(written: str) -> tuple[Gate, ...]:
    """Return the gates of a line as `lexicon.json` writes them."""
    return tuple(tuple(gate.split(" ")) for gate in written.split("|")) if written else ()


def _gated(lines: Iterable[Line]) -> _Gated:
    """Return lines by the strings of their first gate."""
    free: set[Line] = set()
    lines_of: dict[str, list[Line]] = {}
    for line in lines:
        if not line.gates:
            free.add(line)
        for string in line.gates[0] if line.gates else ():
            lines_of.setdefault(string, []).append(line)
    return _Gated(frozenset(free), frozenset(lines_of), lines_of)


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
    from pharmcheck.reading.medicine_names import one_word_names  # noqa: PLC0415 - a phrase without it needs no table

    return one_word_names()


@cache
def lexicon() -> Lexicon:
    """Return the phrases as `pharmcheck docs` wrote them last."""
    return Lexicon(written())


def written() -> bytes:
    """Return what stands in `lexicon.json`."""
    return (_FOLDER / "lexicon.json").read_bytes()


def load_topic(topic: str) -> dict[str, Any]:
    """Return a topic as written: concept → language → lists of lines; `plain` may stand beside the concepts."""
    return tomllib.loads((_FOLDER / f"{topic}.toml").read_text("utf-8"))


def compiled() -> str:
    """Return the text of `lexicon.json`, from the .toml files; ValueError on a line not understood, or a concept of two topics."""
    words = load_topic("words")
    named = Words(words)
    cues: dict[str, list[Any]] = {}
    stance = load_topic("stance")
    for kind, languages in stance.items():
        for language, lines in languages.items():
            said = _checked(lines["say"], language, named)
            gates = ";".join(" ".join(gate_of(line, language, named)) for line in said)
            cues.setdefault(language, []).append([kind, said, gates])
    plain: list[str] = []
    concepts: dict[str, str] = {}
    rows: list[str] = []
    anchors: dict[str, list[str]] = {}
    for topic in TOPICS:
        table = load_topic(topic)
        if table.pop("plain", False):
            plain += table
        for concept, languages in table.items():
            if concept in concepts:
                raise ValueError(f"phrases/{topic}.toml: {concept!r} stands in another topic already")
            concepts[concept] = " ".join(languages)
            for language, lines in languages.items():
                row = _row(concept, language, lines, named)
                for anchor in filter(None, row[3].split("|")):
                    anchors.setdefault(anchor, []).append(str(len(rows)))
                rows.append(_json(row))
    head = (
        f'{{"plain":{_json(plain)}',
        f'"words":{_members(words)}',
        f'"kinds":{_json(list(stance))}',
        f'"cues":{_members(cues)}',
        f'"concepts":{_members(concepts)}',
        f'"anchors":{_members({anchor: " ".join(numbers) for anchor, numbers in anchors.items()})}',
    )
    return ",\n".join(head) + _BEFORE_ROWS + ",\n".join(rows) + _AFTER_ROWS


def _row(concept: str, language: str, lines: dict[str, list[str]], named: Words) -> list[Any]:
    """Return concept, language, the lines of each role, the anchors, for each the numbers of its lines, and the gates of all."""
    kept = {role: _checked(lines[role], language, named) for role in (*_FOUND, "but") if lines.get(role)}
    found = list(chain(*(kept.get(role, ()) for role in _FOUND)))
    anchors: dict[str, list[str]] = {}
    for number, line in enumerate(found):
        for anchor in anchors_of(line, language, named):
            anchors.setdefault(anchor, []).append(str(number))
    ordered = sorted(anchors)
    numbers = "|".join(" ".join(anchors[a]) for a in ordered)
    gates = ";".join("|".join(map(" ".join, gates_of(line, language, named))) for line in found)
    return [concept, language, kept, "|".join(ordered), numbers, gates]


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
