"""Word patterns: parse them, and match them against the words of a sentence (notation: see phrases.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product
from math import fsum, prod

from pharmcheck.reading.sentences import FIRST_DENSE, Sentence, words_of

Part = int | str | frozenset[str]  # of a pattern: how many words may precede the next one, a word, one of these words
Slot = list[tuple[Part, ...]]  # what may stand at one place of a line: each option is a row of parts, perhaps empty
Named = Callable[[str, str], frozenset[str]]  # the words that `@name` stands for in a language

MANY = 100  # words; a place with more of them, as `@medicine` is, is no help to look a pattern up by
_MANY_PLACES = 4  # of a pivot in a sentence; from there on it is cheaper to sift the patterns first
_PART = re.compile(r"\{([^{}]*)\}|\[0-(\d\d?)\]|([^\s{}\[\]]+)")
_DIGITS = tuple("0123456789")
_MOST_VARIANTS = 2_000  # of one line; the longest honest one has 630, and each costs memory on the first page it is on


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say something: at each place a set of whole words, of beginnings, and how many words may precede.

    `pivot` is the place from which it is matched to both sides, nearest words first.
    """

    places: tuple[tuple[int, frozenset[str], tuple[str, ...]], ...]
    pivot: int
    concept: int
    language: str
    role: str

    def pivots(self) -> Iterator[tuple[str, bool]]:
        """Yield (word, is only a beginning) for each word that can stand at the pivot."""
        _, words, beginnings = self.places[self.pivot]
        yield from ((word, False) for word in words)
        yield from ((word, True) for word in beginnings)

    def may_match(self, words: frozenset[str]) -> bool:
        """True unless one of its places can be taken by none of a sentence's words."""
        return all(beginnings or not whole.isdisjoint(words) for _, whole, beginnings in self.places)

    def match(self, words: Sequence[str], at: int) -> tuple[int, ...]:
        """Return the indexes of the words taken when the pivot stands at `at`, where it may; in order; empty if none."""
        left = self._walk(words, at, self.pivot, -1)
        if left is None:
            return ()
        right = self._walk(words, at, self.pivot, 1)
        return () if right is None else (*reversed(left), at, *right)

    def _walk(self, words: Sequence[str], at: int, place: int, step: int) -> tuple[int, ...] | None:
        """Match the places beyond `place` in one direction, nearest words first."""
        beyond = place + step
        if beyond < 0 or beyond == len(self.places):
            return ()
        gap, whole, beginnings = self.places[beyond]
        last = min(at + gap + 1, len(words) - 1) if step > 0 else max(at - self.places[place][0] - 1, 0)
        for index in range(at + step, last + step, step):
            word = words[index]
            if word in whole or (beginnings and word.startswith(beginnings)):
                rest = self._walk(words, index, beyond, step)
                if rest is not None:
                    return (index, *rest)
        return None


def parse(text: str, concept: int, language: str, role: str, named: Named) -> Iterator[Pattern]:
    """Yield the patterns that a line of the notation stands for; raises ValueError on a line that is not understood."""
    for chosen in product(*slots(text, language, named)):
        yield _compile([part for option in chosen for part in option], text, concept, language, role)


def slots(text: str, language: str, named: Named) -> list[Slot]:
    """Return the slots of a line; raises ValueError on one that is not understood or has more than 2,000 variants."""
    _check(text)
    found: list[Slot] = []
    for braces, gap, word in _PART.findall(text.lower()):
        slot: Slot = [(int(gap),)] if gap else _slot([word] if word else braces.split("|"), text, language, named)
        if not (gap or word or any(slot)):
            raise ValueError(f"phrase pattern with an empty brace: {text!r}")
        if slot:  # none where a sign stands by itself: signs part words anyway
            found.append(slot)
    variants = prod(map(len, found))
    if variants > _MOST_VARIANTS:
        raise ValueError(f"phrase pattern with {variants} variants, {_MOST_VARIANTS} at most: {text!r}")
    return found


def _check(text: str) -> None:
    """Raise ValueError unless each brace is closed before the next one opens, and holds words and no gap."""
    for piece in text.split("{")[1:]:
        inside, closed, _ = piece.partition("}")
        if not closed:
            raise ValueError(f"phrase pattern with a brace inside another, or never closed: {text!r}")
        if "[" in inside or "]" in inside:
            raise ValueError(f"phrase pattern with a gap inside a brace: {text!r}")
    if _PART.sub("", text).strip():
        raise ValueError(f"phrase pattern not understood: {text!r}")


def _slot(options: Sequence[str], text: str, language: str, named: Named) -> Slot:
    """Return the options of one slot; those of a single word are taken together, those of signs alone left out."""
    listed: frozenset[str] = frozenset()
    single: set[str] = set()
    slot: Slot = []
    for option in options:
        if option.startswith("@"):
            words = named(option[1:], language)
            if not words:
                raise ValueError(f"phrases/words.toml has no words for {option} in {language!r}: {text!r}")
            listed = listed | words if listed else words
            continue
        tokens = _tokens_of(option)
        if len(tokens) == 1:
            single.add(tokens[0])
        elif tokens or not option.strip():
            slot.append(tuple(tokens))
    if single or listed:
        slot.append((listed | single if single else listed,))  # the list itself, where it stands alone: it is long
    return slot


def _tokens_of(text: str) -> list[str]:
    """Return the words of a piece of pattern; a word keeps its closing star, `#` stands for any number."""
    found: list[str] = []
    for piece in text.split():
        stem = piece.removesuffix("*")
        if piece == "#" or (stem.isalpha() and max(stem) < FIRST_DENSE):  # a word as it stands, as most are
            found.append(piece)
            continue
        words = words_of(piece)
        if piece.endswith("*") and words:
            words[-1] += "*"
        found += words
    return found


def _compile(parts: list[Part], text: str, concept: int, language: str, role: str) -> Pattern:
    places: list[tuple[int, frozenset[str], tuple[str, ...]]] = []
    weights: list[float] = []
    gap = 0
    for part in parts:
        if isinstance(part, int):
            gap += part
            continue
        whole, beginnings, weight = _place(part)
        places.append((gap, whole, beginnings))
        weights.append(weight)
        gap = 0
    if min(weights, default=_NEVER) >= _NEVER:
        raise ValueError(f"phrase pattern without a word to look for: {text!r}")
    return Pattern(tuple(places), weights.index(min(weights)), concept, language, role)


@lru_cache(maxsize=4_000)
def _place(part: str | frozenset[str]) -> tuple[frozenset[str], tuple[str, ...], float]:
    """Return the whole words that a part stands for, the beginnings, and how common they are.

    The variants of a line have most parts in common, and lists of thousands of names come again and again.
    """
    options = frozenset((part,)) if isinstance(part, str) else part
    open_ended = [option for option in options if option == "#" or option[-1] == "*"]
    whole = options.difference(open_ended) if open_ended else options
    beginnings = tuple(chain(*(_DIGITS if option == "#" else (option[:-1],) for option in open_ended)))
    return whole, beginnings, _commonness(whole, beginnings)


_NEVER = 1000.0
# Words so frequent that what stands around them tells nothing; matching does not start from them.
_COMMON = frozenset(
    words_of(
        "a an the and or of to in on at for from by with is are be was it this that you your we our us i my no not do does can "
        "will all any more get have has need here now click buy order online de la le les des du et un une en el los las y o "
        "por con para il lo di e da per che der die das und ein eine mit von zu ohne sie wir ihre kein keine het van een je u "
        "w z na bez se v je o в и на по не с для без utan och att på som"
    )
)


def _commonness(whole: frozenset[str], beginnings: tuple[str, ...]) -> float:
    """Return how often a place's words are likely to be met on a page: short and many are common."""
    if any(len(b) < 2 and b.isascii() for b in beginnings) or len(whole) >= MANY:
        return _NEVER
    return fsum(map(_rarity, whole)) + 2 * fsum(map(_rarity, beginnings))


def _rarity(word: str) -> float:
    """Return a weight that falls with the length of a word; a character of a dense script is a whole word."""
    if word in _COMMON:
        return 80.0
    return 12.0 / (1 + len(word)) ** 1.5 if len(word) > 2 or word > FIRST_DENSE else 40.0


class Finder:
    """Finds patterns by walking the words of one sentence; the patterns are parsed when the first sentence comes."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns: Iterable[Pattern] | None = patterns
        self._words: frozenset[str] = frozenset()
        self._whole: dict[str, list[Pattern]] = {}
        self._beginnings: dict[str, list[Pattern]] = {}

    def find(self, sentence: Sentence) -> list[tuple[Pattern, tuple[int, ...]]]:
        """Return each pattern found with the indexes of its words."""
        if self._patterns is not None:
            self._index(self._patterns)
            self._patterns = None
        pivots = [(word, self._whole[word]) for word in self._words & sentence.bag]
        if self._beginnings:
            text = sentence.text
            pivots += [
                (w, patterns) for b, patterns in self._beginnings.items() if b in text for w in sentence.begun_by(b)
            ]
        if not pivots:
            return []
        words = sentence.words
        found = []
        for word, patterns in pivots:
            places = sentence.places(word)
            possible = patterns if len(places) < _MANY_PLACES else [p for p in patterns if p.may_match(sentence.bag)]
            found += [(p, taken) for at in places for p in possible if (taken := p.match(words, at))]
        return found

    def _index(self, patterns: Iterable[Pattern]) -> None:
        """Take in the patterns, the first time that they are needed: most pages need few finders."""
        for pattern in patterns:
            for word, begins in pattern.pivots():
                (self._beginnings if begins else self._whole).setdefault(word, []).append(pattern)
        self._words = frozenset(self._whole)
