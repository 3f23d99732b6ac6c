"""Where a page names medicines; what we know of each is in medicines.csv."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pharmcheck.model import Page, Sighting
from pharmcheck.reading.disguise import Folded, fold, odd_words, with_plain_letters
from pharmcheck.reading.lines import line_around
from pharmcheck.reading.medicine_names import (
    LONG_NAME,
    PLAIN_LETTERS,
    Name,
    automaton,
    names,
    skeletons,
)
from pharmcheck.reading.word_bounds import word_end

# A page that names medicines more often than this is a dump; those that tell most are kept.
MAX_SIGHTINGS = 2_000
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
# Before these words the name means a body's own hormone, a gadget, a food supplement or what a laboratory measures with.
_NO_MEDICINE_AFTER = re.compile(
    r"-d\d{1,2}\b|\)?(?: \([^()\n]{1,20}\))? (?:related compound|(?:urine |plasma )?metabolite|impurity|crm\b"
    r"|(?:certified )?reference (?:standard|material))"
    r"|[^\n]{0,30}\bin (?:methanol|acetonitrile)\b|"
    r"[\s-]{1,2}(?:boost\w*|levels?|support|production|resistance|free|like|receptors?|pumps?|syringes?|needles?"
    r"|(?:(?:home|blood|saliva|self) )?tests?"
    r"|deficiency|sensitivity|replacement therapy clinic)\b"
)
_BEFORE_GLUED = ("buy", "order", "cheap", "generic", "get", "purchase", "brand", "discount", "online")
# What washes hair is no medicine, whatever is in it (quinine, caffeine); one that is has a name of its own in the table. As it
# stands in text whose letters have lost their accents.
_WASH = re.compile(r"\b(?:sh?ampoo|shampooing|shampoing|champ[uo]|xampu|sampon|szampon|schampo|шампун)")
_WASH_STEMS = ("ampo", "ampu", "шампун")  # one stands in each of these
_WASH_CHARS = 40
_LONGEST_CALL = max(map(len, _BEFORE_GLUED))
_LONGEST_GLUED = 20  # letters
_LONGEST_PART = 12  # letters of a name before or behind a hyphen
_WORD_SIGN = re.compile(r"[\w-]")
_HYPHENED = re.compile(rf"-[^\W\d_]{{1,{_LONGEST_PART}}}(?![\w-])")
# What stands beside a dealer's word for a medicine; such a word counts on the line of one of these only.
_TRADE_CHARS = 40
_TRADE_WORD = re.compile(
    r"\b(?:buy\w*|order\w*|for sale|sell\w*|plug|vendor|in stock|restock\w*|price\w*|cheap|ship\w*|deliver\w*|overnight|dm|hmu"
    r"|telegram|whatsapp|wickr|snapchat|bulk|wholesale)\b|[$\u20ac\u00a3]\s?\d"
)


def find_medicines(page: Page) -> tuple[Sighting, ...]:
    """Return where `page.text` names medicines, in order, without overlaps, the longest name first.

    At most 2,000: the first and the last of each medicine come first, so that no repetition hides another.
    Any script will do; a look-alike letter, an invisible character or a sign for a letter (`V1agra`) is repaired and
    the sighting marked as disguised.
    """
    folded = fold(page.text)
    text = folded.text if folded.text.isascii() else with_plain_letters(folded.text, PLAIN_LETTERS)
    hits = _longest([*_plain_hits(text), *_odd_hits(text), *_parted_hits(text)])
    return tuple(_sighting(page, folded, *hit) for hit in _most_telling(text, list(_meant(text, hits))))


def _meant(text: str, hits: Sequence[tuple[int, int, Name]]) -> Iterator[tuple[int, int, Name]]:
    """Yield the hits that mean a medicine: no ordinary word, and nothing that washes hair."""
    washes = any(stem in text for stem in _WASH_STEMS) and _WASH.search(text) is not None
    last_end = -_GUARD_CHARS
    for i, (start, end, name) in enumerate(hits):
        following = hits[i + 1][0] if i + 1 < len(hits) and not hits[i + 1][2].ordinary else len(text) + _GUARD_CHARS
        near = min(start - last_end, following - end)
        if name.street and not _in_trade(text, start, end):
            continue
        if name.guarded and near >= _GUARD_CHARS and not _in_context(text, start, end):
            continue
        line = line_around(text, start, end, _WASH_CHARS) if washes and name.medicine.prescription_only else None
        if line and _WASH.search(text, *line):
            continue
        if not name.ordinary:
            last_end = end
        yield start, end, name


def _most_telling(text: str, hits: list[tuple[int, int, Name]]) -> list[tuple[int, int, Name]]:
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


def _sighting(page: Page, folded: Folded, start: int, end: int, name: Name) -> Sighting:
    left, right = folded.origin(start, end)
    disguised = name.disguised or folded.disguised(start, end)
    return Sighting(name.medicine, page.text[left:right], page, left, right, disguised)


def _plain_hits(text: str) -> Iterator[tuple[int, int, Name]]:
    """Yield names that stand in the text as whole words, or glued to a call to buy."""
    known = names()
    spellings, meanings = automaton()
    for index, start, end in spellings.find_matches_as_indexes(text, overlapping=True):
        name = meanings[index]
        stop = word_end(text, start, end, inflected=not (name.ordinary or name.disguised), stem=name.stem)
        if stop > end and text[start:stop] in known:  # a name of its own: Prosoma is no case of Prosom
            continue
        if stop and not _NO_MEDICINE_AFTER.match(text, stop):
            yield start, stop, name
        elif not stop and not name.ordinary and _is_glued(text, start, end) and known.get(text[start:end]) is name:
            yield start, end, name


def _odd_hits(text: str) -> Iterator[tuple[int, int, Name]]:
    """Yield names written with digits or signs for letters."""
    known = skeletons()
    for start, end, letters in odd_words(text):
        if letters in known:
            yield start, end, Name(known[letters], disguised=True)


def _is_glued(text: str, start: int, end: int) -> bool:
    """True for a word glued to a call to buy, as in `BuyPlenimax`: spam runs words together to pass filters."""
    before = text[max(0, start - _LONGEST_CALL) : start]
    if not before.endswith(_BEFORE_GLUED) or text[end : end + 1].isalnum():
        return False
    word = text[start:end]
    call = next(call for call in _BEFORE_GLUED if before.endswith(call))
    return (
        LONG_NAME <= len(word) <= _LONGEST_GLUED
        and word.isascii()
        and word.isalpha()
        and not text[max(0, start - len(call) - 1) : start - len(call)].isalnum()
    )


def _parted_hits(text: str) -> Iterator[tuple[int, int, Name]]:
    """Yield names with a hyphen inside (`V-eldafil`), where two medicines are written so: one may be a word at a line's end."""
    known = names()
    found = []
    for hyphen in _HYPHENED.finditer(text, 1):
        at, end = hyphen.span()
        start = at
        while start and at - start < _LONGEST_PART and text[start - 1].isalpha():
            start -= 1
        before, after = text[start:at], text[at + 1 : end]
        if not before or before in known or after in known or _WORD_SIGN.match(text[start - 1 : start]):
            continue
        name = known.get(before + after)
        if name and not name.ordinary and len(before + after) >= LONG_NAME:
            found.append((start, end, name))
    if len({name.medicine.name for _, _, name in found}) > 1:
        yield from ((start, end, Name(name.medicine, disguised=True)) for start, end, name in found)


def _longest(hits: list[tuple[int, int, Name]]) -> list[tuple[int, int, Name]]:
    """Keep, from the left, the longest hit at each place; a plain reading comes before a repaired one."""
    kept: list[tuple[int, int, Name]] = []
    for hit in sorted(hits, key=lambda h: (h[0], -h[1], h[2].disguised)):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


def _in_context(text: str, start: int, end: int) -> bool:
    """True when the line of a guarded name speaks of a medicine."""
    left, right = line_around(text, start, end, _GUARD_CHARS)
    if _STRENGTH.search(text, left, right):
        return True
    return bool(_GUARD_WORD.search(text, max(left, start - _GUARD_WORD_CHARS), min(right, end + _GUARD_WORD_CHARS)))


def _in_trade(text: str, start: int, end: int) -> bool:
    """True when the line of a street name speaks of trade."""
    return bool(_TRADE_WORD.search(text, *line_around(text, start, end, _TRADE_CHARS)))
