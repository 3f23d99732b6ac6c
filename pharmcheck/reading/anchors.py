"""By which words a line of phrases is looked up: those that every match of it holds and that few pages hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pharmcheck.reading.patterns import MANY, Named, Part, Slot, slots
from pharmcheck.reading.sentences import DENSE_RUN, HEAD

Gate = tuple[str, ...]  # words and heads of words, of which a sentence must hold one

_KEPT = 7  # letters of an anchor; more tell little more apart, and the fewer there are the sooner they are loaded
_KEPT_DENSE = 8  # letters where each counts as a word
_GATES = 3  # of a line; the first keeps most sentences out, a fourth next to none
_GATE_WIDTH = 30  # strings; to seek more costs as much as to match the line
# How often, in a million characters, a word of so many letters is met on a page; measured on 9 MB of pages.
_WHOLE = (2_000, 250, 80, 40, 25, 18, 12)  # a short one costs time also where it stands inside another word
_BEGINNING = (20_000, 4_000, 800, 200, 60, 30, 20)
_IDEOGRAM = 300  # one alone
# The words met more often than their length tells, by how often; the markup is of pages that show their source.
_FREQUENT = {
    2_000: """
        a at by de el en i in is it la le me of on or to und the and for with that this you your from image http
        https href class span www category menu div и в на не
    """,
    600: """
        an as be do ed go he if my no so up us we es er il di da na se si un w z o y é à are not have all will can
        our any more was but has its per which were been their than link links item images title style name
        product products html button icon level content label navigation wide list para pour avec dans sont nous
        vous est les des que los las del por una con der die das den von mit für auf ist ein eine nicht sie wir
        het een van voor niet dat zijn med och att som det inte för til af og på nie się jest za je že
    """,
    250: """
        other when who they what about only also into some one two may out use used new get how time most need
        here these order online buy shop store price free home page contact site sites view add cart shipping
        delivery search click best value text type section group position background static header color event
        table hidden option block font display left right margin default rating column target strong true
        container wrapper white base picture border select form über oder auch nach bei aus werden sich wird haben
        sind mehr plus votre notre cette leur comme être tout más como esta este todo sus come sono della nella
        questo alla più não com uma seus mais bestellen kopen naar meer deze onze kan что это как для или при его
        она они все так jak dla oraz lub przez które pro jsou jako nebo
    """,
    100: """
        collect collection catalog third bottom source promo medical medicine health care information service
        services customer customers email address phone number date year years people world please privacy policy
        terms data account sale offer offers review reviews brand quality size small large high full read make
        made take does should must could would know back first last over under after before between through help
        without within there such many where while each those same using web video open close next show send sent
        body blood treatment drug drugs tablet tablets pharmacy doctor patient patients against very well good
        general public state city office night hours days weeks
    """,
}
_RATES = {word: rate for rate, words in _FREQUENT.items() for word in words.split()}


def anchors_of(line: str, language: str, named: Named) -> list[str]:
    """Return, sorted, the anchors of a line: every text that it matches holds one of them, and few pages do.

    An anchor is the beginning of a word, or a word and a blank; raises ValueError if the line has none.
    """
    rows = list(_rows(slots(line, language, named), 0))
    if not rows:
        raise ValueError(f"phrase pattern without a word to look for: {line!r}")
    return sorted(_best(rows))


def gates_of(line: str, language: str, named: Named) -> tuple[Gate, ...]:
    """Return up to three gates, those that few sentences pass first: each that the line matches holds one of the words.

    Of a word of which only the beginning is known a gate holds the head; where that is shorter the word makes no gate.
    """
    parsed = slots(line, language, named)
    likeliest = list(_rows(parsed, 0))
    anchors = _best(likeliest)
    others = (picks for picks in (*likeliest, *_rows(parsed, 1)) if {pick.anchor for pick in picks} != anchors)
    return tuple([gate for gate in _by_rate(others) if len(gate) <= _GATE_WIDTH][:_GATES])


def gate_of(line: str, language: str, named: Named) -> Gate:
    """Return the gate that the fewest sentences pass, for a line that has no anchors; empty if it has no gate."""
    return next(iter(_by_rate(_rows(slots(line, language, named), 0))), ())


def _by_rate(rows: Iterable[Sequence[_Pick]]) -> list[Gate]:
    """Return the gates that rows make, the rarest words first."""
    rates: dict[Gate, int] = {}
    for picks in rows:
        heads = {pick.part[:HEAD] for pick in picks if not pick.whole}
        words = {pick.part for pick in picks if pick.whole and pick.part[:HEAD] not in heads}
        if all(len(head) == HEAD for head in heads):
            rates[tuple(sorted(heads | words))] = sum(map(_anchor_rate, heads)) + sum(map(_rate, words))
    return sorted(rates, key=lambda gate: (rates[gate], gate))


@dataclass(frozen=True, slots=True)
class _Pick:
    """A word, or the beginning of one, that an option of a slot holds, and the anchor that finds it."""

    part: str
    whole: bool
    anchor: str


def _rows(parsed: Sequence[Slot], rank: int) -> Iterator[list[_Pick]]:
    """Yield a pick for each option, for each slot of which every match holds a word.

    Of an option of several words the one that is met least (`rank` 0) or the next (1) is picked.
    """
    for slot in parsed:
        picks = [_picks(option, rank) for option in slot]
        if all(picks):
            yield [pick for some in picks for pick in some]


def _best(rows: Sequence[Sequence[_Pick]]) -> set[str]:
    """Return the anchors of the row whose anchors find the fewest words."""
    return min(({pick.anchor for pick in picks} for picks in rows), key=lambda anchors: sum(map(_anchor_rate, anchors)))


def _picks(option: Sequence[Part], rank: int) -> list[_Pick]:
    """Return what is picked of an option: one word, or, where one of several single words may stand, each."""
    words = next((part for part in option if isinstance(part, frozenset)), None)
    if words is None:
        known = sorted(_known([part for part in option if isinstance(part, str)]), key=lambda p: _anchor_rate(p.anchor))
        return known[: rank + 1][-1:]
    if len(words) >= MANY:
        return []
    singles = [pick for word in words for pick in _known([word])]
    return singles if len(singles) == len(words) else []


def _known(tokens: Sequence[str]) -> Iterator[_Pick]:
    """Yield what can be picked of the tokens of an option; neighbours in a script without spaces make one anchor."""
    run = ""
    for token in tokens:
        stem = token.removesuffix("*")
        if len(stem) == 1 and DENSE_RUN.match(stem):
            run += stem
            continue
        if run:
            yield _Pick(run[0], True, run[:_KEPT_DENSE])
            run = ""
        if stem != "#" and (len(stem) > 1 or stem == token or not stem.isascii()):
            whole = stem == token
            yield _Pick(stem, whole, stem + " " if whole and len(stem) <= _KEPT else stem[:_KEPT])
    if run:
        yield _Pick(run[0], True, run[:_KEPT_DENSE])


def _rate(word: str) -> int:
    """Return how often a word is met."""
    if DENSE_RUN.match(word):
        if word >= "\u3400":
            return _IDEOGRAM if len(word) == 1 else _WHOLE[-1]
        return _BEGINNING[min(len(word), len(_BEGINNING)) - 1]  # Thai and kana are alphabets
    return _RATES.get(word, 0) + _WHOLE[min(len(word), len(_WHOLE)) - 1]


def _anchor_rate(anchor: str) -> int:
    """Return how often words are met that the anchor finds."""
    if anchor.endswith(" ") or DENSE_RUN.match(anchor):
        return _rate(anchor.rstrip())
    return _rates_of_beginnings()[anchor] + _BEGINNING[len(anchor) - 1]


@cache
def _rates_of_beginnings() -> Counter[str]:
    rates: Counter[str] = Counter()
    for word, rate in _RATES.items():
        for length in range(1, min(len(word), _KEPT) + 1):
            rates[word[:length]] += rate
    return rates
