"""Fold text for matching: lower case, plain signs, look-alike letters repaired, every offset traceable."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pharmcheck.reading.signs import beyond_ascii, byte_table, sifted

# Typography that differs from its plain sign in looks only; one character for one.
_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u300c\u300d\u300e\u300f", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
}
# Halves of surrogate pairs, which broken pages leave behind and which no matcher takes.
_SURROGATE = re.compile("[\ud800-\udfff]")
# Invisible: zero-width space and joiners, direction marks, variation selectors, BOM, soft hyphen, combining accents.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u0300-\u036f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_LATIN_PAIR = re.compile("[A-Za-z]{2}")
# Full-width, circled, letter-like, Roman-numeral and mathematical letters: one plain letter or digit each.
_STYLED = re.compile("[\u2102-\u213c\u2160-\u217f\u24b6-\u24e9\uff01-\uff5e\U0001d400-\U0001d7ff\U0001f130-\U0001f149]")
# Unicode UTS 39 confusables of lower-case Latin among Cyrillic, Greek and Armenian (the ones seen in spam).
LOOKALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝӏкмтнвгпзґёї" + "αορνικτυχεγω" + "օսոհց",
    "aeopcyxijshdqwlkmthbrn3rei" + "aopviktuxeyw" + "ounhg",
)
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u0531-\u058f]")
_SCRIPT_CHANGE = re.compile(f"{_FOREIGN.pattern}(?:(?<=[a-z].)|(?=[a-z]))")
# Signs written for letters, and the letters that share a shape (i and l), brought to one form.
_LEET = str.maketrans("l1!|03€4@5$7+89", "iiiioeeaassttbg")
_STROKES = re.compile("i{2,}")
_EURO = "\x01"  # in its place, so that it has a byte of its own
_SIGNS_AND_LETTERS = byte_table(
    lambda sign: "a" if "a" <= sign <= "z" else "1" if sign in "0123456789@$!|+" + _EURO else " "
)
# Without four letters that a blank or sign precedes no word is spaced; few texts hold such, and bytes tell fifteen times as fast.
_FOUR_SPACED = b" a a a a"
_SPACES_AND_LETTERS = byte_table(
    lambda sign: " " if sign in " ._*-" else "a" if sign in "abcdefghijklmnopqrstuvwxyz0123456789|!" else "\0"
)
_SPACED = re.compile(r"(?<![\w.'-])[a-z](?:[ ._*-][a-z0-9|!]){4,14}(?![\w'-])")
_ODD_LETTERS = range(3, 21)  # the shortest such form of a name of five letters (`Lilly`) has three
_PAGE_CHARS = 1_000  # shorter texts are links and lines


@dataclass(frozen=True, slots=True)
class Folded:
    """Text for matching. `text` is lower case; `origin` leads back to the text as it was.

    `drops` holds, ascending, for each invisible character left out the offset in `text` before which it stood;
    it is empty when `text` is as long as the original. `repairs` holds, ascending, the offsets in `text` of
    letters that were disguised: a look-alike from another script, a mathematical or circled letter, or a letter
    parted from the one before by something invisible other than a soft hyphen or an accent.
    """

    text: str
    drops: tuple[int, ...] = ()
    repairs: tuple[int, ...] = ()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original text of `text[start:end]`; `end` must be above `start`."""
        if not self.drops:
            return start, end
        last = end - 1
        return start + bisect_right(self.drops, start), last + bisect_right(self.drops, last) + 1

    def place(self, at: int) -> int:
        """Return where in `text` the character stands that stood at `at` in the original text."""
        return at - bisect_left([drop + count for count, drop in enumerate(self.drops)], at) if self.drops else at

    def disguised(self, start: int, end: int) -> bool:
        """Return True when reading `text[start:end]` needed a repair."""
        return bisect_left(self.repairs, start) < bisect_left(self.repairs, end)


def lower(text: str) -> str:
    """Return `text` in lower case, character for character, with lone surrogates replaced by U+FFFD."""
    if text.isascii():
        return text.lower()
    return _page_in_lower(text) if len(text) > _PAGE_CHARS else _in_lower(text)


def _in_lower(text: str) -> str:
    text = text.replace("\u0130", "i")  # the one letter whose lower case has two characters
    if _SURROGATE.search(beyond_ascii(text)):
        text = _SURROGATE.sub("\ufffd", text)
    return text.lower()


_page_in_lower = lru_cache(maxsize=16)(_in_lower)  # six readers ask for the same page; beyond ASCII it takes 0.1 ms


@lru_cache(maxsize=32)
def fold(text: str) -> Folded:
    """Return `text` folded for matching; plain ASCII costs one `lower()`.

    One character gives one character, save invisible ones (left out) and a combining accent (joined to its letter).
    Case is folded by `lower()`, so `ß` stays. A word is brought to Latin letters only if it already holds a Latin
    letter and each foreign one has a Latin look-alike: real Russian or Greek stays as it is.
    """
    if text.isascii():
        return Folded(text.lower())
    rare = beyond_ascii(text)
    for sign, plain in _PLAIN.items():
        if sign in rare:
            text = text.replace(sign, plain)
    repairs: list[int] = []
    drops: tuple[int, ...] = ()
    if _INVISIBLE.search(rare):
        text, drops = _without_invisible(text, repairs)
    if _STYLED.search(rare):
        text = _without_style(text, repairs)
    text = lower(text)
    if _FOREIGN.search(rare.lower()):
        text = _without_lookalikes(text, repairs)
    return Folded(text, drops, tuple(sorted(set(repairs))))


def with_plain_letters(text: str, plain: Mapping[str, str]) -> str:
    """Return `text` with some letters, none of them ASCII, replaced; ten times as fast as `translate`."""
    for letter in set(beyond_ascii(text)) & plain.keys():
        text = text.replace(letter, plain[letter])
    return text


def _without_invisible(text: str, repairs: list[int]) -> tuple[str, tuple[int, ...]]:
    """Leave out invisible characters; note the offsets of the gaps, and of those inside a Latin word as repairs."""
    parts: list[str] = []
    drops: list[int] = []
    done = length = 0
    for match in _INVISIBLE.finditer(text):
        at = match.start()
        parts.append(text[done:at])
        length += at - done
        done = at + 1
        drops.append(length)
        if "\u0300" <= match[0] <= "\u036f" and parts[-1]:
            letter = unicodedata.normalize("NFC", parts[-1][-1] + match[0])
            parts[-1] = parts[-1][:-1] + (letter if len(letter) == 1 else parts[-1][-1])
        elif match[0] != "\u00ad" and _LATIN_PAIR.fullmatch(text[max(at - 1, 0) : at] + text[done : done + 1]):
            repairs.append(length)
    parts.append(text[done:])
    return "".join(parts), tuple(drops)


def _without_style(text: str, repairs: list[int]) -> str:
    """Replace styled letters by plain ones; full-width is ordinary Japanese typography and no repair."""

    def plain(match: re.Match[str]) -> str:
        letter = unicodedata.normalize("NFKC", match[0])
        if "\U0001f130" <= match[0] <= "\U0001f149":
            letter = chr(ord(match[0]) - 0x1F130 + ord("a"))
        if len(letter) != 1 or not letter.isascii():
            return match[0]
        if letter.isalpha() and not "\uff01" <= match[0] <= "\uff5e":
            repairs.append(match.start())
        return letter

    return _STYLED.sub(plain, text)


def _without_lookalikes(text: str, repairs: list[int]) -> str:
    """Replace look-alikes in words that mix scripts, if every foreign letter of the word has one."""
    parts: list[str] = []
    done = 0
    for match in _SCRIPT_CHANGE.finditer(text):
        if match.start() < done:
            continue
        start, end = match.span()
        while start > done and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        word = text[start:end].translate(LOOKALIKE)
        if not _FOREIGN.search(word):
            repairs.extend(i for i in range(start, end) if text[i] != word[i - start])
            parts += text[done:start], word
            done = end
    parts.append(text[done:])
    return "".join(parts)


def skeleton(word: str) -> str:
    """Return a folded word with signs read as letters (`v1agra`, `xan@x`) and `i`, `l`, `1` taken as one."""
    return word.translate(_LEET)


@lru_cache(maxsize=4_096)  # strengths, mostly, that stand on every page of a shop
def strokes(word: str) -> str:
    """Return the skeleton of a word with each run of strokes (`i`, `l`, `1`) as a single one: `v 1 1 a g r a`."""
    letters = skeleton(word)
    return _STROKES.sub("i", letters) if "ii" in letters else letters


def odd_words(folded: str) -> list[tuple[int, int, str]]:
    """Return (start, end, letters) of words in folded text that mix letters with digits or signs, or are s p a c e d.

    `letters` are its strokes, to be looked up among those of known names.
    """
    found: list[tuple[int, int, str]] = []
    for start, end in _mixed(folded):
        word = folded[start:end].rstrip("!|+")
        if len(word) in _ODD_LETTERS and not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum()):
            found.append((start, start + len(word), strokes(word)))
    if _FOUR_SPACED in sifted(folded, _SPACES_AND_LETTERS):
        found.extend((m.start(), m.end(), strokes(m[0][::2])) for m in _SPACED.finditer(folded))
    return found


def _mixed(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the words in which a digit or sign stands beside a letter."""
    kinds = sifted(folded.replace("€", _EURO), _SIGNS_AND_LETTERS)
    into, out_of = kinds.find(b"a1"), kinds.find(b"1a")
    while into >= 0 or out_of >= 0:
        at = into if out_of < 0 or 0 <= into < out_of else out_of
        end = kinds.find(b" ", at)
        end = end if end >= 0 else len(kinds)
        yield kinds.rfind(b" ", 0, at) + 1, end
        if 0 <= into < end:
            into = kinds.find(b"a1", end)
        if 0 <= out_of < end:
            out_of = kinds.find(b"1a", end)
