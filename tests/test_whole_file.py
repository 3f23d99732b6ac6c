"""A file is there whole or not at all, under a name that every system takes; what stands in its place is not turned against us."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pharmcheck.whole_file import plain_name, sweep, write_whole


def test_a_new_file_and_a_replaced_one(tmp_path: Path) -> None:
    """The pieces stand one after another, in place of what was there, with the rights of any new file."""
    path, other = tmp_path / "report.html", tmp_path / "other"
    for text in (b"older", b"newer"):
        write_whole(path, [text[:2], text[2:]])
    other.touch()
    assert path.read_bytes() == b"newer"
    assert path.stat().st_mode == other.stat().st_mode


def test_an_older_file_survives_a_failed_write(tmp_path: Path) -> None:
    """A write that fails in its middle leaves the file of before, and no scraps."""

    def failing() -> Iterator[bytes]:
        yield b"half"
        raise OSError("disk full")

    path = tmp_path / "report.html"
    path.write_bytes(b"before")
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, failing())
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    """Other files stay, be they hidden ones."""
    path = tmp_path / "results.jsonl"
    killed = "from pharmcheck.whole_file import *; import os, sys; write_whole(Path(sys.argv[1]), (os.kill(os.getpid(), 9) for _ in 'x'))"
    subprocess.run([sys.executable, "-c", killed, path], check=False)
    assert len(list(tmp_path.glob(".*.part"))) == 1
    (tmp_path / ".hidden.part").touch()
    sweep(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [".hidden.part"]


def test_what_is_being_written_is_not_swept(tmp_path: Path) -> None:
    """However long it takes."""

    def slowly() -> Iterator[bytes]:
        yield b"first"
        sweep(tmp_path)
        yield b"last"

    write_whole(tmp_path / "results.jsonl", slowly())
    assert (tmp_path / "results.jsonl").read_bytes() == b"firstlast"


def test_a_link_is_written_through_and_stays(tmp_path: Path) -> None:
    """A symbolic link is opened under the rules of the system, as a shell does; it is not replaced."""
    path = tmp_path / "latest.html"
    path.symlink_to("report.html")
    write_whole(path, [b"whole"])
    assert path.is_symlink()
    assert (tmp_path / "report.html").read_bytes() == b"whole"


def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    """A pipe gets the bytes and is still a pipe."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(path, [b"whole"])
    assert os.read(reader, 100) == b"whole"
    assert path.is_fifo()
    os.close(reader)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Pills-24.Example", "pills-24.example"),
        ("../../etc/passwd", "etc_passwd"),
        ("$(reboot) & more", "reboot_more"),
        ("pills\u202egpj.example", "pills_gpj.example"),
        ("con.example", "_con.example"),
        ("NUL", "_nul"),
        ("конец", "site"),
        ("", "site"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_name_is_letters_and_no_device(name: str, plain: str) -> None:
    """No way up, no sign of a shell, no letters that run backwards, no device of Windows, no endless name, and never none."""
    assert plain_name(name) == plain
