"""All phrases of all topics and languages, matched in one pass; minds denial, warning, quotation.

`phrases/<topic>.toml` holds, for each concept and language, `[concept.language]` with

* `say`     the patterns that mean the concept,
* `alone`   patterns that mean it only where they take every word of a sentence (`no prescription`, but not `… on file`),
* `but`     patterns that, in the same sentence, make it speak of something else (contact lenses, a dog),
* `if_yes`  questions to which Yes means the concept (and No its denial); `if_no` the other way round,
* `yes`     examples that must be found as ASSERTED, `no` examples that must not; all are run as tests.

A topic with `plain = true` tells how a page speaks (`warning-voice`); its mentions are always ASSERTED.

After an edit, `pharmcheck docs` writes them all into `phrases/lexicon.json`, which is what is read at run time.

A pattern is a row of words, in lower case. `{a|b c|}` is one of these, or nothing; `[0-3]` stands for up to three
words, and not within a brace; `prescri*` for any word that begins so; `#` for a number; `@goods` for any word of the list `goods` of the
language in `phrases/words.toml`, and `@medicine` for any medicine's name of one word. A full stop, a line or a bar ends a sentence, and no
pattern reaches beyond one. In scripts without spaces each character counts as a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from pharmcheck.model import Mention, Page, Stance
from pharmcheck.reading.disguise import Folded, fold
from pharmcheck.reading.lexicon import Lexicon, Line, lexicon
from pharmcheck.reading.patterns import Pattern
from pharmcheck.reading.sentences import Sentence, Sentences
from pharmcheck.reading.spoken import spoken
from pharmcheck.reading.stance import Cue, answer_of, find_cues, judge

_ASKED = ("if_yes", "if_no")
_MOST = 1_000
_MARKS = 8  # characters before a sentence in which the mark of a list item stands
_QUOTATION = 400  # characters to either side in which a quotation begins and ends
_BESIDE = 20  # letters beside a quotation that tell whose it is; less is the name of a reviewer
_QUOTED = re.compile(
    r'(?:(?<=[\s(:,-])|^)"(?=\w)[^"\n]+(?<=\S)"(?![\w"])'
    r"|^'(?=\w)[^'\n]+(?<=\S)'(?=[:,]? \w)",  # a headline that opens with what others say
    re.MULTILINE,
)
# A question of several sentences, as people ask it: told from `Q:` on to its last question mark.
_ASKED_AT_LENGTH = re.compile(
    r"^\W{0,3}(?:q|question|frage|pregunta|domanda|pergunta|vraag|pytanie|dotaz|otázka|вопрос|fråga|質問|spørgsmål|питання)\s?\d{0,3}\s?[:.-]"
    r"(?:(?!\s(?:a|answer|r|antwort|réponse|respuesta|risposta|resposta|odpowiedź|odpověď|ответ|svar)\s?[:.])[^\n])*[?？]",
    re.MULTILINE,
)
_ENOUGH = 100  # asserted mentions of one concept; more of the same add nothing, and a page of them must not cost time


@dataclass(frozen=True, slots=True)
class _Hit:
    """A pattern found: where its sentence starts, which of its words were taken, in which languages."""

    pattern: Pattern
    sentence: int
    taken: tuple[int, ...]
    languages: frozenset[str]


class _Reading:
    """One page while it is read: its sentences, and what is known of them; equal sentences are read once."""

    def __init__(self, page: Page) -> None:
        self._language = page.language
        self.folded: Folded = fold(page.text)
        self.text = self.folded.text.replace("_", " ")
        self.sentences = Sentences(self.text, page.text)
        self._spoken: dict[str, frozenset[str]] = {}
        self._cues: dict[tuple[str, frozenset[str]], list[Cue]] = {}
        self._turned: dict[tuple[int, str, str], bool] = {}
        self._answers: dict[tuple[int, frozenset[str]], Stance | None] = {}
        self._asked: list[tuple[int, int]] | None = None

    def spoken(self, sentence: Sentence) -> frozenset[str]:
        """Return the languages that a sentence speaks."""
        if sentence.text not in self._spoken:
            self._spoken[sentence.text] = spoken(sentence.text, sentence.bag, self._language)
        return self._spoken[sentence.text]

    def languages(self, sentence: Sentence, own: frozenset[str]) -> frozenset[str]:
        """Return the languages in which to judge a phrase found in `own`: also what the sentence speaks, if another."""
        beside = self.spoken(sentence)
        return own if not own.isdisjoint(beside) else own | beside

    def cues(self, sentence: Sentence, own: frozenset[str]) -> list[Cue]:
        """Return the cues that tell how a phrase found in `own` languages is meant in a sentence."""
        key = sentence.text, own
        if key not in self._cues:
            languages = sorted(self.languages(sentence, own))
            self._cues[key] = [cue for language in languages for cue in find_cues(sentence, language)]
        return self._cues[key]

    def turned(self, hit: _Hit) -> bool:
        """True when the sentence of a hit speaks of something else than the concept, as a `but` line tells."""
        sentence = self.sentences.at(hit.sentence)
        return any(
            self._is_turned(sentence, hit.pattern.concept, language)
            for language in self.languages(sentence, hit.languages)
        )

    def _is_turned(self, sentence: Sentence, concept: int, language: str) -> bool:
        key = concept, language, sentence.text
        if key not in self._turned:
            self._turned[key] = any(lexicon().turn(concept, language).find(sentence))
        return self._turned[key]

    def answer(self, start: int, own: frozenset[str]) -> Stance | None:
        """Return what is answered to the question that starts here: its next sentences, empty lines left out."""
        question = self.sentences.at(start)
        if not question.asks:
            return None
        key = start, own
        if key not in self._answers:
            languages = self.languages(question, own)
            following = [s for s in map(self.sentences.at, self.sentences.after(start)) if s.words][:2]
            self._answers[key] = answer_of((s, self.cues(s, languages)) for s in following)
        return self._answers[key]

    def opens_line(self, start: int) -> bool:
        """True when the sentence that starts here is the first of its line."""
        before = self.text[max(0, start - _MARKS) : start].rstrip(" \t-*")
        return not before or before.endswith(("\n", "•", "·"))

    def quoted(self, hit: _Hit) -> bool:
        """True when a quotation of several sentences holds the phrase, and the line says more than the quotation."""
        sentence = self.sentences.at(hit.sentence)
        at = hit.sentence + sentence.starts[hit.taken[0]]
        left, right = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at)
        left, right = max(left, at - _QUOTATION), min(right if right >= 0 else len(self.text), at + _QUOTATION)
        if not {'"', "'"}.intersection(self.text[left:at]):
            return False
        return any(
            match.start() < at < match.end()
            and sum(map(str.isalpha, self.text[left : match.start()] + self.text[match.end() : right])) >= _BESIDE
            for match in _QUOTED.finditer(self.text, left, right)
        )

    def asked_at_length(self, start: int) -> bool:
        """True when the sentence that starts here asks nothing itself and stands within a question of several sentences."""
        if self.sentences.at(start).asks:
            return False
        if self._asked is None:
            self._asked = [match.span() for match in _ASKED_AT_LENGTH.finditer(self.text)]
        return any(first <= start < last for first, last in self._asked)

    def end_of_answer(self, start: int) -> int:
        """Return where the first words after the question that starts here end, 0 if none follow."""
        for after in self.sentences.after(start):
            answer = self.sentences.at(after)
            if answer.words:
                return after + answer.end_of(len(answer.words) - 1)
        return 0


def find_mentions(page: Page) -> tuple[Mention, ...]:
    """Return the mentions on a page, by where they start; of overlapping ones of a concept the longest.

    At most 1,000: of each concept and stance the first come first, so that no repetition can hide another.
    """
    reading = _Reading(page)
    known = lexicon()
    per_concept: dict[int, list[_Hit]] = {}
    for hit in _hits(reading, known):
        per_concept.setdefault(hit.pattern.concept, []).append(hit)
    ranked: list[tuple[int, Mention]] = []
    for concept, hits in per_concept.items():
        ranked += _judged(page, reading, _kept(hits, reading), known.concepts[concept], concept in known.plain)
    ranked.sort(key=lambda item: (item[0], item[1].start, item[1].concept))
    return tuple(sorted((m for _, m in ranked[:_MOST]), key=lambda m: (m.start, m.concept)))


def _hits(reading: _Reading, known: Lexicon) -> Iterator[_Hit]:
    """Yield every pattern found: one pass for the anchors, then the words of the sentences that hold one."""
    anchors = known.anchors.find(reading.sentences)
    found: dict[str, list[tuple[Pattern, tuple[int, ...], frozenset[str]]]] = {}
    for start in sorted(anchors):
        text = reading.sentences.text_at(start)
        if text not in found:
            sentence = reading.sentences.at(start)
            lines = known.lines_for(anchors[start], sentence)
            found[text] = list(_found(sentence, lines)) if lines else []
        for pattern, taken, languages in found[text]:
            yield _Hit(pattern, start, taken, languages)


def _found(sentence: Sentence, lines: set[Line]) -> Iterator[tuple[Pattern, tuple[int, ...], frozenset[str]]]:
    """Yield the patterns of these lines in a sentence that count there."""
    for line in sorted(lines, key=lambda line: line.number):
        for pattern, taken in line.finder.find(sentence):
            if _counts(pattern.role, sentence, taken):
                yield pattern, taken, frozenset((pattern.language,))


def _counts(role: str, sentence: Sentence, taken: tuple[int, ...]) -> bool:
    """True when a pattern of this role means something: that of a question only where one is asked."""
    if role == "alone":
        return len(taken) == len(sentence.words)
    return role == "say" or sentence.asks


def _kept(hits: Sequence[_Hit], reading: _Reading) -> Iterator[_Hit]:
    """Yield the hits of one concept that count, by place, each sentence when it is asked for: a dump holds thousands."""
    for _, here in groupby(hits, key=attrgetter("sentence")):
        yield from _longest([hit for hit in _native(list(here), reading) if not reading.turned(hit)])


def _native(hits: Sequence[_Hit], reading: _Reading) -> list[_Hit]:
    """Return the hits of one concept in one sentence, but none within one that is in the language of the sentence.

    `western union` stands in every language, and another one's knows nothing of what the sentence says.
    """
    spoken = reading.spoken(reading.sentences.at(hits[0].sentence))
    native = [hit for hit in hits if not hit.languages.isdisjoint(spoken)]
    if len(native) == len(hits):
        return native
    spans = {(own.taken[0], own.taken[-1]) for own in native}
    foreign = (hit for hit in hits if hit.languages.isdisjoint(spoken))
    return native + [h for h in foreign if not any(a <= h.taken[0] and h.taken[-1] <= b for a, b in spans)]


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Return the hits of one concept in one sentence by place; of those that overlap the longest."""
    if len(hits) < 2:
        return hits
    hits.sort(key=lambda h: (h.taken[0], -h.taken[-1], h.pattern.role in _ASKED, -len(h.taken), h.taken))
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


def _judged(
    page: Page, reading: _Reading, hits: Iterator[_Hit], concept: str, plain: bool
) -> Iterator[tuple[int, Mention]]:
    """Yield the mentions of one concept, each with its rank among those of the same stance."""
    counts = dict.fromkeys(Stance, 0)
    for hit in hits:
        stance = Stance.ASSERTED if plain else _stance(reading, hit)
        if stance is None:
            continue
        sentence = reading.sentences.at(hit.sentence)
        last = hit.sentence + sentence.end_of(hit.taken[-1])
        if hit.pattern.role in _ASKED:  # a question alone says nothing: the quote reaches to its answer
            last = max(last, reading.end_of_answer(hit.sentence))
        start, end = reading.folded.origin(hit.sentence + sentence.starts[hit.taken[0]], last)
        yield counts[stance], Mention(concept, page, start, end, stance)
        counts[stance] += 1
        if counts[Stance.ASSERTED] >= _ENOUGH:
            return


def _stance(reading: _Reading, hit: _Hit) -> Stance | None:
    """Return how a hit is meant; None where only No would have meant it, and nobody answers."""
    answer = reading.answer(hit.sentence, hit.languages)
    if hit.pattern.role not in _ASKED:
        sentence = reading.sentences.at(hit.sentence)
        cues, languages = reading.cues(sentence, hit.languages), reading.languages(sentence, hit.languages)
        if not reading.opens_line(hit.sentence):  # `Ships worldwide` amid a text is what the shop says of itself
            cues = [cue for cue in cues if cue.kind != "bullet"]
        stance = judge(sentence, hit.taken, cues, answer, languages)
        told = stance is Stance.ASSERTED and (reading.quoted(hit) or reading.asked_at_length(hit.sentence))
        return Stance.REPORTED if told else stance
    if hit.pattern.role == "if_yes":
        return answer or Stance.REPORTED
    if answer is None:
        return None
    return Stance.DENIED if answer is Stance.ASSERTED else Stance.ASSERTED
