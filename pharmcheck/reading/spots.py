"""Where the anchors of phrases stand in a folded text: one pass over its bytes, in which every sign is a blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, Implementation

from pharmcheck.reading.sentences import DENSE_RUN, Sentences

_ASCII = bytes(range(128))
_BLANKED = bytes(b if b > 127 or chr(b).isalnum() else 32 for b in range(256))
_MOST_SIGNS = 64  # different ones beyond ASCII; each costs a search of the text
_OTHER_SIGN = re.compile(r"[^\w\x00-\x7f]")
_PARTED = re.compile(f"{DENSE_RUN.pattern[:-1]} +(?={DENSE_RUN.pattern[:-1]})")


class Anchors:
    """Anchors made ready to be sought; `words[i]` is the anchor that is found as `i`."""

    def __init__(self, anchors: Iterable[str]) -> None:
        known = tuple(anchors)
        spaced = [word for word in known if not DENSE_RUN.match(word)]
        self.words = (*spaced, *(word for word in known if DENSE_RUN.match(word)))
        self._spaced = len(spaced)
        self._automaton = BytesAhoCorasick(
            [b" " + word.encode().translate(_BLANKED) for word in spaced],
            implementation=Implementation.ContiguousNFA,
        )

    @cached_property
    def _dense(self) -> AhoCorasick:
        """What finds the anchors of scripts without spaces; few pages need it."""
        return AhoCorasick(
            self.words[self._spaced :], implementation=Implementation.ContiguousNFA, store_patterns=False
        )

    def find(self, sentences: Sentences) -> dict[int, set[int]]:
        """Return for each sentence that holds anchors, by its start, the anchors."""
        found: dict[int, set[int]] = {}
        end = 0
        here: set[int] = set()
        for anchor, at in self._in_order(sentences):
            if at >= end:
                start = sentences.start(at)
                end = sentences.end(start)
                here = found[start] = set()
            here.add(anchor)
        if sentences.is_dense:
            for start, joined in _parted(sentences):
                found.setdefault(start, set()).update(anchor for anchor, _ in self._in_dense(joined))
        return found

    def _in_order(self, sentences: Sentences) -> Iterable[tuple[int, int]]:
        """Return each anchor found and where it starts, as the sentences follow one another."""
        text = sentences.text
        if not sentences.is_dense:
            return self._in_spaced(text, text)
        bare = DENSE_RUN.sub(lambda run: "   " * len(run[0]), text)  # three bytes are one such character
        return sorted([*self._in_spaced(text, bare), *self._in_dense(text)], key=lambda spot: spot[1])

    def _in_spaced(self, text: str, bare: str) -> Iterator[tuple[int, int]]:
        """Yield the anchors at the beginnings of words in `bare`, and where in `text` they start."""
        found = self._automaton.find_matches_as_indexes(b" %b " % _blanked(bare), overlapping=True)
        if text.isascii():
            return ((anchor, at) for anchor, at, _ in found)
        return _by_characters(found, text.encode())

    def _in_dense(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the anchors of scripts without spaces, wherever they stand in a text."""
        for anchor, at, _ in self._dense.find_matches_as_indexes(text, overlapping=True):
            yield anchor + self._spaced, at


def _by_characters(found: Iterable[tuple[int, int, int]], raw: bytes) -> Iterator[tuple[int, int]]:
    """Yield the anchor and its offset in characters, given those in bytes, in ascending order."""
    byte = character = 0
    for anchor, at, _ in found:
        character += len(raw[byte:at].decode())
        byte = at
        yield anchor, character


def _blanked(text: str) -> bytes:
    """Return the bytes of a text with blanks for all that belongs to no word, as many as the sign has bytes."""
    raw = text.encode()
    if len(raw) == len(text):
        return raw.translate(_BLANKED)
    signs = {sign for sign in raw.translate(None, _ASCII).decode() if not sign.isalnum()}
    if len(signs) > _MOST_SIGNS:
        raw = _OTHER_SIGN.sub(lambda sign: " " * len(sign[0].encode()), text).encode()
    else:
        for sign in signs:
            raw = raw.replace(sign.encode(), b" " * len(sign.encode()))
    return raw.translate(_BLANKED)


def _parted(sentences: Sentences) -> Iterator[tuple[int, str]]:
    """Yield where each sentence starts that holds blanks between characters of a dense script, and its words joined."""
    done = 0
    for blank in _PARTED.finditer(sentences.text):
        if blank.start() >= done:
            start = sentences.start(blank.start())
            done = sentences.end(start)
            yield start, "".join(sentences.at(start).words)
