"""The file of the index: built once, thrown away when odd, safe among processes and threads."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from pharmcheck.readers.our_list import RegistryError
from pharmcheck.registries import Registries, read_registries
from pharmcheck.registries.index import Index, cache_folder
from tests.registries.folders import write


def files(root: Path) -> list[Path]:
    return sorted((root / "cache").glob("registries-*.sqlite"))


def opened(root: Path) -> Registries:
    return read_registries(root / "lists", root / "cache")


def names(held: Registries) -> list[str]:
    return [x.name for x in held.search("corner.example")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one list whose index is built."""
    write(tmp_path / "lists", ("Corner Pharmacy,1001,corner.example,,listed,2025-05-05,,",))
    assert names(opened(tmp_path)) == ["Corner Pharmacy"]
    return tmp_path


def test_the_index_is_built_once(root: Path) -> None:
    """A second start reads no list: it finds the index of the first."""
    (file,) = files(root)
    lists = [root / "lists" / "zz-sample" / name for name in ("registry.toml", "list.csv")]

    def never() -> list[object]:
        raise AssertionError("the lists were read again")

    held = Index(lists, never, root / "cache")  # type: ignore[arg-type]
    assert held.path == file
    assert held.ask(lambda base: base.execute("SELECT count(*) FROM listings").fetchone()) == (1,)


def test_a_changed_list_is_read_again(root: Path) -> None:
    """Another list, of the same length and with the same time of change, makes another index."""
    path = root / "lists" / "zz-sample" / "list.csv"
    before = path.stat()
    other = path.with_name("new")
    other.write_bytes(path.read_bytes().replace(b"Corner Pharmacy", b"Market Pharmacy"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)
    assert names(opened(root)) == ["Market Pharmacy"]


def test_a_list_that_is_not_understood_stops_us_whatever_was_indexed_before(root: Path) -> None:
    """The strict reading stays: a bad row is an error, and leaves nothing half made."""
    write(root / "lists", ("Corner Pharmacy,1001,corner.example,,unknown,2025-05-05,,",))
    with pytest.raises(RegistryError, match="line 2: status"):
        opened(root)
    assert len(list((root / "cache").iterdir())) == 1


@pytest.mark.parametrize(
    "harm", ["cut", "first page", "middle", "empty", "no database", "foreign", "folder", "open to all"]
)
def test_an_odd_file_is_thrown_away(root: Path, harm: str) -> None:
    """Whatever stands under the name of the index, the answers are those of the lists, and the file is whole again."""
    (file,) = files(root)
    body = file.read_bytes()
    if harm == "cut":
        file.write_bytes(body[: len(body) // 2])
    elif harm == "first page":
        file.write_bytes(b"\0" * 100 + body[100:])
    elif harm == "middle":
        file.write_bytes(body.replace(b"Corner Pharmacy", b"Rogues Pharmacy"))
    elif harm == "empty":
        file.write_bytes(b"")
    elif harm == "no database":
        file.write_bytes(b"no database at all")
    elif harm == "foreign":
        file.unlink()
        with sqlite3.connect(file) as base:
            base.execute("CREATE TABLE listings (entry TEXT)")
        base.close()
    elif harm == "folder":
        file.unlink()
        file.mkdir()
    else:
        file.chmod(0o666)
    assert names(opened(root)) == ["Corner Pharmacy"]
    if harm != "folder":
        assert b"Corner Pharmacy" in file.read_bytes()
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_damaged_while_it_is_open_is_built_anew(root: Path) -> None:
    """What SQLite notices only when it reads does not become "not found"."""
    (file,) = files(root)
    times = file.stat()
    with file.open("r+b") as raw:
        raw.seek(4096)
        raw.write(b"\xff" * (times.st_size - 4096))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert names(opened(root)) == ["Corner Pharmacy"]


def test_without_a_cache_that_can_be_written_the_index_is_in_memory(root: Path) -> None:
    """A file in the place of the cache's folder costs time, no answer."""
    (root / "no-folder").write_text("", "utf-8")
    held = read_registries(root / "lists", root / "no-folder")
    assert names(held) == ["Corner Pharmacy"]


def test_old_indexes_are_removed(root: Path) -> None:
    """The cache holds a few indexes, not one for each update."""
    for i in range(5):
        write(root / "lists", (f"Corner {i},100{i},corner.example,,listed,2025-05-05,,",))
        assert names(opened(root)) == [f"Corner {i}"]
    assert len(files(root)) == 3


def _look_up(root: Path, told: multiprocessing.Queue[list[str]]) -> None:
    told.put(names(opened(root)))


def test_several_processes_build_at_once(tmp_path: Path) -> None:
    """Each gets the whole answer; one index is left, and nothing unfinished."""
    write(tmp_path / "lists", ("Corner Pharmacy,1001,corner.example,,listed,2025-05-05,,",))
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    started = [context.Process(target=_look_up, args=(tmp_path, told)) for _ in range(4)]
    for process in started:
        process.start()
    assert [told.get(timeout=60) for _ in started] == [["Corner Pharmacy"]] * 4
    for process in started:
        process.join()
    assert len(list((tmp_path / "cache").iterdir())) == 1


def _build_and_hang(root: Path, told: multiprocessing.Queue[str]) -> None:
    lists = [root / "lists" / "zz-sample" / name for name in ("registry.toml", "list.csv")]

    def load() -> list[tuple[object, object]]:
        told.put("building")
        signal.pause()
        return []

    Index(lists, load, root / "cache")  # type: ignore[arg-type]


def test_a_build_that_is_killed_harms_nobody(tmp_path: Path) -> None:
    """kill -9 in the middle leaves no index that could be taken for a whole one."""
    write(tmp_path / "lists", ("Corner Pharmacy,1001,corner.example,,listed,2025-05-05,,",))
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    process = context.Process(target=_build_and_hang, args=(tmp_path, told))
    process.start()
    assert told.get(timeout=60) == "building"
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert files(tmp_path) == []
    assert names(opened(tmp_path)) == ["Corner Pharmacy"]


@pytest.mark.parametrize("kept", [True, False])
def test_threads_share_an_index(root: Path, kept: bool) -> None:
    """Several threads may ask at once, of a file and of memory."""
    held = read_registries(root / "lists", root / "cache" if kept else None)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: tuple(names(held)), range(200))) == {("Corner Pharmacy",)}


def test_an_sqlite_that_cannot_index_is_told(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """Without FTS5 there is a sentence that says what to do, no traceback and no "not found"."""

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr("pharmcheck.registries.index.fill", refuse)
    with pytest.raises(RegistryError, match="no such module: fts5; use a Python whose SQLite has FTS5"):
        read_registries(root / "lists", root / "other-cache")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system knows no fork")
def test_a_forked_child_asks_for_itself(root: Path) -> None:
    """A handle of SQLite is not carried over a fork; the child opens its own."""
    held = opened(root)
    child = os.fork()
    if not child:
        os._exit(0 if names(held) == ["Corner Pharmacy"] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert names(held) == ["Corner Pharmacy"]


@pytest.mark.parametrize(
    ("given_to_us", "folder"),
    [
        ({"PHARMCHECK_CACHE": "/a/b"}, "/a/b"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/pharmcheck"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "/h/.cache/pharmcheck"),
        ({"HOME": "/h"}, "/h/.cache/pharmcheck"),
    ],
)
def test_the_cache_is_where_the_user_wants_it(
    monkeypatch: pytest.MonkeyPatch, given_to_us: dict[str, str], folder: str
) -> None:
    """PHARMCHECK_CACHE first, then the XDG folder if it is absolute, then the home."""
    for name in ("PHARMCHECK_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given_to_us.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == Path(folder)


def test_dates_come_back_as_dates(root: Path) -> None:
    """What went into the index comes out of it, the registry's facts included."""
    held = opened(root)
    (registry,) = held.all
    assert (registry.as_of, registry.hosts) == (date(2026, 1, 31), ("register.example",))
    assert held.folders[0].facts_as_of == date(2026, 1, 1)
    assert read_registries(root / "lists").folders == held.folders
