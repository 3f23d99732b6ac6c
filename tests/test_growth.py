"""What somebody built to cost time costs no more than its length: a whole check grows as the page does."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from pharmcheck.model import Page, Site
from pharmcheck.pipeline import judge
from pharmcheck.reading.amounts import _kept
from pharmcheck.reading.page import read_page
from pharmcheck.reading.phrases import find_mentions
from pharmcheck.reading.said import _remembered
from pharmcheck.reading.streets import streets
from pharmcheck.target import parse_target
from tests.builders import NOW
from tests.growth import LINEAR, growth_of, taken

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

from made import HOSTILE, shop  # of bench/, not a package
from steps import timed

TARGET = parse_target("https://made.example/")


_FILLER = "<p>x y</p>" * 10_000


def check(text: str) -> None:
    judge(Site(TARGET, NOW, (_page(text),)))


def _page(text: str) -> Page:
    return read_page(TARGET.url, text.encode(), content_type="text/html")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_checked_in_linear_time(name: str) -> None:
    """40 KB of it take no time in the square of their length, from the bytes to the verdict."""
    check(f"<p>0 {HOSTILE[name](10_000)}")  # loads the phrases and names that it needs
    assert growth_of(check, HOSTILE[name], 40_000) < LINEAR


def test_a_shop_is_checked_in_linear_time() -> None:
    """A shelf of 100 KB takes no time in the square of its length."""
    check(shop(20).decode())
    assert growth_of(check, lambda chars: shop(chars // 1_000).decode(), 100_000) < LINEAR


def test_questions_at_length_are_read_in_linear_time() -> None:
    """Whether a phrase stands in a question of several sentences is not asked of every such question on the page."""
    unit = "Q: I want to order some. No prescription needed. Is that so?\n"
    check(f"<p>{unit}")
    assert (
        growth_of(lambda text: find_mentions(_page(text)), lambda chars: unit * (chars // len(unit)), 480_000) < LINEAR
    )


def test_a_line_of_a_megabyte_is_searched_near_each_word() -> None:
    """Where the line of a street begins is not sought back to the first letter of the page."""
    unit = "Dr Anna Reedmere MPharm, "
    streets(unit)
    assert growth_of(streets, lambda chars: unit * (chars // len(unit)), 1_600_000) < LINEAR


def test_refusals_cost_no_more_than_the_text_around_them() -> None:
    """150 sentences that ask for a prescription and 150 that ask for none are not each held against all others, nor the page searched for each."""
    refusals = "".join(f"<p>We never sell without a prescription {n}</p>" for n in range(150))
    promises = "".join(f"<p>No prescription needed here {n}</p><p>Viagra</p>" for n in range(150))
    check(refusals + promises)
    assert taken(check, refusals + _FILLER + promises) < 15 * taken(check, 2 * _FILLER)


def test_the_bench_meets_no_page_a_second_time() -> None:
    """What pages said is forgotten before a step is timed, also where the collector was told to leave alone what is loaded."""
    check("<p>No prescription needed for 30 tablets of Viagra.</p>")
    kept = _remembered.cache_info().currsize, _kept.cache_info().currsize
    gc.freeze()
    try:
        timed(lambda: None)
    finally:
        gc.unfreeze()
    assert min(kept) > 0
    assert (_remembered.cache_info().currsize, _kept.cache_info().currsize) == (0, 0)
