"""Folded text → sentences and their words, found only where they are needed."""

from __future__ import annotations

import re

# Scripts written without spaces: there each character is a word of its own, so a pattern needs no boundary.
_DENSE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# An apostrophe belongs to the word in English short forms (`don't`, `doctor's`), not in `l'ordonnance`.
_SHORT_FORM = r"(?:'(?:t|s|ll|re|ve|d|m)\b)?"
_PLAIN_WORD = re.compile(r"\w+")
_SHORT_WORD = re.compile(rf"\w+{_SHORT_FORM}")
WORD = re.compile(rf"[{_DENSE}]|[^\W{_DENSE}]+{_SHORT_FORM}")
_HAS_DENSE = re.compile(f"[{_DENSE}]")
# Signs at which a sentence may end; `_is_end` tells. A bar or bullet parts the entries of a menu.
_SIGN = re.compile("[\\n.!?…|•·。！？]")
_TITLES = (" dr", " mr", " ms", "mrs", " vs", "rox", " st")
_LONGEST = 600  # characters; a longer stretch without an end is no sentence and is cut, which keeps the work linear
_WRAPPED = 50  # characters; a line at least so long that ends in a word and goes on in lower case was only wrapped


class Sentence:
    """A stretch of folded text with its words; `words[i]` stands at `starts[i]` to `ends[i]` of that text."""

    __slots__ = ("_starts", "_word", "bag", "end", "start", "text", "words")

    def __init__(self, text: str, start: int, end: int, word: re.Pattern[str]) -> None:
        self.start, self.end = start, end
        self.text = text[start:end]
        self.words: list[str] = word.findall(self.text)
        self.bag = frozenset(self.words)
        self._word = word
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """Where each word starts; found late, because most sentences hold no pattern."""
        if self._starts is None:
            self._starts = [self.start + m.start() for m in self._word.finditer(self.text)]
        return self._starts

    def end_of(self, index: int) -> int:
        """Return where the word of this index ends."""
        return self.starts[index] + len(self.words[index])

    @property
    def asks(self) -> bool:
        """True when it ends with a question mark."""
        return self.text.rstrip("\"')] \n").endswith(("?", "？"))

    def between(self, left: int, right: int) -> str:
        """Return the text between the words `left` and `right`."""
        return self.text[self.end_of(left) - self.start : self.starts[right] - self.start]


def word_shape(text: str) -> re.Pattern[str]:
    """Return the simplest expression that finds the words of `text`."""
    if _HAS_DENSE.search(text):
        return WORD
    return _SHORT_WORD if "'" in text else _PLAIN_WORD


def sentence_ends(text: str, original: str) -> list[int]:
    """Return, ascending, the offsets in `text` at which sentences end; the last is the length of `text`.

    `original` is the text before folding; it tells whether the line after a break goes on in lower case.
    """
    ends: list[int] = []
    same = original if len(original) == len(text) else ""
    line = last = 0
    for match in _SIGN.finditer(text):
        at = match.start()
        sign = text[at]
        if sign == "\n":
            wrapped = at - line > _WRAPPED and same[at + 1 : at + 2].islower() and text[at - 1].isalpha()
            line = at + 1
            if wrapped:
                continue
        elif not _is_end(text, at, sign):
            continue
        if at + 1 - last > _LONGEST:
            _cut(ends, text, last, at)
        last = at + 1
        ends.append(last)
    _cut(ends, text, last, len(text))
    ends.append(len(text))
    return ends


def _is_end(text: str, at: int, sign: str) -> bool:
    """True when the sign at `at` ends a sentence; a full stop after one letter or a title (`U.S. `, `Dr. `) does not."""
    if sign in "。！？":
        return True
    after = text[at + 1 : at + 2]
    if sign in "|•·":
        return after.isspace() and text[at - 1 : at].isspace()
    if after and not after.isspace() and (after not in "\"')]" or text[at + 2 : at + 3].isalnum()):
        return False
    before = text[max(at - 3, 0) : at]
    return sign != "." or not ((before[-1:].isalpha() and before[-2:-1] in (" ", ".", "")) or before in _TITLES)


def _cut(ends: list[int], text: str, last: int, at: int) -> None:
    """Note ends, at blanks, within a stretch from `last` to `at` that is too long for a sentence."""
    while at - last > _LONGEST:
        blank = text.rfind(" ", last + 1, last + _LONGEST)
        last = blank if blank > 0 else last + _LONGEST
        ends.append(last)
