"""How a phrase is meant, from the words of its own sentence: asserted, denied, warned of, or reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pharmcheck.model import Stance
from pharmcheck.reading.lexicon import lexicon
from pharmcheck.reading.sentences import Sentence

_REACH = 7  # words between a negator and what it denies; farther off it speaks of something else
_LIST_WORDS = 20  # from a negator to the last item of a list of what it denies
# What stands between them: its verb and the first item, then items of at most three words; and what follows an item of it.
_ITEM = r"(?:[^\s,;:()]++ ){0,2}[^\s,;:()]++"
_LISTED = re.compile(rf"\s?(?:[^\s,;:()]++ ){{1,5}}[^\s,;:()]++(?:, {_ITEM})*, ")
_NEXT_ITEMS = re.compile(rf"(?:, {_ITEM})*(?:,? [^\s,;:()]++)?")
_SAYS_MORE = 8  # letters outside the quotation marks
_PRESCRIPTION = re.compile(r"re[cz]ep|receit|ricett|ordonnanc|prescri|\brx\b|předpis|predpis|рецепт|処方")
_CLAUSE = frozenset(",;:()、")
_BROKEN = _CLAUSE - {","}
_FROM_VERB, _TO_VERB = (
    2,
    4,
)  # words from the verb of giving to the negator (`délivrons pas`), and on from it (`not knowingly sell`)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that turn a sentence: `kind` as in stance.toml, and the indexes of the words in the sentence."""

    kind: str
    taken: tuple[int, ...]


def find_cues(sentence: Sentence, language: str) -> tuple[Cue, ...]:
    """Return the cues of a language in a sentence."""
    known = lexicon()
    return tuple(
        Cue(known.cue_kinds[pattern.concept], taken)
        for line in known.cues_for(language, sentence)
        for pattern, taken in line.finder.find(sentence)
    )


def stance_of(
    sentence: Sentence, taken: Sequence[int], cues: Sequence[Cue], answer: Stance | None, languages: frozenset[str]
) -> Stance:
    """Return how the phrase at the words `taken` is meant; `answer` is what the next sentence says to a question.

    `cues` are those of the sentence; `languages` are those in which the phrase was found or the sentence speaks.
    """
    own = frozenset(taken)
    kinds: dict[str, list[tuple[int, ...]]] = {}
    for cue in cues:
        if cue.kind == "bullet" or not own.issuperset(cue.taken):
            kinds.setdefault(cue.kind, []).append(cue.taken)
    if sentence.asks and (answer is Stance.DENIED or not _opens(kinds.get("eager", ()))):
        return answer or Stance.REPORTED
    inside = (cue.taken[0] for cue in cues if cue.kind == "denied" and own.issuperset(cue.taken))
    if kinds and _denied(sentence, taken, kinds, languages, min(inside, default=len(sentence.words))):
        return Stance.DENIED
    offers = any(offer[0] <= taken[-1] for offer in kinds.get("offer", ()))
    if "warned" in kinds and not offers:
        return Stance.WARNED
    if not offers and ("reported" in kinds or _opens(kinds.get("bullet", ()))):
        return Stance.REPORTED
    return (
        Stance.REPORTED if _quoted(sentence, taken) or (not offers and _held_off(sentence, taken)) else Stance.ASSERTED
    )


def answer_of(following: Iterable[tuple[Sentence, Sequence[Cue]]]) -> Stance | None:
    """Return ASSERTED for Yes, DENIED for No, when the first of the sentences after a question opens with it."""
    for sentence, cues in following:
        first = [c for c in cues if c.taken[0] <= 1]
        for kind, stance in (("no", Stance.DENIED), ("yes", Stance.ASSERTED)):
            if any(c.kind == kind and _stands_alone(sentence, c.taken) for c in first):
                return stance
        if len(sentence.words) > 1:
            return None
    return None


def _stands_alone(sentence: Sentence, taken: tuple[int, ...]) -> bool:
    """True when the answer is first (after `A:` at most) and a sign, the end or more than one word follows it.

    `No, …` answers; `No prescription is needed` does not.
    """
    if taken[0] == 1 and sentence.words[0] not in ("a", "answer", "r", "antwort"):
        return False
    if len(taken) > 1 or taken[-1] + 1 == len(sentence.words):
        return True
    return bool(sentence.between(taken[-1], taken[-1] + 1).strip(" "))


def _opens(cues: Sequence[tuple[int, ...]]) -> bool:
    """True when one of the cues is the first word of its sentence."""
    return any(taken[0] == 0 for taken in cues)


@lru_cache(maxsize=256)
def _words(name: str, languages: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(lexicon().words(name, language) for language in languages))


def _denied(
    sentence: Sentence,
    taken: Sequence[int],
    kinds: dict[str, list[tuple[int, ...]]],
    languages: frozenset[str],
    first_no: int,
) -> bool:
    """True when a negator stands shortly before the phrase, or inside it, or its denial follows in the same clause.

    `first_no` is the first negator among the words of the phrase itself, beyond the sentence where it has none.
    """
    joining = _words("joining", languages)
    carrying = _words("nor", languages) if first_no < len(sentence.words) else frozenset()
    harmless = {i for cue in kinds.get("harmless", ()) for i in cue}
    if any(cue[-1] + 1 == taken[0] for cue in kinds.get("beside", ())):
        return True
    for cue in kinds.get("denied", ()):
        last = cue[-1]
        if harmless.intersection(cue) or last > taken[-1] or set(cue).intersection(taken):
            continue
        if first_no < last and sentence.words[last] in carrying:
            continue  # `we ask no prescription nor a form`
        if last > taken[0] and _set_off(sentence, taken, last):
            continue
        if last > taken[0] or (taken[0] - last <= _REACH and not _parted(sentence, last, taken[0], joining)):
            return True
        if _in_a_list(sentence, last, taken, languages) or _given_of_a_list(sentence, last, taken, languages):
            return True
    return _untrue_after(sentence, taken, kinds.get("untrue", ()), joining, languages)


def _untrue_after(
    sentence: Sentence,
    taken: Sequence[int],
    untrue: Sequence[tuple[int, ...]],
    joining: frozenset[str],
    languages: frozenset[str],
) -> bool:
    """True when words that unsay the phrase follow it in the same clause."""
    if not untrue:
        return False
    closing, end = joining | _second_subjects(sentence, taken, languages), taken[-1]
    return any(
        (cue[0] - end <= _REACH and not _parted(sentence, end, cue[0], closing))
        or _not_given_of_a_list(sentence, end, cue, languages)
        for cue in untrue
        if cue[0] > end
    )


def _not_given_of_a_list(sentence: Sentence, end: int, cue: tuple[int, ...], languages: frozenset[str]) -> bool:
    """True when a list follows the phrase, and then that it is not given: `ohne Rezept können wir A, B und C nicht abgeben`."""
    giving = _words("giving", languages)
    if cue[0] - end > _LIST_WORDS or giving.isdisjoint(sentence.words[cue[0] : cue[-1] + _TO_VERB]):
        return False
    between, listed = sentence.between(end, cue[0]), sentence.words[end + _TO_VERB : cue[0]]
    return "," in between and _BROKEN.isdisjoint(between) and _words("subject", languages).isdisjoint(listed)


def _set_off(sentence: Sentence, taken: Sequence[int], at: int) -> bool:
    """True when a dash stands between the word of the phrase before this place and the place: what follows explains."""
    before = max(index for index in taken if index < at)
    return " - " in sentence.between(before, at)


def _second_subjects(sentence: Sentence, taken: Sequence[int], languages: frozenset[str]) -> frozenset[str]:
    """Return the words that, after the phrase, are the subject of another clause: where its own has one and no condition.

    `as we sell tablets we cannot …` denies nothing that we sell; `without a prescription we cannot …` and `if you order
    without a prescription you cannot …` do.
    """
    subjects = _words("subject", languages)
    own = sentence.words[: taken[-1] + 1]
    if subjects.isdisjoint(own) or not _words("condition", languages).isdisjoint(own):
        return frozenset()
    return subjects


def _parted(sentence: Sentence, left: int, right: int, joining: frozenset[str]) -> bool:
    """True when a comma, a bracket or a joining word stands between two words: another clause begins."""
    if joining.intersection(sentence.words[left + 1 : right]):
        return True
    between = sentence.between(left, right)
    return not _CLAUSE.isdisjoint(between) or " - " in between


def _in_a_list(sentence: Sentence, negator: int, taken: Sequence[int], languages: frozenset[str]) -> bool:
    """True when the phrase is part of what one negator denies: `we don't take gift cards, Zelle, wire or crypto`.

    Commas alone part its items, which are of few words, and `or` comes before the last.
    """
    if taken[0] - negator > _LIST_WORDS or not _LISTED.fullmatch(sentence.between(negator, taken[0])):
        return False
    following = _NEXT_ITEMS.match(sentence.text, sentence.end_of(taken[-1]))
    beside = {sentence.words[taken[0] - 1], *(following[0].split() if following else ())}
    return not beside.isdisjoint(_words("or", languages))


def _given_of_a_list(sentence: Sentence, negator: int, taken: Sequence[int], languages: frozenset[str]) -> bool:
    """True when it is denied that a list is given, which ends in the phrase: `we never sell antibiotics, tramadol or steroids …`.

    The verb stands beside the negator, and no pronoun in the list opens another clause.
    """
    giving, last = _words("giving", languages), taken[0]
    given = [
        at for at in range(max(0, negator - _FROM_VERB), min(negator + _TO_VERB, last)) if sentence.words[at] in giving
    ]
    start = max((negator, *given))
    if last - start > _LIST_WORDS or not (given or not giving.isdisjoint(sentence.words[taken[-1] + 1 :][:_TO_VERB])):
        return False
    listed, between = sentence.words[start + 1 : last], sentence.between(start, last)
    if not _BROKEN.isdisjoint(between) or " - " in between or not _words("subject", languages).isdisjoint(listed):
        return False
    return not _words("or", languages).isdisjoint((*listed, *sentence.words[last : taken[-1]]))


def _quoted(sentence: Sentence, taken: Sequence[int]) -> bool:
    """True when the phrase stands between quotation marks and the sentence says more than the quotation."""
    before = sentence.text[: sentence.starts[taken[0]]]
    after = sentence.text[sentence.end_of(taken[-1]) :]
    if before.count('"') % 2 == 0 or '"' not in after:
        return False
    outside = before[: before.rindex('"')] + after[after.index('"') :]
    return sum(map(str.isalpha, outside)) >= _SAYS_MORE


def _held_off(sentence: Sentence, taken: Sequence[int]) -> bool:
    """True when the end of the phrase opens a quotation and speaks of a prescription: `Zopiclone "without prescription, fast"`."""
    first, last = sentence.starts[taken[0]], sentence.end_of(taken[-1])
    before, inside, after = sentence.text[:first], sentence.text[first:last], sentence.text[last:]
    if inside.count('"') != 1 or before.count('"') % 2 or '"' not in after:
        return False
    return bool(_PRESCRIPTION.search(inside)) and sum(map(str.isalpha, before + after)) >= _SAYS_MORE
