"""How alike words are; what measures it is loaded at the first comparison, and most checks come to none."""

# ruff: noqa: PLC0415 - 6 ms at each start

from __future__ import annotations


def one_slip_apart(one: str, other: str) -> bool:
    """True when two words are the same, or a letter is missing, added, wrong, or swapped with its neighbour."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=1) <= 1


def likeness(one: str, other: str) -> float:
    """Return how much of two texts is the same, letter by letter, 0 to 100."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other)


def likeness_of_words(one: str, other: str) -> float:
    """Return how much of two texts is the same, 0 to 100, whatever the order of the words and where one has more of them."""
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(one, other)
