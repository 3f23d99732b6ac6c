"""No word within the errors that are forgiven is missed by the pieces."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pharmcheck.registries.names import allowed, distance
from pharmcheck.registries.pieces import pieces_of, pieces_sought
from tests.registries.plain_scans import swaps_and_edits

letters = st.text("abcd", min_size=2, max_size=16)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Return a word and the same with one or two errors in it."""
    held = sought = draw(letters)
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(sought)))
        kind = draw(st.sampled_from("dmws"))
        extra = draw(st.sampled_from("abcd"))
        sought = {
            "d": sought[:at] + sought[at + 1 :],
            "m": sought[:at] + extra + sought[at:],
            "w": sought[:at] + extra + sought[at + 1 :],
            "s": sought[:at] + sought[at : at + 2][::-1] + sought[at + 2 :],
        }[kind]
    return held, sought


@settings(max_examples=1000, deadline=None)
@given(pairs())
def test_every_near_word_shares_a_piece(pair: tuple[str, str]) -> None:
    """Whatever the errors are, wherever they stand, the two words share a piece."""
    held, sought = pair
    away = swaps_and_edits(sought, held)
    assume(sought and 0 < away <= allowed(sought))
    assume(away < 2 or held[0] == sought[0])
    assert pieces_sought(sought, away) & set(pieces_of(held))


@settings(max_examples=300, deadline=None)
@given(letters, st.lists(letters, max_size=8), st.integers(1, 2))
def test_distance_is_that_of_the_book(sought: str, others: list[str], most: int) -> None:
    """Letters missing, added, wrong or swapped count one each; more than is forgiven is another word."""
    limit = min(most, allowed(sought))
    near = {o: swaps_and_edits(sought, o) for o in others}
    expected = {o: d for o, d in near.items() if d <= limit and (d < 2 or o[0] == sought[0])}
    assert distance(sought, others, most) == expected
