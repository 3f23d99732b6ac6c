"""How the time to read a text grows with its length, whatever the machine and whatever else runs on it."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

TIMES = 8
# Linear work takes 8 times as long for 8 times the text, work in the square of the length 64 times.
LINEAR = 24


def growth(read: Callable[[str], object], unit: str, chars: int) -> float:
    """Return how many times longer `read` takes for `chars` characters of repeated `unit` than for an eighth of them."""
    return growth_of(read, lambda size: unit * (size // len(unit)), chars)


def growth_of(read: Callable[[str], object], make: Callable[[int], str], chars: int) -> float:
    """Return how many times longer `read` takes for what `make` gives of `chars` characters than for an eighth of them.

    Processor time, the best of three: the clock on the wall runs on while others work. No text is read twice, as
    what was folded once is remembered.
    """
    long = short = float("inf")
    for attempt in range(3):
        long = min(long, _once(read, f"{attempt} {make(chars)}"))
        short = min(short, _once(read, f"{attempt} {make(chars // TIMES)}"))
    return long / short


def taken(read: Callable[[str], object], text: str) -> float:
    """Return the processor time that `read` takes for a text, the best of three; no text is read twice."""
    return min(_once(read, f"{attempt} {text}") for attempt in range(3))


def _once(read: Callable[[str], object], text: str) -> float:
    begin = process_time()
    read(text)
    return process_time() - begin
