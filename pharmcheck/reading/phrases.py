"""All phrases of all topics and languages, matched in one pass; minds denial, warning, quotation.

`phrases/<topic>.toml` holds, for each concept and language, `[concept.language]` with

* `say`     the patterns that mean the concept,
* `but`     patterns that, in the same sentence, make it speak of something else (contact lenses, a dog),
* `if_yes`  questions to which Yes means the concept (and No its denial); `if_no` the other way round,
* `yes`     examples that must be found as ASSERTED, `no` examples that must not; all are run as tests.

A topic with `plain = true` tells how a page speaks (`warning-voice`); its mentions are always ASSERTED.

A pattern is a row of words, in lower case. `{a|b c|}` is one of these, or nothing; `[0-3]` stands for up to three
words; `prescri*` for any word that begins so; `#` for a number; `@goods` for any word of the list `goods` of the
language in `phrases/words.toml`, and `@medicine` for any medicine's name of one word. A full stop, a line or a bar ends a sentence, and no
pattern reaches beyond one. In scripts without spaces each character counts as a word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from ahocorasick_rs import AhoCorasick, Implementation

from pharmcheck.model import Mention, Page, Stance
from pharmcheck.reading.disguise import Folded, fold
from pharmcheck.reading.patterns import Finder, Pattern, load_topic, parse
from pharmcheck.reading.sentences import Sentence, sentence_ends, word_shape
from pharmcheck.reading.stance import Cue, answer_of, find_cues, judge

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
_MOST = 1_000
_ENOUGH = 100  # asserted mentions of one concept; more of the same add nothing, and a page of them must not cost time


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The compiled phrases.

    `tables[i]` are the patterns of anchor `i`: those always to be tried, and those by a second word of theirs.
    `turns[c]` finds the `but` patterns of concept `c`.
    """

    concepts: tuple[str, ...]
    plain: frozenset[int]
    automaton: AhoCorasick
    tables: tuple[tuple[list[Pattern], dict[str, list[Pattern]]], ...]
    turns: tuple[Finder, ...]


@cache
def _lexicon() -> _Lexicon:
    concepts: list[str] = []
    plain: set[int] = set()
    turns: list[Finder] = []
    tables: dict[str, tuple[list[Pattern], dict[str, list[Pattern]]]] = {}
    for topic in TOPICS:
        table = load_topic(topic)
        all_plain = table.pop("plain", False)
        for concept, languages in table.items():
            if all_plain:
                plain.add(len(concepts))
            for language, lines in languages.items():
                for role in ("say", "if_yes", "if_no"):
                    for line in lines.get(role, ()):
                        _add(tables, parse(line, len(concepts), language, role))
            turns.append(Finder(_turns(languages, len(concepts))))
            concepts.append(concept)
    automaton = AhoCorasick(list(tables), implementation=Implementation.ContiguousNFA, store_patterns=False)
    return _Lexicon(tuple(concepts), frozenset(plain), automaton, tuple(tables.values()), tuple(turns))


def _turns(languages: dict[str, dict[str, list[str]]], concept: int) -> Iterator[Pattern]:
    for language, lines in languages.items():
        for line in lines.get("but", ()):
            yield from parse(line, concept, language, "but")


def _add(tables: dict[str, tuple[list[Pattern], dict[str, list[Pattern]]]], patterns: Iterator[Pattern]) -> None:
    for pattern in patterns:
        for anchor, _ in pattern.anchors():
            always, by_second = tables.setdefault(anchor, ([], {}))
            if pattern.second < 0:
                always.append(pattern)
            else:
                for word in pattern.places[pattern.second][1]:
                    by_second.setdefault(word, []).append(pattern)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A pattern found: in which sentence (its number on the page), which of its words were taken, in which languages."""

    pattern: Pattern
    sentence: int
    taken: tuple[int, ...]
    languages: frozenset[str]


class _Reading:
    """One page while it is read: its sentences, found when they are needed."""

    def __init__(self, page: Page) -> None:
        self.folded: Folded = fold(page.text)
        self.text = self.folded.text.replace("_", " ")
        self._word = word_shape(self.text)
        self._original = page.text
        self._sentences: dict[int, Sentence] = {}
        self._cues: dict[str, tuple[Cue, ...]] = {}
        self._turned: dict[tuple[int, str], bool] = {}
        self._answers: dict[tuple[int, frozenset[str]], Stance | None] = {}

    @cached_property
    def ends(self) -> list[int]:
        return sentence_ends(self.text, self._original)

    def sentence(self, number: int) -> Sentence:
        """Return the sentence of this number."""
        found = self._sentences.get(number)
        if found is None:
            start = self.ends[number - 1] if number else 0
            found = self._sentences[number] = Sentence(self.text, start, self.ends[number], self._word)
        return found

    def cues(self, number: int) -> tuple[Cue, ...]:
        """Return the cues of the sentence of this number; equal sentences have equal ones."""
        sentence = self.sentence(number)
        if sentence.text not in self._cues:
            self._cues[sentence.text] = find_cues(sentence)
        return self._cues[sentence.text]

    def turned(self, number: int, concept: int, turn: Finder) -> bool:
        """True when the sentence of this number speaks of something else than the concept, as `turn` finds."""
        sentence = self.sentence(number)
        key = concept, sentence.text
        if key not in self._turned:
            self._turned[key] = any(turn.find(sentence))
        return self._turned[key]

    def answer(self, number: int, languages: frozenset[str]) -> Stance | None:
        """Return what is answered to the question of this number: its next sentences, empty lines left out."""
        if not self.sentence(number).asks:
            return None
        if (number, languages) not in self._answers:
            after = [n for n in range(number + 1, min(number + 5, len(self.ends))) if self.sentence(n).words][:2]
            following = [(self.sentence(n), self.cues(n)) for n in after]
            self._answers[number, languages] = answer_of(following, languages)
        return self._answers[number, languages]

    def end_of_answer(self, number: int) -> int:
        """Return where the first words after the question of this number end, 0 if none follow."""
        after = (self.sentence(n) for n in range(number + 1, min(number + 5, len(self.ends))))
        answer = next((s for s in after if s.words), None)
        return answer.end_of(len(answer.words) - 1) if answer else 0


def find_mentions(page: Page) -> tuple[Mention, ...]:
    """Return the mentions on a page, by where they start; of overlapping ones of a concept the longest.

    At most 1,000: of each concept and stance the first come first, so that no repetition can hide another.
    """
    reading = _Reading(page)
    lexicon = _lexicon()
    per_concept: dict[int, list[_Hit]] = {}
    for hit in _hits(reading, lexicon):
        if hit.pattern.role == "say" or reading.sentence(hit.sentence).asks:
            per_concept.setdefault(hit.pattern.concept, []).append(hit)
    ranked: list[tuple[int, Mention]] = []
    for concept, hits in per_concept.items():
        turn = lexicon.turns[concept]
        kept = _longest([h for h in hits if not reading.turned(h.sentence, concept, turn)])
        ranked += _judged(page, reading, kept, lexicon.concepts[concept], concept in lexicon.plain)
    ranked.sort(key=lambda item: (item[0], item[1].start))
    return tuple(sorted((m for _, m in ranked[:_MOST]), key=lambda m: (m.start, m.concept)))


def _hits(reading: _Reading, lexicon: _Lexicon) -> Iterator[_Hit]:
    """Yield every pattern found: one pass for the anchors, then the words around each."""
    text = reading.text
    number = end = -1
    sentence = None
    for anchor, start, _ in lexicon.automaton.find_matches_as_indexes(text, overlapping=True):
        if start and text[start - 1].isalnum() and text[start - 1] < "\u0e00":
            continue
        if sentence is None or not sentence.start <= start < end:
            number = bisect_right(reading.ends, start)
            sentence = reading.sentence(number)
            end = sentence.end
        always, by_second = lexicon.tables[anchor]
        candidates = always
        if not by_second.keys().isdisjoint(sentence.bag):
            candidates = always + [p for word in by_second.keys() & sentence.bag for p in by_second[word]]
        if candidates:
            at = bisect_right(sentence.starts, start) - 1
            for pattern in candidates:
                taken = pattern.match(sentence.words, at) if at >= 0 else ()
                if taken:
                    yield _Hit(pattern, number, taken, frozenset((pattern.language,)))


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Return the hits of one concept by place; of those that overlap the longest."""
    hits.sort(key=lambda h: (h.sentence, h.taken[0], -h.taken[-1], h.pattern.role != "say"))
    kept: list[_Hit] = []
    for hit in hits:
        last = kept[-1] if kept else None
        if last is None or last.sentence != hit.sentence or last.taken[-1] < hit.taken[0]:
            kept.append(hit)
        elif hit.taken[-1] - hit.taken[0] > last.taken[-1] - last.taken[0]:
            kept[-1] = hit
        elif hit.taken == last.taken and hit.pattern.role == last.pattern.role:
            kept[-1] = replace(last, languages=last.languages | hit.languages)
    return kept


def _judged(
    page: Page, reading: _Reading, hits: Sequence[_Hit], concept: str, plain: bool
) -> Iterator[tuple[int, Mention]]:
    """Yield the mentions of one concept, each with its rank among those of the same stance."""
    counts = dict.fromkeys(Stance, 0)
    for hit in hits:
        stance = Stance.ASSERTED if plain else _stance(reading, hit)
        if stance is None:
            continue
        sentence = reading.sentence(hit.sentence)
        last = sentence.end_of(hit.taken[-1])
        if hit.pattern.role != "say":  # a question alone says nothing: the quote reaches to its answer
            last = max(last, reading.end_of_answer(hit.sentence))
        start, end = reading.folded.origin(sentence.starts[hit.taken[0]], last)
        yield counts[stance], Mention(concept, page, start, end, stance)
        counts[stance] += 1
        if counts[Stance.ASSERTED] >= _ENOUGH:
            return


def _stance(reading: _Reading, hit: _Hit) -> Stance | None:
    """Return how a hit is meant; None where only No would have meant it, and nobody answers."""
    answer = reading.answer(hit.sentence, hit.languages)
    if hit.pattern.role == "say":
        return judge(reading.sentence(hit.sentence), hit.taken, reading.cues(hit.sentence), answer, hit.languages)
    if hit.pattern.role == "if_yes":
        return answer or Stance.REPORTED
    if answer is None:
        return None
    return Stance.DENIED if answer is Stance.ASSERTED else Stance.ASSERTED
