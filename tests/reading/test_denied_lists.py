"""What one negator denies of a list: all of it."""

from __future__ import annotations

import time

import pytest

from pharmcheck.model import Stance
from tests.stances import stances


@pytest.mark.parametrize(
    ("text", "concept", "stance"),
    [
        ("We don't take gift cards, Zelle, wire or crypto.", "wire-payment", Stance.DENIED),
        ("We don't take gift cards, Zelle, wire or crypto.", "crypto-payment", Stance.DENIED),
        ("We never ask questions, ship in plain packets and take bitcoin or cash.", "crypto-payment", Stance.ASSERTED),
        ("No worries, bitcoin or PayPal accepted.", "crypto-payment", Stance.ASSERTED),
        ("We don't take cards, we take bitcoin or cash.", "crypto-payment", Stance.ASSERTED),
    ],
)
def test_a_list_is_denied_as_a_whole(text: str, concept: str, stance: Stance) -> None:
    """What a negator denies of the first item it denies of all, up to the `or`; another clause is none."""
    assert stances(text, concept) == {stance}


def test_what_is_no_list_costs_no_time() -> None:
    """Long items before a bracket are not tried in every way to part them."""
    begin = time.process_time()
    items = ", ".join(["abcdefghijklmnop"] * 9)
    assert stances(f"We don't take cards, {items} (bitcoin accepted)", "crypto-payment") == {Stance.ASSERTED}
    assert time.process_time() - begin < 1
