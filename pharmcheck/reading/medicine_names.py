"""Every spelling of every medicine of the table, ready to be looked for in folded text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from pharmcheck.model import Medicine
from pharmcheck.reading.disguise import strokes, with_plain_letters
from pharmcheck.reading.medicine_table import cells, load_medicines, rows
from pharmcheck.reading.word_bounds import OTHER_WORDS

LONG_NAME = 5  # letters
_STEM = 5  # letters before a final -a that a case ending may replace (Viagra: Viagry, виагру)
# Letters whose accent or national form does not tell one name from another: naïve and Ukrainian spellings included.
PLAIN_LETTERS = dict(
    zip(
        "áàâäãåāăąçćčďđéèêëěēęíìîïīıłñńňóòôöõōøřśšșșťțúùûüůūýÿźżžіїєэёыґάέήίόύώϊϋΐΰς",
        "aaaaaaaaacccddeeeeeeeiiiiiilnnnooooooorssssttuuuuuuyyzzzииеееигαεηιουωιυιυσ",
        strict=True,
    )
)
# Names that spammers write with a capital I for an l, which lower case cannot tell apart afterwards.
_SPAMMED = frozenset({"ed", "benzodiazepine", "hypnotic", "opioid", "stimulant", "weight", "glp1", "wakefulness"})


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of a medicine's name.

    `guarded` if it is an ordinary word as well, `street` if it is what dealers call it, `stem` if a case ending must
    follow, `disguised` if it is written past a filter.
    """

    medicine: Medicine
    guarded: bool = False
    disguised: bool = False
    street: bool = False
    stem: bool = False

    @property
    def ordinary(self) -> bool:
        """True when the word alone means something else."""
        return self.guarded or self.street


@cache
def names() -> Mapping[str, Name]:
    """Return every spelling, folded as page text is, with what it names; the first row of the table wins."""
    found: dict[str, Name] = {}
    for row, medicine in zip(rows(), load_medicines(), strict=True):
        clear, guarded = Name(medicine), Name(medicine, guarded=True)
        words = frozenset(cells(row["needs_context"]))
        own = (medicine.name, *medicine.brands, *(b for b, _ in medicine.export_brands), *cells(row["spellings"]))
        for name in own:
            meaning = guarded if name in words else clear
            for spelling in _spellings(name):
                found.setdefault(spelling, meaning)
        for name in cells(row["street"]):
            found.setdefault(plain(name), Name(medicine, street=True))
    return found


def plain(name: str) -> str:
    """Return a name of the table as it stands in folded text with plain letters."""
    lower = name.lower()
    return lower if lower.isascii() else with_plain_letters(lower, PLAIN_LETTERS)


def _spellings(name: str) -> Iterable[str]:
    spelling = plain(name)
    yield spelling
    if "-" in spelling:
        yield spelling.replace("-", " ")


def one_word_names() -> frozenset[str]:
    """Return the spellings, folded, that are one word of five letters or more and not an ordinary word as well.

    Food supplements are left out: what is said of them is not said of medicines.
    """
    return frozenset(
        spelling
        for spelling, name in names().items()
        if len(spelling) >= LONG_NAME and spelling.isalpha() and not name.ordinary and name.medicine.use != "supplement"
    )


@cache
def automaton() -> tuple[AhoCorasick, tuple[Name, ...]]:
    """Return the automaton over all spellings, built once, and what each pattern names."""
    patterns = dict(names())
    for spelling, name in names().items():
        if name.ordinary or len(spelling) < LONG_NAME:
            continue
        if "l" in spelling and name.medicine.family in _SPAMMED:
            look_alike = spelling.replace("l", "i")
            if look_alike not in OTHER_WORDS:
                patterns.setdefault(look_alike, Name(name.medicine, disguised=True))
        if spelling[-1] in "aая" and len(spelling) > _STEM:
            patterns.setdefault(spelling[:-1], Name(name.medicine, stem=True))
    return AhoCorasick(list(patterns), implementation=Implementation.ContiguousNFA), tuple(patterns.values())


@cache
def skeletons() -> Mapping[str, Medicine]:
    """Return one-word names of at least five plain letters by their strokes, for names written with signs."""
    return {
        strokes(spelling): name.medicine
        for spelling, name in names().items()
        if len(spelling) >= LONG_NAME and spelling.isascii() and spelling.isalpha() and not name.ordinary
    }
