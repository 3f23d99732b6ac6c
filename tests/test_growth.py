"""What somebody built to cost time costs no more than its length: a whole check grows as the page does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pharmcheck.model import Site
from pharmcheck.pipeline import judge
from pharmcheck.reading.page import read_page
from pharmcheck.target import parse_target
from tests.builders import NOW
from tests.growth import LINEAR, growth_of

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

from made import HOSTILE, shop  # of bench/, not a package

TARGET = parse_target("https://made.example/")


def check(text: str) -> None:
    judge(Site(TARGET, NOW, (read_page(TARGET.url, text.encode(), content_type="text/html"),)))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_checked_in_linear_time(name: str) -> None:
    """40 KB of it take no time in the square of their length, from the bytes to the verdict."""
    check(f"<p>0 {HOSTILE[name](10_000)}")  # loads the phrases and names that it needs
    assert growth_of(check, HOSTILE[name], 40_000) < LINEAR


def test_a_shop_is_checked_in_linear_time() -> None:
    """A shelf of 100 KB takes no time in the square of its length."""
    check(shop(20).decode())
    assert growth_of(check, lambda chars: shop(chars // 1_000).decode(), 100_000) < LINEAR
