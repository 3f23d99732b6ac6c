"""Folded text → sentences and their words, found only where they are needed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import pairwise

from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.signs import byte_table, each, places, sifted

# Scripts written without spaces: there each character is a word of its own, so a pattern needs no boundary.
FIRST_DENSE = "\u0e00"
_DENSE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# An apostrophe belongs to the word in English short forms (`don't`, `doctor's`), not in `l'ordonnance`.
_SHORT_FORM = r"(?:'(?:t|s|ll|re|ve|d|m)\b)?"
_PLAIN_WORD = re.compile(r"\w+")
_SHORT_WORD = re.compile(rf"\w+{_SHORT_FORM}")
WORD = compile_on_use(rf"[{_DENSE}]|[^\W{_DENSE}]+{_SHORT_FORM}")
DENSE_RUN = compile_on_use(f"[{_DENSE}]+")
_GREEK = re.compile("[\u0370-\u0373\u0376-\u037d\u0386\u0388-\u03ff\u1f00-\u1fff]")
# Signs at which a sentence may end; `_is_end` tells. A bar or bullet parts the entries of a menu.
_ENDED = rf"""(?:(?<=[。！？])|(?=[\s"')\]])|(?<=[!?])(?=[{_DENSE}])|\Z)"""
_SIGNS = ".!?…|•·。！？؟"
_SIGNS_IN_GREEK = ".!?…|•·。！？;\u037e"
_SIGN = compile_on_use(rf"[{_SIGNS}]{_ENDED}")
# Posts and chats part what they say by pictures instead of full stops.
PICTURES = re.compile("[\u2600-\u27bf\u2b50\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]")
# The same by bytes; a blank stands for whatever may follow, and so for all beyond ASCII.
_SIGN_KINDS = byte_table(lambda sign: "." if sign in ".!|;" else " " if sign.isspace() or sign in "\"')]?" else "x")
_SIGN_IN_GREEK = compile_on_use(rf"[{_SIGNS_IN_GREEK}]{_ENDED}")
_GREEK_QUESTION = (";", "\u037e")
# Japanese asks with the particle か too.
_QUESTION = ("?", "？", "؟", "か。", "ですか", "ますか", "ませんか", "でしょうか")
_ASCII = bytes(range(128))
_WORDS_ONLY = bytes(b if chr(b).isalnum() or chr(b) == "_" else 32 for b in range(256))
# Words that a full stop cuts short: it ends no sentence; nor, after those of the second row, before a number or small letter.
_SHORTENED = """
    dr dra drs mr ms mrs prof st vs approx bzw ca cca d.h evtl ggf inkl vgl z.b zzgl dott dott.ssa dottssa sig sig.ra
    sr sra srta mme mlle bijv bl.a f.eks m.in np pr t.ex tj tzn tzv tzw např napr mj напр проф
"""
_OFTEN_SHORTENED = """
    abs art ex fig kr lda ltda max min nr núm num osv pag pkt stk str tab tabl tbl tel tlf usw ust vol atd itd inc ltd etc ecc enz
    kč zł руб коп тел тыс ст стр шт табл мг др
"""
_TITLES = ("p. ej", "p.ej", "por ej", "p. ex", "p.ex", "por ex", *(f" {word}" for word in _SHORTENED.split()))
_ABBREVIATIONS = tuple(f" {word}" for word in _OFTEN_SHORTENED.split())
_NUMBERED = (" no", " nos")  # also a whole answer
_LOOKED_BACK = 9  # characters before a full stop: a blank and the longest of these
_LONGEST = 600  # characters; a longer stretch without an end is no sentence and is cut, which keeps the work linear
_WRAPPED = 50  # characters; a line at least so long that ends in a word and goes on in lower case was only wrapped
_LOOKED_AT = 60  # characters before a semicolon; enough to tell Greek, and a page of semicolons stays cheap
HEAD = 5  # letters of a word by which a line of phrases is told from others, where it knows no more of it
_AFTER = 4  # sentences; an answer stands among the next ones, empty lines included


def _word_in(text: str) -> re.Pattern[str]:
    """Return what finds the words of a text, the cheapest that does."""
    if not text.isascii() and DENSE_RUN.search(text):
        return WORD
    return _SHORT_WORD if "'" in text else _PLAIN_WORD


def words_of(text: str) -> list[str]:
    """Return the words of a text; bytes are parted four times as fast as a pattern finds them."""
    if text.isascii() and "'" not in text:
        return text.encode().translate(_WORDS_ONLY).decode().split()
    words: list[str] = _word_in(text).findall(text)
    return words


class Sentence:
    """A stretch of folded text with its words; `words[i]` stands at `starts[i]` of it."""

    __slots__ = ("_sorted", "_starts", "bag", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)
        self.bag = frozenset(self.words)
        self._starts: list[int] | None = None
        self._sorted: list[str] | None = None

    def words_and_heads(self) -> frozenset[str]:
        """Return its words and their first letters, by which its lines are chosen."""
        return self.bag.union([word[:HEAD] for word in self.bag if len(word) > HEAD])

    def places(self, word: str) -> list[int]:
        """Return the indexes at which a word stands, which it must somewhere."""
        found = [self.words.index(word)]
        for _ in range(1, self.words.count(word)):
            found.append(self.words.index(word, found[-1] + 1))
        return found

    def begun_by(self, beginning: str) -> Iterator[str]:
        """Yield the different words that begin so."""
        if self._sorted is None:
            self._sorted = sorted(self.bag)
        for index in range(bisect_left(self._sorted, beginning), len(self._sorted)):
            if not self._sorted[index].startswith(beginning):
                return
            yield self._sorted[index]

    @property
    def starts(self) -> list[int]:
        """Where each word starts; found late, because most sentences hold no pattern."""
        if self._starts is None:
            self._starts = [m.start() for m in _word_in(self.text).finditer(self.text)]
        return self._starts

    def end_of(self, index: int) -> int:
        """Return where the word of this index ends."""
        return self.starts[index] + len(self.words[index])

    @property
    def asks(self) -> bool:
        """True when it ends with a question mark, its Greek form, or a Japanese question's last word."""
        text = self.text.rstrip("\"')] \n")
        return text.endswith(_QUESTION) or (text.endswith(_GREEK_QUESTION) and _is_greek(text[-_LOOKED_AT:]))

    def between(self, left: int, right: int) -> str:
        """Return the text between the words `left` and `right`."""
        return self.text[self.end_of(left) : self.starts[right]]


class Sentences:
    """The sentences of a folded text, each known by where it starts and cut when it is first asked for.

    `original` is the text before folding; it tells whether the line after a break goes on in lower case.
    """

    def __init__(self, text: str, original: str) -> None:
        self.text = text
        rare = "" if text.isascii() else text.encode("utf-8", "replace").translate(None, _ASCII).decode("utf-8")
        self.is_dense = bool(DENSE_RUN.search(rare))
        is_greek = _GREEK.search(rare) is not None
        self._sign = _SIGN_IN_GREEK if is_greek else _SIGN
        self._others = "".join(sign for sign in (_SIGNS_IN_GREEK if is_greek else _SIGNS) if not sign.isascii())
        self._pictured = PICTURES.search(rare) is not None
        self._original = original if len(original) == len(text) else ""
        self._ends: dict[int, int] = {}
        self._known: dict[str, Sentence] = {}
        self._paragraph: tuple[int, list[int]] = 0, [0]

    def at(self, start: int) -> Sentence:
        """Return the sentence that starts here; equal texts share one."""
        text = self.text_at(start)
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = Sentence(text)
        return known

    def text_at(self, start: int) -> str:
        """Return the text of the sentence that starts here."""
        return self.text[start : self.end(start)]

    def end(self, start: int) -> int:
        """Return where the sentence that starts here ends."""
        if start not in self._ends:
            self._cut(start)
        return self._ends[start]

    def after(self, start: int) -> Iterator[int]:
        """Yield where the next four sentences start, as far as there are so many."""
        for _ in range(_AFTER):
            start = self.end(start)
            if start >= len(self.text):
                return
            yield start

    def span(self, at: int) -> tuple[int, int]:
        """Return where the sentence that holds the offset `at` starts and ends; cheap if asked in ascending order."""
        first, ends = self._paragraph
        if not first <= at < ends[-1]:
            first = self._opening(at, ends[-1] if at >= ends[-1] else 0)
            ends = self._cut(first)
            self._paragraph = first, ends
        index = bisect_right(ends, at)
        return ends[index - 1] if index else first, ends[index]

    def _opening(self, at: int, floor: int) -> int:
        """Return where the paragraph that holds `at` starts, which is not before `floor`."""
        line_break = self.text.rfind("\n", floor, at)
        while line_break >= 0 and self._is_wrap(line_break):
            line_break = self.text.rfind("\n", floor, line_break)
        return line_break + 1 if line_break >= 0 else floor

    def _is_wrap(self, at: int) -> bool:
        """True when the line break here stands within a sentence that was only wrapped."""
        return (
            at > _WRAPPED
            and self.text[at - 1].isalpha()
            and self._original[at + 1 : at + 2].islower()
            and self.text.find("\n", at - _WRAPPED - 1, at) < 0
        )

    def _is_shortened(self, at: int, last: int) -> bool:
        """True when the full stop here only cuts a word short (`tel. 030`, `z. B. `), in a sentence that starts at `last`."""
        text = self.text
        if text[at + 1 : at + 2] == "\n":
            return False
        shortens = _shortens(text[max(last, at - _LOOKED_BACK) : at])
        if shortens in ("", "title"):
            return bool(shortens)
        numbered = text[at + 2 : at + 5].lstrip("+( ")[:1].isdigit()
        return numbered or (shortens == "often" and self._original[at + 2 : at + 3].islower())

    def _cut(self, first: int) -> list[int]:
        """Return, ascending, the ends of the sentences from `first` to the next line break that is no wrap."""
        text = self.text
        line_break = text.find("\n", first)
        while line_break >= 0 and self._is_wrap(line_break):
            line_break = text.find("\n", line_break + 1)
        end = line_break + 1 if line_break >= 0 else len(text)
        mark = bisect_left(self._marks, first)
        ends = self._at_signs(first, end, mark) if self._marks[mark] < end else []
        last = ends[-1] if ends else first
        if last < end or not ends:
            if end - last > _LONGEST:
                _chop(ends, text, last, line_break if line_break >= 0 else end)
            ends.append(end)
        self._ends[first] = ends[0]
        if len(ends) > 1:
            self._ends.update(pairwise(ends))
        return ends

    @cached_property
    def _marks(self) -> list[int]:
        """Where signs stand at which a sentence may end, ascending, and one behind all: most lines of a page hold none."""
        text = self.text
        kinds = sifted(text.replace("?", "!"), _SIGN_KINDS) + b" "
        may_end = [*each(kinds, b". "), *places(text, self._others)]
        ends = [at for at in may_end if self._sign.match(text, at)]
        if self._pictured:
            ends += [match.start() for match in PICTURES.finditer(text)]
        return [*sorted(ends), len(text)]

    def _at_signs(self, first: int, end: int, mark: int) -> list[int]:
        """Return, ascending, where signs end sentences between these offsets, and where too long ones before them are cut.

        `mark` is the index of the first of the signs.
        """
        text = self.text
        ends: list[int] = []
        for at in self._marks[mark : bisect_left(self._marks, end, mark)]:
            if not _is_end(text, at, first) or (text[at] == "." and self._is_shortened(at, first)):
                continue
            if at + 1 - first > _LONGEST:
                _chop(ends, text, first, at)
            first = at + 1
            ends.append(first)
        return ends


@lru_cache(maxsize=4_096)
def _shortens(before: str) -> str:
    """Return how a full stop behind these letters cuts a word short: `title` always, `often`, `number` before one, "" never."""
    before = f" {before}".replace("(", " ")
    if before.endswith(_TITLES) or (before[-1].isalpha() and before[-2] in " ."):
        return "title"
    return "often" if before.endswith(_ABBREVIATIONS) else "number" if before.endswith(_NUMBERED) else ""


def _is_end(text: str, at: int, last: int) -> bool:
    """True when the sign at `at` can end a sentence that starts at `last`, from what stands beside it."""
    sign = text[at]
    if sign in "。！？" or PICTURES.match(sign):
        return True
    after = text[at + 1 : at + 2]
    if sign in "|•·":
        return after.isspace() and text[at - 1 : at].isspace()
    if sign in "!?" and DENSE_RUN.match(after):
        return True
    if after and not after.isspace() and (after not in "\"')]" or text[at + 2 : at + 3].isalnum()):
        return False
    return sign not in _GREEK_QUESTION or _is_greek(text[max(last, at - _LOOKED_AT) : at])


def _is_greek(text: str) -> bool:
    """True when most letters are Greek; elsewhere a semicolon asks nothing."""
    return 2 * len(_GREEK.findall(text)) > sum(map(str.isalpha, text))


def _chop(ends: list[int], text: str, last: int, at: int) -> None:
    """Note ends, at blanks, within a stretch from `last` to `at` that is too long for a sentence."""
    while at - last > _LONGEST:
        blank = text.rfind(" ", last + 1, last + _LONGEST)
        last = blank if blank > 0 else last + _LONGEST
        ends.append(last)
