"""Medicines: what we know of each (medicines.csv), and where a page names them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, Implementation

from pharmcheck.model import Medicine, Page, Programme, Sighting
from pharmcheck.reading.disguise import Folded, fold, odd_words, skeleton

# A page that names medicines more often than this is a dump; those that tell most are kept.
MAX_SIGHTINGS = 2_000
_LONG_NAME = 5  # letters
_LINE_CHARS = 150  # an offer stands on a line of at most about so many
# A guarded name (an ordinary word too: Soma, Muse) counts if a strength or another medicine is this near,
_GUARD_CHARS = 80
# or a word for a dose form or for an order is nearer still.
_GUARD_WORD_CHARS = 20
_STRENGTH = re.compile(r"\d\s?(?:mg|mcg|µg|μg|iu|ml)\b")
_GUARD_WORD = re.compile(
    r"\b(?:tablets?|tabs?|pills?|capsules?|caps?|generic|dosage|online|prescription|rx|inject\w+|vials?|pens?|spray"
    r"|tabletten?|kapseln?|comprim\w+|compress[ei]|pastillas?|tabletki|tablety|таблетки)\b"
)
# After these words the name means a body's own hormone, a gadget or a food supplement.
_NO_MEDICINE_AFTER = re.compile(
    r"[\s-]{1,2}(?:boost\w*|levels?|support|production|resistance|free|like|receptors?|pumps?|syringes?|needles?|tests?"
    r"|deficiency|sensitivity|replacement therapy clinic)\b"
)
_GLUED = re.compile(r"(?<![^\W_])(?:buy|order|cheap|generic|get|purchase|brand|discount|online)([a-z]{5,20})(?![^\W_])")
_ACCENTED = str.maketrans(
    "áàâäãåāăąçćčďđéèêëěēęíìîïīıłñńňóòôöõōøřśšșşťțţúùûüůūýÿźżž",
    "aaaaaaaaacccddeeeeeeeiiiiiilnnnooooooorssssttt" + "uuuuuuyyzzz",
)
# Names that spammers write with a capital I for an l, which lower case cannot tell apart afterwards.
_SPAMMED = frozenset({"ed", "benzodiazepine", "hypnotic", "opioid", "stimulant", "weight", "glp1", "wakefulness"})


@dataclass(frozen=True, slots=True)
class _Name:
    """One spelling of a medicine's name; `guarded` if it is an ordinary word as well."""

    medicine: Medicine
    guarded: bool = False
    disguised: bool = False


@lru_cache(maxsize=1)
def load_medicines() -> tuple[Medicine, ...]:
    """Return all medicines of medicines.csv, in its order."""
    return tuple(_medicine(row) for row in _rows())


def find_medicines(page: Page) -> tuple[Sighting, ...]:
    """Return where `page.text` names medicines, in order, without overlaps, the longest name first.

    At most 2,000: the first and the last of each medicine come first, so that no repetition hides another.
    Any script will do; a look-alike letter, an invisible character or a sign for a letter (`V1agra`) is repaired and
    the sighting marked as disguised.
    """
    folded = fold(page.text)
    text = folded.text if folded.text.isascii() else folded.text.translate(_ACCENTED)
    hits = _longest([*_plain_hits(text), *_odd_hits(text), *_glued_hits(text)])
    meant = []
    last_end = -_GUARD_CHARS
    for i, (start, end, name) in enumerate(hits):
        following = hits[i + 1][0] if i + 1 < len(hits) and not hits[i + 1][2].guarded else len(text) + _GUARD_CHARS
        near = min(start - last_end, following - end)
        if name.guarded and near >= _GUARD_CHARS and not _in_context(text, start, end):
            continue
        if not name.guarded:
            last_end = end
        meant.append((start, end, name))
    return tuple(_sighting(page, folded, *hit) for hit in _most_telling(text, meant))


def _most_telling(text: str, hits: list[tuple[int, int, _Name]]) -> list[tuple[int, int, _Name]]:
    """Return at most MAX_SIGHTINGS hits: short lines, where offers stand, and the ends of each medicine's row first."""
    if len(hits) <= MAX_SIGHTINGS:
        return hits
    total = Counter(name.medicine.name for _, _, name in hits)
    seen: Counter[str] = Counter()
    ranked: list[tuple[bool, int, bool, int]] = []
    for place, (start, end, name) in enumerate(hits):
        medicine = name.medicine
        seen[medicine.name] += 1
        from_end = min(seen[medicine.name], total[medicine.name] - seen[medicine.name] + 1)
        is_long = "\n" not in text[max(0, start - _LINE_CHARS) : start] + text[end : end + _LINE_CHARS]
        ranked.append((is_long, from_end, not medicine.prescription_only, place))
    return [hits[place] for place in sorted(key[-1] for key in sorted(ranked)[:MAX_SIGHTINGS])]


def _sighting(page: Page, folded: Folded, start: int, end: int, name: _Name) -> Sighting:
    left, right = folded.origin(start, end)
    disguised = name.disguised or folded.disguised(start, end)
    return Sighting(name.medicine, page.text[left:right], page, left, right, disguised)


def _plain_hits(text: str) -> Iterator[tuple[int, int, _Name]]:
    """Yield names that stand in the text as whole words."""
    automaton, names = _automaton()
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        stop = _word_end(text, start, end)
        if stop and not _NO_MEDICINE_AFTER.match(text, stop):
            yield start, stop, names[index]


def _odd_hits(text: str) -> Iterator[tuple[int, int, _Name]]:
    """Yield names written with digits or signs for letters."""
    skeletons = _skeletons()
    for start, end, letters in odd_words(text):
        if letters in skeletons:
            yield start, end, _Name(skeletons[letters], disguised=True)


def _glued_hits(text: str) -> Iterator[tuple[int, int, _Name]]:
    """Yield names glued to a call to buy, as in `BuyPlenimax`: spam runs words together to pass filters."""
    names = _names()
    for match in _GLUED.finditer(text):
        name = names.get(match[1])
        if name and not name.guarded and len(match[1]) >= _LONG_NAME:
            yield match.start(1), match.end(1), name


def _longest(hits: list[tuple[int, int, _Name]]) -> list[tuple[int, int, _Name]]:
    """Keep, from the left, the longest hit at each place; a plain reading comes before a repaired one."""
    kept: list[tuple[int, int, _Name]] = []
    for hit in sorted(hits, key=lambda h: (h[0], -h[1], h[2].disguised)):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


def _word_end(text: str, start: int, end: int) -> int:
    """Return where the word ends if `text[start:end]` is a whole word of its script, 0 if it is part of another.

    Latin next to Chinese or Thai ends the word; a strength may be glued to it (`viagra100mg`); a Russian name may
    carry an ending of up to three letters.
    """
    if start and _same_word(text[start - 1], text[start]):
        return 0
    if end == len(text) or not _same_word(text[end - 1], text[end]):
        return end
    if text[end].isdigit() and text[end - 1].isalpha() and end - start >= 5:
        return end
    if "а" <= text[end - 1] <= "я":
        stop = end
        while stop < len(text) and text[stop].isalpha() and stop - end < 4:
            stop += 1
        return stop if stop - end <= 3 else 0
    return 0


def _same_word(inner: str, outer: str) -> bool:
    """True when two neighbouring characters belong to one word: both Latin or digits, or both of other scripts."""
    if not outer.isalnum() or not inner.isalnum():
        return False
    return (inner < "\u0250") == (outer < "\u0250")


def _in_context(text: str, start: int, end: int) -> bool:
    """True when the line of a guarded name speaks of a medicine."""
    floor, ceiling = max(0, start - _GUARD_CHARS), min(len(text), end + _GUARD_CHARS)
    left = max(text.rfind("\n", floor, start) + 1, floor)
    right = text.find("\n", end, ceiling)
    right = right if right >= 0 else ceiling
    if _STRENGTH.search(text, left, right):
        return True
    return bool(_GUARD_WORD.search(text, max(left, start - _GUARD_WORD_CHARS), min(right, end + _GUARD_WORD_CHARS)))


# ---------------------------------------------------------------- the table


@lru_cache(maxsize=1)
def _rows() -> tuple[Mapping[str, str], ...]:
    table = (files("pharmcheck.reading") / "medicines.csv").read_text("utf-8")
    return tuple(csv.DictReader(table.splitlines()))


def _medicine(row: Mapping[str, str]) -> Medicine:
    return Medicine(
        name=row["name"],
        use=row["use"],
        family=row["family"],
        brands=_list(row["brands"]),
        export_brands=tuple(
            (brand, home) for brand, _, home in (b.rpartition("=") for b in _list(row["export_brands"]))
        ),
        status={market: row[market.lower()] for market in ("US", "GB", "EU") if row[market.lower()]},
        schedule={
            market: row[f"{market.lower()}_schedule"] for market in ("US", "GB") if row[f"{market.lower()}_schedule"]
        },
        programmes=tuple(_programme(p) for p in _list(row["programmes"])),
        max_strength_mg=float(row["max_strength_mg"]) if row["max_strength_mg"] else None,
        pharmacist_max_mg=float(row["pharmacist_max_mg"]) if row["pharmacist_max_mg"] else None,
        impossible_forms=_list(row["impossible"]),
        without_prescription=row["without_prescription"],
        source=row["source"],
        confidence=row["confidence"],
    )


def _programme(text: str) -> Programme:
    """Read `name@country@since@until`; empty dates are unknown or open."""
    name, country, since, until = text.split("@")
    return Programme(
        name, country, date.fromisoformat(since) if since else None, date.fromisoformat(until) if until else None
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@lru_cache(maxsize=1)
def _names() -> Mapping[str, _Name]:
    """Return every spelling, folded as page text is, with what it names; the first row of the table wins."""
    names: dict[str, _Name] = {}
    for row, medicine in zip(_rows(), load_medicines(), strict=True):
        guarded = frozenset(_list(row["needs_context"]))
        own = (medicine.name, *medicine.brands, *(b for b, _ in medicine.export_brands), *_list(row["spellings"]))
        for name in own:
            for spelling in _spellings(name):
                names.setdefault(spelling, _Name(medicine, name in guarded))
    return names


def one_word_names() -> frozenset[str]:
    """Return the spellings, folded, that are one word of five letters or more and not an ordinary word as well.

    Food supplements are left out: what is said of them is not said of medicines.
    """
    return frozenset(
        spelling
        for spelling, name in _names().items()
        if len(spelling) >= _LONG_NAME and spelling.isalpha() and not name.guarded and name.medicine.use != "supplement"
    )


def _spellings(name: str) -> Iterable[str]:
    plain = fold(name).text.translate(_ACCENTED)
    yield plain
    if "-" in plain:
        yield plain.replace("-", " ")
    if plain[-1] in "ая":
        yield plain[:-1]


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, tuple[_Name, ...]]:
    """Return the automaton over all spellings, built once, and what each pattern names."""
    names = dict(_names())
    for spelling, name in list(names.items()):
        if "l" in spelling and len(spelling) >= 5 and name.medicine.family in _SPAMMED and not name.guarded:
            names.setdefault(spelling.replace("l", "i"), _Name(name.medicine, disguised=True))
    return AhoCorasick(list(names), implementation=Implementation.ContiguousNFA), tuple(names.values())


@lru_cache(maxsize=1)
def _skeletons() -> Mapping[str, Medicine]:
    """Return one-word names of at least five plain letters by their skeleton, for names written with signs."""
    return {
        skeleton(spelling): name.medicine
        for spelling, name in _names().items()
        if len(spelling) >= 5 and spelling.isascii() and spelling.isalpha() and not name.guarded
    }
