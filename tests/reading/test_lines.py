"""The line around a place, as far as it is near."""

from __future__ import annotations

import pytest

from pharmcheck.reading.lines import line_around


@pytest.mark.parametrize(
    ("most", "found"),
    [(100, "a line"), (3, "a line"), (1, " lin"), (0, "li")],
)
def test_line_around(most: int, found: str) -> None:
    """It ends at line breaks, or where the reach ends, whichever is nearer."""
    text = "one\na line\nthree"
    left, right = line_around(text, 6, 8, most)
    assert text[left:right] == found


def test_a_text_without_breaks() -> None:
    """Its own ends bound it."""
    assert line_around("tablets", 0, 7, 50) == (0, 7)
