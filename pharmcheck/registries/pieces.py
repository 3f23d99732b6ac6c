"""Pieces of words by which a mistyped word leads to the held words that it may mean; pure.

With one error in a word one of its two halves is untouched, with two errors one of its three parts (the pigeonhole of
Pass-Join, Li et al., VLDB 2011). So a held word is filed under its parts, and a sought one is looked up by those of its
own pieces that could be such a part. A half also carries a letter of the other half, near or far, for one error in that
half spares one of the two; a third carries the first letter, for two errors in a word are not forgiven there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pharmcheck.registries.names import allowed

_CARRIES = 6  # letters from which on both halves have three, so that no error touches both ends of one


def pieces_of(word: str) -> Iterator[str]:
    """Yield the pieces of a held word, for as many errors as a sought word of about its length is allowed."""
    most = max(allowed("x" * size) for size in range(max(1, len(word) - 2), len(word) + 3))
    if most >= 1:
        yield from _halves(word, len(word))
    if most >= 2:
        yield from _thirds(word, len(word), word[0], 0)


def pieces_sought(word: str, most: int) -> frozenset[str]:
    """Return the pieces that a held word may share with a sought one that holds up to `most` errors, 1 or 2.

    Two letters swapped across a cut touch the parts on both sides, so they are also swapped back.
    """
    found: set[str] = set()
    for size in range(max(2, len(word) - most), len(word) + most + 1):
        cuts = [size // 2] if most == 1 else [size // 3, size * 2 // 3]
        forms = {word, *(_swapped(word, cut - 1 + by) for cut in cuts for by in range(1 - most, most))}
        for form in forms:
            found.update(_halves(form, size) if most == 1 else _thirds(form, size, word[0], most))
    return frozenset(found)


def _halves(form: str, size: int) -> Iterator[str]:
    """Yield the halves of a word of `size` letters as they stand at both ends of `form`."""
    cut = size // 2
    turn = len(form) - (size - cut)
    first, last = form[:cut], form[turn:]
    if size < _CARRIES:
        yield from (f"10{size}:{first}", f"11{size}:{last}")
    else:
        yield from (f"10{size}n{form[cut]}:{first}", f"10{size}f{form[-1]}:{first}")
        yield from (f"11{size}n{form[turn - 1]}:{last}", f"11{size}f{form[0]}:{last}")


def _thirds(form: str, size: int, initial: str, most: int) -> Iterator[str]:
    """Yield the thirds of a word of `size` letters as they may stand in `form`, moved by errors before and after them."""
    longer = len(form) - size
    for place, (a, b) in enumerate(pairwise((0, size // 3, size * 2 // 3, size))):
        moves = ((0,), [by for by in range(-most, most + 1) if abs(by) + abs(longer - by) <= most], (longer,))[place]
        yield from (
            f"2{place}{size}{initial}:{form[a + by : b + by]}" for by in moves if 0 <= a + by <= len(form) - b + a
        )


def _swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if 0 <= at < len(word) - 1 else word
