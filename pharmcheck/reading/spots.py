"""Where the anchors of phrases stand in a folded text: one pass over it, in which every sign is a blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import itemgetter

from ahocorasick_rs import AhoCorasick, Implementation

from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.sentences import DENSE_RUN, FIRST_DENSE, Sentences

_ASCII = bytes(range(128))
_BLANKED = bytes(b if b > 127 or chr(b).isalnum() else 32 for b in range(256))
_MOST_SIGNS = 64  # different ones beyond ASCII; each costs a search of the text
_OTHER_SIGN = re.compile(r"[^\w\x00-\x7f]")
_PARTED = compile_on_use(f"{DENSE_RUN.pattern[:-1]} +(?={DENSE_RUN.pattern[:-1]})")


class Anchors:
    """Anchors made ready to be sought; `words[i]` is the anchor that is found as `i`."""

    def __init__(self, anchors: Iterable[str]) -> None:
        known = tuple(anchors)
        dense = dict.fromkeys(word for word in known if word >= FIRST_DENSE and DENSE_RUN.match(word))
        spaced = [word for word in known if word not in dense]
        self.words = (*spaced, *dense)
        self._spaced = len(spaced)
        self._automaton = _automaton([f" {word if word.rstrip().isalnum() else _by_bytes(word)}" for word in spaced])

    @cached_property
    def _dense(self) -> AhoCorasick:
        """What finds the anchors of scripts without spaces; few pages need it."""
        return _automaton(self.words[self._spaced :])

    def find(self, sentences: Sentences) -> dict[int, list[int]]:
        """Return for each sentence that holds anchors, by its start, the anchors; one that stands twice comes twice."""
        found: dict[int, list[int]] = {}
        end = 0
        here: list[int] = []
        for anchor, at, _ in self._in_order(sentences):
            if at >= end:
                start, end = sentences.span(at)
                here = found[start] = []
            here.append(anchor)
        if sentences.is_dense:
            for start, joined in _parted(sentences):
                found.setdefault(start, []).extend(anchor for anchor, _, _ in self._in_dense(joined))
        return found

    def _in_order(self, sentences: Sentences) -> list[tuple[int, int, int]]:
        """Return each anchor found, where it starts and where it ends, as the sentences follow one another."""
        text = sentences.text
        if not sentences.is_dense:
            return self._in_spaced(text)
        bare = DENSE_RUN.sub(lambda run: " " * len(run[0]), text)
        return sorted([*self._in_spaced(bare), *self._in_dense(text)], key=itemgetter(1))

    def _in_dense(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield the anchors of scripts without spaces, wherever they stand in a text."""
        for anchor, at, end in self._dense.find_matches_as_indexes(text, overlapping=True):
            yield anchor + self._spaced, at, end

    def _in_spaced(self, text: str) -> list[tuple[int, int, int]]:
        """Return the anchors at the beginnings of words, each with where it starts and ends."""
        return self._automaton.find_matches_as_indexes(f" {_blanked(text)} ", overlapping=True)


def _automaton(anchors: Iterable[str]) -> AhoCorasick:
    return AhoCorasick(anchors, implementation=Implementation.ContiguousNFA, store_patterns=False)


def _by_bytes(text: str) -> str:
    """Return a text with a blank for each sign of ASCII."""
    return text.encode().translate(_BLANKED).decode()


def _blanked(text: str) -> str:
    """Return a text with a blank for each character that belongs to no word."""
    if not text.isascii():
        signs = [c for c in set(text.encode().translate(None, _ASCII).decode()) if not c.isalnum()]
        if len(signs) > _MOST_SIGNS:
            text = _OTHER_SIGN.sub(" ", text)
        else:
            for sign in signs:
                text = text.replace(sign, " ")
    return _by_bytes(text)


def _parted(sentences: Sentences) -> Iterator[tuple[int, str]]:
    """Yield where each sentence starts that holds blanks between characters of a dense script, and its words joined."""
    done = 0
    for blank in _PARTED.finditer(sentences.text):
        if blank.start() >= done:
            start, done = sentences.span(blank.start())
            yield start, "".join(sentences.at(start).words)
