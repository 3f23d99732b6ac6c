"""Rankings of sellers without prescription."""

from __future__ import annotations

import time

import pytest

from tests.sites import evidence

HEAD = "The best online pharmacies without prescription"
ROWS = "1. Zorbimeds – 9.8/10 – antibiotics in three days. Visit\n2. Quickpillo – 9,5 – sleeping pills, widest choice\n3) Meddango – 9.1"


def names(text: str) -> set[str]:
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return {p.name for p in evidence(lines, "https://list.example/top").promoted}


def test_each_seller_of_a_ranking_is_promoted() -> None:
    """Numbered names with marks, under pharmacies without prescription, are sellers to which readers are sent."""
    assert names(f"{HEAD}\n{ROWS}") == {"Zorbimeds", "Quickpillo", "Meddango"}


@pytest.mark.parametrize(
    "text",
    [
        f"The best online pharmacies\n{ROWS}",
        f"No pharmacy may sell without prescription\n{ROWS}",
        f"{HEAD}\n1. Zorbimeds – 9.8/10 – vitamins\n2. Quickpillo – 9,5 – bandages\n3. Meddango – 9.1",
        f"{HEAD}\n1. Zorbimeds – 9.8/10 – antibiotics",
        f"{HEAD}\n1. Antibiotics – what are they?\n2. Sleeping pills – a history\n3. Painkillers – risks",
        f"Books without prescription\n{ROWS}",
    ],
)
def test_other_lists_promote_nobody(text: str) -> None:
    """Lawful pharmacies, a denial, goods that need none, a single row, chapters without marks, and books are no such ranking."""
    assert names(text) == set()


def test_a_long_list_costs_no_time() -> None:
    """Thousands of numbered lines without a mark are read at once."""
    started = time.process_time()
    names(f"{HEAD}\n" + "\n".join(f"{n}. Word word word – text and text" for n in range(3_000)))
    assert time.process_time() - started < 2
