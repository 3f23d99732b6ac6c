"""Versions of a list: whole or not there, whenever a writer is killed, and however many there are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from pharmcheck.readers.our_list import RegistryError
from pharmcheck.registries import store
from pharmcheck.registries.store import Origin, StoreError
from tests.register import Answer, Register
from tests.updating import FRESH, ID, Make


def test_without_a_place_for_lists_the_shipped_ones_serve(make_registry: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a home looks lists up as they were shipped, and is told what to set for an update."""
    own = make_registry()
    monkeypatch.delenv("PHARMCHECK_DATA")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    assert own.finds("old1.example")
    with Register({"/list.csv": Answer(FRESH)}) as register, pytest.raises(StoreError, match="set PHARMCHECK_DATA"):
        own.update(register)


def no_home() -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_the_place_for_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """PHARMCHECK_DATA comes first, then XDG_DATA_HOME where it is absolute, then the home directory."""
    monkeypatch.setenv("PHARMCHECK_DATA", "/one")
    monkeypatch.setenv("XDG_DATA_HOME", "/two")
    monkeypatch.setenv("HOME", "/three")
    assert store.data_root() == Path("/one")
    monkeypatch.delenv("PHARMCHECK_DATA")
    assert store.data_root() == Path("/two/pharmcheck")
    monkeypatch.setenv("XDG_DATA_HOME", "two")
    assert store.data_root() == Path("/three/.local/share/pharmcheck")


def test_a_broken_version_is_told_and_mended(make_registry: Make) -> None:
    """A version that cannot be read stops look-ups with a word what to remove; an update replaces it."""
    own = make_registry()
    with Register({"/list.csv": Answer(FRESH, tagged=True)}) as register:
        own.update(register)
        (own.data / "registries" / ID / "1" / "list.json").write_text("{")
        with pytest.raises(StoreError, match=r"list\.json: .*; remove the folder .*1 to use the list before it"):
            own.held()
        own.update(register)
        assert own.finds("new1.example")
        rows = own.data / "registries" / ID / own.versions()[-1] / "list.csv"
        for cut in (rows.read_bytes()[:-9], b"<html>", rows.read_bytes().splitlines()[0]):
            rows.write_bytes(cut)
            todo = rf"remove the folder .*{rows.parent.name} to use the list before it; then pharmcheck registries update {ID}"
            with pytest.raises(RegistryError, match=rf"list\.csv.*; {todo}"):
                own.held()
            shutil.rmtree(rows.parent)
            own.update(register)
            assert own.finds("new1.example")
            rows = own.data / "registries" / ID / own.versions()[-1] / "list.csv"
        rows.unlink()
        with pytest.raises(RegistryError, match=r"list\.csv is missing; remove its folder"):
            own.held()
        own.update(register)
    assert own.finds("new1.example")


def test_versions_that_are_made_at_once_are_all_whole(make_registry: Make) -> None:
    """Eight writers at the same time: each finds a free number, two versions are left, and both are whole."""
    make_registry()
    origin = Origin(date(2026, 11, 1), "a test", "", "csv", "", 1)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: store.keep(ID, b"%d" % n, origin), range(8)))
    assert sorted(int(path.name) for path in made) == list(range(1, 9))
    kept = sorted(made, key=lambda path: int(path.name))[-2:]
    assert [(path / "list.csv").is_file() and store.read_origin(path) == origin for path in kept] == [True, True]
    assert store.newest(ID) == kept[-1]


def test_what_a_killed_writer_left_is_cleared_away_after_a_day(make_registry: Make) -> None:
    """A version that was in the making two days ago goes; one of an hour ago may be another process at work."""
    own = make_registry()
    home = own.data / "registries" / ID
    for name, age_s in ((".old.part", 172_800), (".young.part", 3_600)):
        (home / name).mkdir(parents=True)
        then = home.stat().st_mtime - age_s
        os.utime(home / name, (then, then))
    store.keep(ID, b"x", Origin(date(2026, 11, 1), "a test", "", "csv", "", 1))
    assert sorted(path.name for path in home.iterdir()) == [".young.part", "1"]


_CHILD = """
import os, signal, sys
from pathlib import Path
from pharmcheck.registries import store
from pharmcheck.capture import CaptureOptions
from tests.register import Register
from tests.updating import Bench

place, name, count, when = sys.argv[3:7]
home = {"store": store, "Path": Path, "shutil": store.shutil}[place]
real, left = getattr(home, name), [int(count)]

def deadly(*args, **named):
    left[0] -= 1
    if not left[0] and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(*args, **named)
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(home, name, deadly)
store.shipped_root = lambda: Path(sys.argv[1])
class Peer: connect_to = tuple(sys.argv[7:])
Bench(Path(sys.argv[1]), Path(sys.argv[2])).update(Peer(), 3)
"""


@pytest.mark.parametrize(
    ("place", "name", "count", "when", "in_use"),
    [
        ("store", "keep", 1, "before", "day2"),
        ("store", "write_whole", 2, "before", "day2"),
        ("store", "write_whole", 2, "after", "day2"),
        ("store", "write_whole", 3, "after", "day2"),
        ("Path", "rename", 1, "before", "day2"),
        ("Path", "rename", 1, "after", "day3"),
        ("shutil", "rmtree", 2, "before", "day3"),
        ("store", "log", 1, "before", "day3"),
    ],
)
def test_killed_at_any_point_a_whole_list_is_served(
    make_registry: Make, place: str, name: str, count: int, when: str, in_use: str
) -> None:
    """kill -9 around each step of the swap: before the rename the old list is served, after it the new one."""
    own = make_registry()
    body = {day: FRESH.replace(b"new1.", b"day%d." % day) for day in (1, 2, 3, 4)}
    for day in (1, 2):
        with Register({"/list.csv": Answer(body[day])}) as register:
            own.update(register, day)
    with Register({"/list.csv": Answer(body[3])}) as register:
        point = (place, name, str(count), when, *register.connect_to)
        command = [sys.executable, "-c", _CHILD, str(own.shipped), str(own.data), *point]
        assert subprocess.run(command, check=False, capture_output=True, timeout=60).returncode == -9
    assert own.sites()[0] == f"{in_use}.example"
    assert len(own.sites()) == 5
    with Register({"/list.csv": Answer(body[4])}) as register:
        own.update(register, 4)
    assert own.sites()[0] == "day4.example"
    assert len(own.versions()) == 2


def test_killed_in_the_middle_of_a_download(make_registry: Make) -> None:
    """Half a body has come when the process is killed: the old list is served, and no part of the new one is left."""
    own = make_registry()
    with Register({"/list.csv": Answer(FRESH, stall=True)}) as register:
        point = ("store", "keep", "99", "before", *register.connect_to)
        child = subprocess.Popen([sys.executable, "-c", _CHILD, str(own.shipped), str(own.data), *point])
        assert register.half_sent.wait(60)
        child.kill()
        assert child.wait() == -9
    assert own.sites() == [f"old{n}.example" for n in range(1, 5)]
    assert [path for path in own.data.rglob("*") if path.is_file()] == []
