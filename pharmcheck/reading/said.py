"""What a sentence says by itself: its phrases, and how each is meant as far as no other sentence has to be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from operator import attrgetter

from pharmcheck.model import Stance
from pharmcheck.reading.lexicon import Lexicon
from pharmcheck.reading.patterns import Pattern
from pharmcheck.reading.sentences import Sentence
from pharmcheck.reading.spoken import spoken
from pharmcheck.reading.stance import Cue, find_cues, stance_of

ASKED = frozenset({"if_yes", "if_no"})
# What a shop says on one page it says on the next. A sentence without a phrase costs 1 KB, one of three phrases 3, and 200
# characters of nothing but phrases 6: all of them 7 MB at most.
REMEMBERED = 1_000
_REMEMBERED_CHARS = 200  # a longer one seldom comes twice


@dataclass(frozen=True, slots=True)
class _Hit:
    """A pattern found: which words of the sentence were taken, in which languages."""

    pattern: Pattern
    taken: tuple[int, ...]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that means its concept: from where to where it stands in its sentence, and how it is meant.

    `stance` is None where the sentences around it tell; then `cues` are those of the sentence. `languages` are those in
    which it was found or the sentence speaks.
    """

    role: str
    taken: tuple[int, ...]
    start: int
    end: int
    languages: frozenset[str]
    stance: Stance | None
    cues: tuple[Cue, ...] = ()


class Said:
    """What a sentence says: the concepts of which it holds a pattern, and their phrases, judged when first asked for."""

    __slots__ = ("_hits", "_language", "_phrases", "_sentence", "concepts")

    def __init__(self, sentence: Sentence, language: str, hits: dict[int, list[_Hit]]) -> None:
        self._sentence: Sentence | None = sentence
        self._language = language
        self._hits = hits
        self._phrases: dict[int, tuple[Phrase, ...]] | None = None
        self.concepts = frozenset(hits)

    def phrases(self, known: Lexicon) -> dict[int, tuple[Phrase, ...]]:
        """Return the phrases of each concept, by place."""
        if self._phrases is None:
            told = _Told(self._sentence, self._language, known) if self._sentence else None
            self._phrases = {c: tuple(told.phrases(hits)) for c, hits in self._hits.items()} if told else {}
            self._hits, self._sentence = {}, None
        return self._phrases


_NOTHING = Said(Sentence(""), "", {})  # what most sentences say


def said(text: str, anchors: frozenset[int], language: str, known: Lexicon) -> Said:
    """Return what a sentence says in which these anchors were found, on a page of this language."""
    return (_remembered if len(text) <= _REMEMBERED_CHARS else said_beside)(text, anchors, language, known)


def said_beside(
    text: str, anchors: frozenset[int], language: str, known: Lexicon, told: Collection[int] = frozenset()
) -> Said:
    """Return what a sentence says beside the concepts that are `told` enough; for pages with more sentences than are remembered."""
    sentence = Sentence(text)
    lines = known.lines_for(anchors, sentence)
    if told:
        lines = {line for line in lines if line.concept not in told}
    if not lines:
        return _NOTHING
    hits: dict[int, list[_Hit]] = {}
    for line in sorted(lines, key=attrgetter("number")):
        for pattern, taken in line.finder.find(sentence):
            if _counts(pattern.role, sentence, taken):
                hits.setdefault(pattern.concept, []).append(_Hit(pattern, taken, _alone(pattern.language)))
    return Said(sentence, language, hits) if hits else _NOTHING


_remembered = lru_cache(maxsize=REMEMBERED)(said_beside)


@cache
def _alone(language: str) -> frozenset[str]:
    return frozenset((language,))


def _counts(role: str, sentence: Sentence, taken: tuple[int, ...]) -> bool:
    """True when a pattern of this role means something: that of a question only where one is asked."""
    if role == "alone":
        return len(taken) == len(sentence.words)
    return role == "say" or sentence.asks


def languages_of(own: frozenset[str], beside: frozenset[str]) -> frozenset[str]:
    """Return the languages in which to judge a phrase found in `own`: also those that its sentence speaks, if others."""
    return own if not own.isdisjoint(beside) else own | beside


def cues_in(sentence: Sentence, languages: frozenset[str]) -> tuple[Cue, ...]:
    """Return the cues of these languages in a sentence."""
    return tuple(cue for language in sorted(languages) for cue in find_cues(sentence, language))


class _Told:
    """A sentence while it is judged."""

    def __init__(self, sentence: Sentence, language: str, known: Lexicon) -> None:
        self._sentence = sentence
        self._known = known
        self._spoken = spoken(sentence.text, sentence.bag, language)
        self._cues: dict[frozenset[str], tuple[Cue, ...]] = {}
        self._turns: dict[tuple[int, frozenset[str]], bool] = {}

    def phrases(self, hits: Sequence[_Hit]) -> Iterator[Phrase]:
        """Yield what the hits of one concept come to, by place."""
        for hit in _longest([hit for hit in _native(hits, self._spoken) if not self._turned(hit)]):
            languages = languages_of(hit.languages, self._spoken)
            stance, cues = self._stance(hit, languages)
            start, end = self._sentence.starts[hit.taken[0]], self._sentence.end_of(hit.taken[-1])
            yield Phrase(hit.pattern.role, hit.taken, start, end, languages, stance, cues)

    def _turned(self, hit: _Hit) -> bool:
        """True when the sentence speaks of something else than the concept of a hit, as a `but` line tells."""
        concept, languages = hit.pattern.concept, languages_of(hit.languages, self._spoken)
        turned = self._turns.get((concept, languages))
        if turned is None:  # of a sentence that repeats a phrase once, not for each
            turned = any(self._known.turn(concept, language).find(self._sentence) for language in languages)
            self._turns[concept, languages] = turned
        return turned

    def _stance(self, hit: _Hit, languages: frozenset[str]) -> tuple[Stance | None, tuple[Cue, ...]]:
        """Return how a hit is meant, and no cues; or None, and the cues, where what stands around the sentence tells."""
        if hit.pattern.concept in self._known.plain:
            return Stance.ASSERTED, ()
        if hit.pattern.role in ASKED:
            return None, ()
        cues = self._cues.get(languages)
        if cues is None:
            cues = self._cues[languages] = cues_in(self._sentence, languages)
        if self._sentence.asks or any(cue.kind == "bullet" and cue.taken[0] == 0 for cue in cues):
            return None, cues
        return stance_of(self._sentence, hit.taken, cues, None, languages), ()


def _native(hits: Sequence[_Hit], beside: frozenset[str]) -> list[_Hit]:
    """Return the hits of one concept, but none within one that is in a language that the sentence speaks.

    `western union` stands in every language, and another one's knows nothing of what the sentence says.
    """
    native = [hit for hit in hits if not hit.languages.isdisjoint(beside)]
    if len(native) == len(hits):
        return native
    spans = {(own.taken[0], own.taken[-1]) for own in native}
    foreign = (hit for hit in hits if hit.languages.isdisjoint(beside))
    return native + [h for h in foreign if not any(a <= h.taken[0] and h.taken[-1] <= b for a, b in spans)]


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Return the hits of one concept by place; of those that overlap the longest."""
    if len(hits) < 2:
        return hits
    hits.sort(key=lambda h: (h.taken[0], -h.taken[-1], h.pattern.role in ASKED, -len(h.taken), h.taken))
    kept: list[_Hit] = []
    for hit in hits:
        last = kept[-1] if kept else None
        if last is None or last.taken[-1] < hit.taken[0]:
            kept.append(hit)
        elif hit.taken[-1] - hit.taken[0] > last.taken[-1] - last.taken[0]:
            kept[-1] = hit
        elif hit.taken == last.taken and hit.pattern.role == last.pattern.role:
            kept[-1] = replace(last, languages=last.languages | hit.languages)
    return kept
