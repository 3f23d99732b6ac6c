"""The command line in awkward places: names that are misspelt, files that hold nothing, narrow terminals, ports in use."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.record_cassettes import CASSETTES

PYTHON = [sys.executable, "-m", "pharmcheck"]


@pytest.mark.parametrize(("typed", "meant"), [("chekc", "check"), ("registry", "registries"), ("lookup", "")])
def test_a_misspelt_command(run: Run, typed: str, meant: str) -> None:
    """What is close to a command is asked back; what is close to none is not guessed at."""
    done = run(typed)
    assert done.exit_code == 2
    assert f"there is no command '{typed}'" in done.stderr
    assert ("Do you mean" in done.stderr) == bool(meant)
    assert meant in done.stderr


def test_a_file_is_named_once(run: Run, tmp_path: Path) -> None:
    """An error that names the file is not put behind its name once more."""
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    done = run("check", "--replay", tmp_path / "empty.warc.gz")
    assert done.exit_code == 1
    assert done.stderr.count("empty.warc.gz") == 1


def test_evidence_of_an_audit_needs_a_target(run: Run, tmp_path: Path) -> None:
    """A folder holds many sites, and the message says so."""
    done = run("check", "--replay", tmp_path)
    assert done.exit_code == 2
    assert f"{str(tmp_path)!r} holds the sites of an audit: give the TARGET" in done.stderr


@pytest.mark.parametrize("fmt", ["text", "json", "csv"])
def test_no_links(run: Run, tmp_path: Path, fmt: str) -> None:
    """An input without an address is no silence: it is told, beside the output."""
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("links", tmp_path, "--format", fmt)
    assert done.exit_code == 0
    assert done.stderr == "No address was found.\n"


def test_links_that_are_all_left_out(run: Run, tmp_path: Path) -> None:
    """Where nobody is promoted it says how many addresses were left out, and how to see them."""
    (tmp_path / "mail.txt").write_text("Dear all, see https://www.w3.org/TR/html4/strict.dtd")
    assert run("links", tmp_path).stderr == "Nobody is promoted: 1 address was left out, see --all.\n"
    assert run("links", tmp_path, "--all").stderr == ""


def test_an_input_that_is_not_there(run: Run, tmp_path: Path) -> None:
    """A slip in a name begins no audit."""
    done = run("audit", tmp_path / "mail.mbx", "--out", tmp_path / "out", "--offline")
    assert done.exit_code == 2
    assert f"there is no {tmp_path / 'mail.mbx'}" in " ".join(done.stderr.split())
    assert not (tmp_path / "out").exists()


def test_an_audit_of_nothing(run: Run, tmp_path: Path) -> None:
    """An input without an address gives a sentence, not the heads of an empty table."""
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("audit", tmp_path / "empty.txt", "--out", tmp_path / "out", "--offline")
    assert done.exit_code == 0
    assert "No site was found to check." in done.stdout
    assert "verdict" not in done.stdout


def test_an_audit_whose_reader_goes_away(tmp_path: Path) -> None:
    """`| head -1` closes the pipe behind an audit that is done: that is no failure of it."""
    (tmp_path / "list.txt").write_text("pills.example\r\nshop.example\r\n")
    command = [*PYTHON, "audit", str(tmp_path / "list.txt"), "--out", str(tmp_path / "out"), "--offline"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert (tmp_path / "out" / "results.jsonl").read_text("utf-8").count("\n") == 2


def test_parquet_is_written_without_a_word(tmp_path: Path) -> None:
    """What the bindings of a library say of our way to end is nothing for people."""
    (tmp_path / "list.txt").write_text("pills.example\n")
    out = str(tmp_path / "out")
    subprocess.run([*PYTHON, "audit", str(tmp_path / "list.txt"), "--out", out, "--offline"], check=True)
    command = [*PYTHON, "results", out, "--format", "parquet", "--output", str(tmp_path / "sites.parquet")]
    assert subprocess.run(command, check=True, capture_output=True).stderr == b""


@pytest.mark.parametrize("command", [("signals",), ("registries",), ("registries", "update", "--check")], ids=" ".join)
def test_tables_in_a_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    """Where the columns do not fit side by side they stand one below another, under the name of the row."""
    heads, *rows = run(*command).stdout.splitlines()
    monkeypatch.setenv("COLUMNS", "40")
    narrow = run(*command).stdout.splitlines()
    assert max(len(line) for line in narrow if line.startswith(" ")) <= 40  # an id is never broken
    names = [row.split()[0] for row in rows if not row.startswith(" ")]
    assert [line for line in narrow if not line.startswith(" ")] == names
    last = re.split(r"  +", heads)[-1]
    assert sum(line.startswith(f"  {last}: ") for line in narrow) == len(names)


def test_a_report_in_a_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 40 columns no line is wider, but an address that cannot be broken."""
    monkeypatch.setenv("COLUMNS", "40")
    shown = run("check", "--replay", CASSETTES / "potenzwelt24.example.warc.gz", "--country", "DE").stdout
    assert [line for line in shown.splitlines() if len(line) > 40 and "https://" not in line] == []


def test_a_port_that_is_in_use() -> None:
    """Who cannot listen is told where, and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*PYTHON, "serve", "--port", str(port), "--workers", "1"], check=False, capture_output=True, text=True
        )
    assert done.returncode == 1
    assert f"nobody can be served at 127.0.0.1, port {port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_is_no_address(run: Run) -> None:
    """Who types a pharmacy's name learns where names are looked up."""
    told = run("check", "docmorris", "--offline").stderr
    assert (
        "“docmorris” is not a web address: it has no dot; to find a pharmacy by its name: pharmcheck registries lookup NAME"
        in told
    )
    assert "lookup" not in run("check", "@pillshop", "--offline").stderr
