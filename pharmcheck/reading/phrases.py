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
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from operator import attrgetter

from pharmcheck.model import Mention, Page, Stance
from pharmcheck.reading.disguise import Folded, fold
from pharmcheck.reading.lexicon import Lexicon, lexicon
from pharmcheck.reading.lines import line_around
from pharmcheck.reading.said import ASKED, REMEMBERED, Phrase, Said, cues_in, languages_of, said, said_beside
from pharmcheck.reading.sentences import PICTURES, Sentence, Sentences
from pharmcheck.reading.spoken import spoken
from pharmcheck.reading.stance import Cue, answer_of, stance_of

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


class _Reading:
    """One page while it is read: its sentences, and what stands around each."""

    def __init__(self, page: Page, known: Lexicon) -> None:
        self.page = page
        self.known = known
        self.folded: Folded = fold(page.text)
        self.text = self.folded.text.replace("_", " ")
        self.sentences = Sentences(self.text, page.text)
        self._quotes = '"' in self.text or "'" in self.text
        self._cues: dict[tuple[str, frozenset[str]], tuple[Cue, ...]] = {}
        self._answers: dict[tuple[int, frozenset[str]], Stance | None] = {}
        self._asked: list[tuple[int, int]] | None = None if "?" in self.text or "？" in self.text else []

    def mention(self, concept: int, phrase: Phrase, start: int) -> Mention | None:
        """Return the mention that a phrase of the sentence that starts here makes; None if it says nothing."""
        stance = phrase.stance or self._stance(phrase, start)
        if stance is None or (phrase.role in ASKED and self._answer_turns(concept, start, phrase.languages)):
            return None
        first, last = self._whole_number(start + phrase.start), start + phrase.end
        if phrase.role in ASKED:  # a question alone says nothing: the quote reaches to its answer
            last = max(last, self._end_of_answer(start))
        elif stance is Stance.ASSERTED and concept not in self.known.plain and self._told_by_others(start, first):
            stance = Stance.REPORTED
        return Mention(self.known.concepts[concept], self.page, *self.folded.origin(first, last), stance)

    def _whole_number(self, at: int) -> int:
        """Return where the number begins of which the digits at `at` are but the last: the words of `99.4 %` are `99` and `4`."""
        text = self.text
        while at > 1 and text[at].isdigit() and text[at - 1] in ".," and text[at - 2].isdigit():
            at -= 2
            while at and text[at - 1].isdigit():
                at -= 1
        return at

    def _stance(self, phrase: Phrase, start: int) -> Stance | None:
        """Return how a phrase is meant; None where only No would have meant it, and nobody answers."""
        answer = self._answer(start, phrase.languages)
        if phrase.role not in ASKED:
            cues = phrase.cues
            if not self._opens_line(start):  # `Ships worldwide` amid a text is what the shop says of itself
                cues = tuple(cue for cue in cues if cue.kind != "bullet")
            return stance_of(self.sentences.at(start), phrase.taken, cues, answer, phrase.languages)
        if phrase.role == "if_yes":
            return answer or Stance.REPORTED
        if answer is None:
            return None
        return Stance.DENIED if answer is Stance.ASSERTED else Stance.ASSERTED

    def _answer(self, start: int, languages: frozenset[str]) -> Stance | None:
        """Return what is answered to the question that starts here: its next sentences, empty lines left out."""
        if not self.sentences.at(start).asks:
            return None
        key = start, languages
        if key not in self._answers:
            following = islice(self._following(start), 2)
            self._answers[key] = answer_of((s, self._cues_in(s, languages)) for _, s in following)
        return self._answers[key]

    def _answer_turns(self, concept: int, start: int, languages: frozenset[str]) -> bool:
        """True when the answer to a question speaks of something else, as a `but` line tells: `No, as for any supplement.`"""
        answers = islice(self._following(start), 1)
        return any(self.known.turn(concept, language).find(answer) for _, answer in answers for language in languages)

    def _following(self, start: int) -> Iterator[tuple[int, Sentence]]:
        """Yield the next sentences, each with where it starts, empty lines left out."""
        for after in self.sentences.after(start):
            sentence = self.sentences.at(after)
            if sentence.words:
                yield after, sentence

    def _cues_in(self, sentence: Sentence, asked: frozenset[str]) -> tuple[Cue, ...]:
        """Return the cues of a sentence that may answer a question asked in these languages."""
        key = sentence.text, asked
        if key not in self._cues:
            beside = spoken(sentence.text, sentence.bag, self.page.language)
            self._cues[key] = cues_in(sentence, languages_of(asked, beside))
        return self._cues[key]

    def _opens_line(self, start: int) -> bool:
        """True when the sentence that starts here is the first of its line."""
        before = PICTURES.sub("", self.text[max(0, start - _MARKS) : start]).rstrip(" \t-*")
        return not before or before.endswith(("\n", "•", "·"))

    def _told_by_others(self, start: int, at: int) -> bool:
        """True when the phrase at `at`, in the sentence that starts at `start`, is quoted or part of a long question."""
        return self._quoted(at) or self._asked_at_length(start)

    def _quoted(self, at: int) -> bool:
        """True when a quotation of several sentences holds the phrase, and the line says more than the quotation."""
        if not self._quotes:
            return False
        left, right = line_around(self.text, at, at, _QUOTATION)
        if self.text.find('"', left, at) < 0 and self.text.find("'", left, at) < 0:
            return False
        return any(
            match.start() < at < match.end()
            and sum(map(str.isalpha, self.text[left : match.start()] + self.text[match.end() : right])) >= _BESIDE
            for match in _QUOTED.finditer(self.text, left, right)
        )

    def _asked_at_length(self, start: int) -> bool:
        """True when the sentence that starts here asks nothing itself and stands within a question of several sentences."""
        if self._asked is None:
            self._asked = [match.span() for match in _ASKED_AT_LENGTH.finditer(self.text)]
        before = bisect_right(self._asked, (start, len(self.text))) - 1  # they are in order, and none overlaps another
        return before >= 0 and start < self._asked[before][1] and not self.sentences.at(start).asks

    def _end_of_answer(self, start: int) -> int:
        """Return where the first words after the question that starts here end, 0 if none follow."""
        after, answer = next(self._following(start), (0, None))
        return after + answer.end_of(len(answer.words) - 1) if answer else 0


def find_mentions(page: Page) -> tuple[Mention, ...]:
    """Return the mentions on a page, by where they start; of overlapping ones of a concept the longest.

    At most 1,000: of each concept and stance the first come first, so that no repetition can hide another.
    """
    known = lexicon()
    reading = _Reading(page, known)
    by_place = attrgetter("start", "concept")
    ranked: list[tuple[int, Mention]] = []  # each with its rank among those of the same concept and stance
    counts: dict[tuple[int, Stance], int] = {}
    enough: set[int] = set()
    met: dict[str, Said] = {}
    for start, anchors in sorted(known.anchors.find(reading.sentences).items()):
        text = reading.sentences.text_at(start)
        told = met.get(text)
        if told is None:
            of = text, frozenset(anchors), page.language, known
            told = met[text] = said(*of) if len(met) < REMEMBERED else said_beside(*of, enough)
        if told.concepts <= enough:
            continue
        for concept, phrases in told.phrases(known).items():
            for phrase in phrases if concept not in enough else ():
                mention = reading.mention(concept, phrase, start)
                if mention is None:
                    continue
                key = concept, mention.stance
                count = counts[key] = counts.get(key, 0) + 1
                ranked.append((count, mention))
                if count == _ENOUGH and mention.stance is Stance.ASSERTED:
                    enough.add(concept)
                    break
    if len(ranked) > _MOST:
        ranked.sort(key=lambda item: (item[0], *by_place(item[1])))
    return tuple(sorted((mention for _, mention in ranked[:_MOST]), key=by_place))
