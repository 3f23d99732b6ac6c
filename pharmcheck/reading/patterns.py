"""Word patterns: parse them, and match them against the words of a sentence (notation: see phrases.py)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from pharmcheck.reading.sentences import WORD, Sentence

_PART = re.compile(r"\{([^{}]*)\}|\[0-(\d\d?)\]|([^\s{}\[\]]+)")
_MANY = 100  # words; a place with more of them, as `@medicine` is, is no help to look a pattern up by
_DIGITS = tuple("0123456789")
_KEPT_WORDS = 20_000  # of all pages; about 2 MB


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say something: at each place a set of whole words, of beginnings, and how many words may precede.

    `anchor` is the place by which it is looked up; `second` is another place of whole words only, or -1.
    """

    places: tuple[tuple[int, frozenset[str], tuple[str, ...]], ...]
    anchor: int
    second: int
    concept: int
    language: str
    role: str

    def anchors(self) -> Iterator[tuple[str, bool]]:
        """Yield (word, is only a beginning) for each word that can stand at the anchor."""
        _, words, beginnings = self.places[self.anchor]
        yield from ((word, False) for word in words)
        yield from ((word, True) for word in beginnings)

    def match(self, words: Sequence[str], at: int) -> tuple[int, ...]:
        """Return the indexes of the words taken when the anchor stands at `at`, in order; empty if none."""
        _, whole, beginnings = self.places[self.anchor]
        if words[at] not in whole and not (beginnings and words[at].startswith(beginnings)):
            return ()
        left = self._walk(words, at, self.anchor, -1)
        if left is None:
            return ()
        right = self._walk(words, at, self.anchor, 1)
        return () if right is None else (*reversed(left), at, *right)

    def _walk(self, words: Sequence[str], at: int, place: int, step: int) -> tuple[int, ...] | None:
        """Match the places beyond `place` in one direction, nearest words first."""
        beyond = place + step
        if not 0 <= beyond < len(self.places):
            return ()
        gap = self.places[max(place, beyond)][0]
        _, whole, beginnings = self.places[beyond]
        for index in range(at + step, at + step * (gap + 2), step):
            if not 0 <= index < len(words):
                return None
            word = words[index]
            if word in whole or (beginnings and word.startswith(beginnings)):
                rest = self._walk(words, index, beyond, step)
                if rest is not None:
                    return (index, *rest)
        return None


def parse(text: str, concept: int, language: str, role: str) -> Iterator[Pattern]:
    """Yield the patterns that a line of the notation stands for; raises ValueError on a line without a word."""
    if len(_PART.sub("", text).strip()):
        raise ValueError(f"phrase pattern not understood: {text!r}")
    choices: list[list[tuple[int | str | frozenset[str], ...]]] = []
    for braces, gap, word in _PART.findall(text.lower()):
        if gap:
            choices.append([(int(gap),)])
            continue
        single: set[str] = set()
        options: list[tuple[int | str | frozenset[str], ...]] = []
        for option in braces.split("|") if not word else [word]:
            if option.startswith("@"):
                named = words_named(option[1:], language)
                if not named:
                    raise ValueError(f"phrases/words.toml has no words for {option} in {language!r}: {text!r}")
                single |= named
                continue
            tokens = tokens_of(option)
            if len(tokens) == 1:
                single.add(tokens[0])
            else:
                options.append(tuple(tokens))
        if single:
            options.append((frozenset(single),))
        choices.append(options)
    for chosen in product(*choices):
        yield _compile([part for option in chosen for part in option], text, concept, language, role)


@cache
def words_named(name: str, language: str) -> frozenset[str]:
    """Return the words that `@name` stands for in this language, none if nobody has listed any."""
    if name == "medicine":
        return _medicine_words()
    return frozenset(_word_lists().get(name, {}).get(language, "").split())


def load_topic(topic: str) -> dict[str, Any]:
    """Return a topic as written: concept → language → lists of lines; `plain` may stand beside the concepts."""
    return tomllib.loads((files(__package__) / "phrases" / f"{topic}.toml").read_text("utf-8"))


@cache
def _word_lists() -> dict[str, dict[str, str]]:
    return load_topic("words")


@cache
def _medicine_words() -> frozenset[str]:
    """Return the names of medicines that are one word, not short and no other word."""
    from pharmcheck.reading.medicines import one_word_names  # noqa: PLC0415 - a phrase without it needs no table

    return one_word_names()


def tokens_of(text: str) -> list[str]:
    """Return the words of a piece of pattern; a word keeps its closing star, `#` stands for any number."""
    found: list[str] = []
    for piece in text.split():
        if piece == "#":
            found.append(piece)
            continue
        words = WORD.findall(piece)
        if piece.endswith("*"):
            words[-1] += "*"
        found += words
    return found


def _compile(parts: list[int | str | frozenset[str]], text: str, concept: int, language: str, role: str) -> Pattern:
    places: list[tuple[int, frozenset[str], tuple[str, ...]]] = []
    gap = 0
    for part in parts:
        if isinstance(part, int):
            gap += part
            continue
        options = {part} if isinstance(part, str) else part
        whole = frozenset(o for o in options if o != "#" and not o.endswith("*"))
        beginnings = [o[:-1] for o in options if o.endswith("*")]
        if "#" in options:
            beginnings += _DIGITS
        places.append((gap, whole, tuple(beginnings)))
        gap = 0
    weights = [_commonness(place) for place in places]
    ranked = sorted(range(len(places)), key=weights.__getitem__)
    if not places or weights[ranked[0]] >= _NEVER:
        raise ValueError(f"phrase pattern without a word to look for: {text!r}")
    second = next((i for i in ranked[1:] if not places[i][2] and len(places[i][1]) < _MANY), -1)
    return Pattern(tuple(places), ranked[0], second, concept, language, role)


_NEVER = 1000.0
# Words so frequent on any page that looking for them first would cost more than all else.
_COMMON = frozenset(
    WORD.findall(
        "a an the and or of to in on at for from by with is are be was it this that you your we our us i my no not do does can "
        "will all any more get have has need here now click buy order online de la le les des du et un une en el los las y o "
        "por con para il lo di e da per che der die das und ein eine mit von zu ohne sie wir ihre kein keine het van een je u "
        "w z na bez se v je o в и на по не с для без utan och att på som"
    )
)


def _commonness(place: tuple[int, frozenset[str], tuple[str, ...]]) -> float:
    """Return how often a place's words are likely to be met on a page: short and many are common."""
    _, whole, beginnings = place
    if any(len(b) < 2 and b.isascii() for b in beginnings) or len(whole) >= _MANY:
        return _NEVER
    return sum(map(_rarity, whole)) + 2 * sum(map(_rarity, beginnings))


@cache
def _rarity(word: str) -> float:
    """Return a weight that falls with the length of a word; a character of a dense script is a whole word."""
    if word in _COMMON:
        return 80.0
    return 12.0 / (1 + len(word)) ** 1.5 if len(word) > 2 or word > "\u0e00" else 40.0


class Finder:
    """Finds patterns by walking the words of one sentence; for patterns that matter in few sentences only."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = iter(patterns)
        self._whole: dict[str, list[Pattern]] = {}
        self._beginnings: dict[str, list[Pattern]] = {}
        self._lengths: tuple[int, ...] = ()
        self._known: dict[str, tuple[Pattern, ...]] = {}

    def find(self, sentence: Sentence) -> Iterator[tuple[Pattern, tuple[int, ...]]]:
        """Yield each pattern found with the indexes of its words."""
        for at, word in enumerate(sentence.words):
            for pattern in self._known.get(word) or self._look_up(word):
                taken = pattern.match(sentence.words, at)
                if taken:
                    yield pattern, taken

    def _look_up(self, word: str) -> tuple[Pattern, ...]:
        """Return the patterns whose anchor the word can be, and keep the answer: pages repeat their words."""
        if word in self._known:
            return ()
        self._index()
        if len(self._known) >= _KEPT_WORDS:
            self._known.clear()
        found = list(self._whole.get(word, ()))
        for length in self._lengths:
            found += self._beginnings.get(word[:length], ())
        self._known[word] = tuple(found)
        return self._known[word]

    def _index(self) -> None:
        """Take in the patterns, the first time that they are needed: most pages need few finders."""
        patterns = tuple(self._patterns)
        for pattern in patterns:
            for word, begins in pattern.anchors():
                (self._beginnings if begins else self._whole).setdefault(word, []).append(pattern)
        if patterns:
            self._lengths = tuple(sorted({len(b) for b in self._beginnings}))
