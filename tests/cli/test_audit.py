"""`pharmcheck audit` writes its results, goes on by --resume, and refuses what contradicts itself."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

CASSETTES = Path(__file__).resolve().parents[2] / "cassettes"


def test_offline_audit_and_resume(run: Run, tmp_path: Path) -> None:
    """One report a line; more inputs are added by --resume, and what is known stays."""
    (tmp_path / "a.txt").write_text("see http://pills.example/")
    (tmp_path / "b.txt").write_text("see http://tabs.example/ and t.me/vendor7")
    out = tmp_path / "out"
    first = run("audit", tmp_path / "a.txt", "--out", out, "--offline")
    assert first.exit_code == 0, first.stderr
    assert "cannot-assess  1" in first.stdout
    again = run("audit", tmp_path / "b.txt", "--out", out, "--resume")
    assert again.exit_code == 0, again.stderr
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    assert [line["target"]["domain"] for line in lines] == ["pills.example", "tabs.example"]
    assert "telegram:vendor7" in (out / "links.csv").read_text("utf-8")


def test_from_warc(run: Run, tmp_path: Path) -> None:
    """Recordings are judged without a network."""
    done = run("audit", CASSETTES / "potenzwelt24.example.warc.gz", "--out", tmp_path / "out", "--from-warc")
    assert done.exit_code == 0, done.stderr
    assert json.loads((tmp_path / "out" / "results.jsonl").read_text("utf-8"))["verdict"] == "rogue"


def test_a_recording_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    """The others are judged."""
    done = run(
        "audit",
        tmp_path / "no.warc",
        CASSETTES / "potenzwelt24.example.warc.gz",
        "--out",
        tmp_path / "out",
        "--from-warc",
    )
    assert done.exit_code == 0, done.stderr
    assert "there is no such file" in (tmp_path / "out" / "unread.csv").read_text("utf-8")
    assert "1 inputs or messages could not be read" in done.stdout


def test_a_folder_that_holds_an_audit_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    """Neither by another audit nor by one of another kind."""
    (tmp_path / "a.txt").write_text("see http://pills.example/")
    assert run("audit", tmp_path / "a.txt", "--out", tmp_path / "out", "--offline").exit_code == 0
    refused = run("audit", tmp_path / "a.txt", "--out", tmp_path / "out", "--offline")
    assert refused.exit_code == 2
    assert "--resume" in refused.stderr
    assert run("audit", "--out", tmp_path / "out", "--resume", "--from-warc").exit_code == 2


def test_wrong_usage_is_told(run: Run, tmp_path: Path) -> None:
    """No input, nothing to resume, two ways at once."""
    assert "give an INPUT" in run("audit", "--out", tmp_path / "new").stderr
    assert "no audit" in run("audit", "--out", tmp_path / "new", "--resume").stderr
    assert "only one" in run("audit", "x", "--out", tmp_path / "new", "--offline", "--from-warc").stderr
    assert "needs --engine dask" in run("audit", "x", "--out", tmp_path / "new", "--scheduler", "tcp://a:1").stderr
    assert not (tmp_path / "new").exists()
