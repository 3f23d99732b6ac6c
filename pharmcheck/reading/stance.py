"""How a phrase is meant, from the words of its own sentence: asserted, denied, warned of, or reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pharmcheck.model import Stance
from pharmcheck.reading.patterns import Finder, load_topic, parse, words_named
from pharmcheck.reading.sentences import Sentence

_REACH = 7  # words between a negator and what it denies; farther off it speaks of something else
_CLAUSE = frozenset(",;:()")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that turn a sentence: `kind` as in stance.toml, and the indexes of the words in the sentence."""

    kind: str
    language: str
    taken: tuple[int, ...]


@cache
def _cues() -> tuple[tuple[str, ...], Finder]:
    """Return the kinds of cue, and a finder of all; the concept of a pattern is the index of its kind."""
    table = load_topic("stance")
    patterns = (
        pattern
        for index, languages in enumerate(table.values())
        for language, lines in languages.items()
        for line in lines["say"]
        for pattern in parse(line, index, language, "say")
    )
    return tuple(table), Finder(patterns)


def find_cues(sentence: Sentence) -> tuple[Cue, ...]:
    """Return the cues of all languages in a sentence."""
    kinds, finder = _cues()
    return tuple(Cue(kinds[pattern.concept], pattern.language, taken) for pattern, taken in finder.find(sentence))


def judge(
    sentence: Sentence, taken: Sequence[int], cues: Sequence[Cue], answer: Stance | None, languages: frozenset[str]
) -> Stance:
    """Return how the phrase at the words `taken` is meant; `answer` is what the next sentence says to a question."""
    own = frozenset(taken)
    kinds: dict[str, list[tuple[int, ...]]] = {}
    for cue in cues:
        if cue.language in languages and (cue.kind == "bullet" or not own.issuperset(cue.taken)):
            kinds.setdefault(cue.kind, []).append(cue.taken)
    if sentence.asks and not _opens(sentence, kinds.get("eager", ())):
        return answer or Stance.REPORTED
    if _denied(sentence, taken, kinds, _joining(languages)):
        return Stance.DENIED
    offers = any(offer[0] <= taken[-1] for offer in kinds.get("offer", ()))
    if "warned" in kinds and not offers:
        return Stance.WARNED
    if not offers and ("reported" in kinds or _opens(sentence, kinds.get("bullet", ()))):
        return Stance.REPORTED
    return Stance.REPORTED if _quoted(sentence, taken) else Stance.ASSERTED


def answer_of(following: Sequence[tuple[Sentence, Sequence[Cue]]], languages: frozenset[str]) -> Stance | None:
    """Return ASSERTED for Yes, DENIED for No, when the first of the sentences after a question opens with it."""
    for sentence, cues in following:
        first = [c for c in cues if c.language in languages and c.taken[0] <= 1]
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


def _opens(sentence: Sentence, cues: Sequence[tuple[int, ...]]) -> bool:
    return any(taken[0] == 0 for taken in cues)


def _joining(languages: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(words_named("joining", language) for language in languages))


def _denied(
    sentence: Sentence, taken: Sequence[int], kinds: dict[str, list[tuple[int, ...]]], joining: frozenset[str]
) -> bool:
    """True when a negator stands shortly before the phrase, or inside it, or its denial follows in the same clause."""
    harmless = {i for cue in kinds.get("harmless", ()) for i in cue}
    if any(cue[-1] + 1 == taken[0] for cue in kinds.get("beside", ())):
        return True
    for cue in kinds.get("denied", ()):
        last = cue[-1]
        if harmless.intersection(cue) or last > taken[-1] or set(cue).intersection(taken):
            continue
        if last > taken[0] or (taken[0] - last <= _REACH and not _parted(sentence, last, taken[0], joining)):
            return True
    return any(
        cue[0] > taken[-1] and cue[0] - taken[-1] <= _REACH and not _parted(sentence, taken[-1], cue[0], joining)
        for cue in kinds.get("untrue", ())
    )


def _parted(sentence: Sentence, left: int, right: int, joining: frozenset[str]) -> bool:
    """True when a comma, a bracket or a joining word stands between two words: another clause begins."""
    if joining.intersection(sentence.words[left + 1 : right]):
        return True
    between = sentence.between(left, right)
    return not _CLAUSE.isdisjoint(between) or " - " in between


def _quoted(sentence: Sentence, taken: Sequence[int]) -> bool:
    """True when the phrase stands between quotation marks and the sentence says more than the quotation."""
    before = sentence.text[: sentence.starts[taken[0]] - sentence.start]
    after = sentence.text[sentence.end_of(taken[-1]) - sentence.start :]
    if before.count('"') % 2 == 0 or '"' not in after:
        return False
    outside = before[: before.rindex('"')] + after[after.index('"') :]
    return sum(c.isalpha() for c in outside) >= 8
