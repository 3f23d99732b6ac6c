"""Stretches of a text, and the line around one, looked for near it only: a page may be one line of a megabyte."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Where a stretch of a text begins and ends."""

    start: int
    end: int


def line_around(text: str, start: int, end: int, most: int) -> tuple[int, int]:
    """Return the bounds of the line around `text[start:end]`, at most `most` characters on either side."""
    floor, ceiling = max(0, start - most), min(len(text), end + most)
    right = text.find("\n", end, ceiling)
    return max(text.rfind("\n", floor, start) + 1, floor), right if right >= 0 else ceiling
