"""Invented pages and sites in 22 languages: the shares that are found and left alone only rise."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench"))

import accuracy  # noqa: E402 - a program of bench/, not a package

PAGES = ROOT / "tests" / "pages"
# By two other authors, neither of whom knew the rules. Of the third set nobody looked at those that are to be found and have even numbers, but
# for 14, 18, 30, 38 and 44.
LATER = ROOT / "tests" / "later_pages"
THIRD = ROOT / "tests" / "third_pages"
FOURTH = ROOT / "tests" / "fourth_pages"  # by four more
SITES = ROOT / "tests" / "whole_sites"  # by fourteen authors: several pages each, read as an audit reads them


@pytest.mark.parametrize(
    "corpus",
    [PAGES, LATER, THIRD, FOURTH, SITES, ROOT / "cassettes"],
    ids=["pages", "later", "third", "fourth", "sites", "cassettes"],
)
def test_floors_hold(corpus: Path) -> None:
    """No stratum is worse than its pinned floor; `python bench/accuracy.py --corpus DIR --pin` raises them."""
    figures = accuracy.measure(accuracy.read(corpus))
    name = accuracy.name_of(corpus)
    assert name in json.loads(accuracy.FLOORS.read_text("utf-8")), (
        f"{name} has no floors: run bench/accuracy.py with --pin"
    )
    assert accuracy.hold(name, figures, pin=False, lower=False) == 0


def test_a_lower_figure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure below its floor is an error, whose floor stays unless it is lowered on purpose."""
    floors = tmp_path / "floors.json"
    floors.write_text('{"set 1": {"rogue_pharmacy": 0.9}}', encoding="utf-8")
    monkeypatch.setattr(accuracy, "FLOORS", floors)
    worse = {"strata": {"rogue_pharmacy": {"share": 0.8}}}
    assert accuracy.hold("set 1", worse, pin=True, lower=False) == 1
    assert json.loads(floors.read_text("utf-8")) == {"set 1": {"rogue_pharmacy": 0.9}}
    assert accuracy.hold("set 1", worse, pin=False, lower=True) == 0
    assert json.loads(floors.read_text("utf-8")) == {"set 1": {"rogue_pharmacy": 0.8}}


def test_an_interval_is_as_wide_as_its_sources() -> None:
    """Thirty pages of one shop say no more than one shop does."""
    one = accuracy.share([True] * 30, ["shop"] * 30)
    many = accuracy.share([True] * 30, map(str, range(30)))
    assert one["low"] < 0.3
    assert many["low"] > 0.85
