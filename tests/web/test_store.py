"""Outcomes are kept for a set time, and no longer."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pharmcheck.web.store import Outcome, Store, Summary

GOOD = Outcome(Summary(host="shop.example", verdict="rogue", risk=99), '{"verdict": "rogue"}\n', {"en": "<p>no</p>"})
BAD = Outcome(Summary(why="It broke off."))


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(params=["memory", "file"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    return tmp_path / "results.db" if request.param == "file" else None


def test_comes_back_whole(place: Path | None) -> None:
    """What was kept is read again, whole, under its id only."""
    store = Store(place, 60, 10, Clock())
    store.put("a", "q", GOOD)
    assert store.report("a") == GOOD.report
    assert store.article("a", "en") == GOOD.articles["en"]
    assert store.article("a", "de") is None
    assert store.summary("a") == (GOOD.summary, 1_000.0)
    assert store.report("b") is None
    assert store.article("b", "en") is None
    assert store.summary("b") is None


def test_ends_with_its_time(place: Path | None) -> None:
    """After its time nothing is read any more, and the next entry removes it."""
    clock = Clock()
    store = Store(place, 60, 10, clock)
    store.put("a", "q", GOOD)
    clock.now += 61
    assert store.report("a") is None
    assert store.article("a", "en") is None
    assert store.summary("a") is None
    assert store.recent("q", 600) is None
    store.put("b", "q", GOOD)
    clock.now -= 61
    assert store.report("a") is None
    assert store.article("a", "en") is None


def test_oldest_make_room() -> None:
    """Never more than the most: the oldest go first."""
    clock = Clock()
    store = Store(None, 1e9, 3, clock)
    for name in "abcde":
        clock.now += 1
        store.put(name, name, GOOD)
    assert [name for name in "abcde" if store.report(name)] == ["c", "d", "e"]


def test_same_question() -> None:
    """A question is answered again from a recent good outcome, never from a failure or an old one."""
    clock = Clock()
    store = Store(None, 1e9, 10, clock)
    store.put("a", "q", BAD)
    assert store.recent("q", 600) is None
    store.put("b", "q", GOOD)
    assert store.recent("q", 600) == "b"
    assert store.recent("other", 600) is None
    clock.now += 601
    assert store.recent("q", 600) is None


def test_file_outlives_the_server_and_is_private(tmp_path: Path) -> None:
    """Results in a file are there after a restart, and nobody else on the machine may read them."""
    path = tmp_path / "results.db"
    first = Store(path, 60, 10, Clock())
    first.put("a", "q", GOOD)
    first.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Store(path, 60, 10, Clock()).report("a") == GOOD.report
