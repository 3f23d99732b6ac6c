"""`pharmcheck results` and `pharmcheck diff` write what an audit found, and say what they cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.results.audits import SEVERAL, network, write_audit

CASSETTES = Path(__file__).resolve().parents[2] / "cassettes"


@pytest.mark.parametrize(
    ("fmt", "start"),
    [
        ("csv", "site,host,"),
        ("jsonl", '{"schema": "pharmcheck/report/1"'),
        ("stix", '{"type": "bundle"'),
        ("misp", '{"Event": '),
        ("hosts", "# Sites"),
        ("rpz", "; Sites"),
    ],
)
def test_each_format_is_printed_or_written(run: Run, tmp_path: Path, fmt: str, start: str) -> None:
    """What is printed is what the file holds."""
    audit = write_audit(tmp_path / "audit", SEVERAL, [network("site3.example", "site4.example")])
    printed = run("results", audit, "--format", fmt)
    assert printed.exit_code == 0, printed.stderr
    assert printed.stdout.startswith(start)
    assert run("results", audit, "--format", fmt, "--output", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out").read_text("utf-8") == printed.stdout


def test_folders_and_binary_need_a_place(run: Run, tmp_path: Path) -> None:
    """Parquet and packets are not printed."""
    audit = write_audit(tmp_path / "audit", SEVERAL)
    for fmt in ("parquet", "packets"):
        refused = run("results", audit, "--format", fmt)
        assert refused.exit_code == 2
        assert "needs --output" in refused.stderr
        assert run("results", audit, "--format", fmt, "--out", tmp_path / fmt).exit_code == 0
    assert (tmp_path / "parquet").read_bytes()[:4] == b"PAR1"
    assert len(list((tmp_path / "packets").iterdir())) == 1


def test_a_file_in_a_folder_that_is_not_there_is_refused_before_the_work(run: Run, tmp_path: Path) -> None:
    """With the name of that folder; packets make theirs."""
    audit = write_audit(tmp_path / "audit", SEVERAL)
    for refused in (
        run("results", audit, "--output", tmp_path / "no" / "sites.csv"),
        run("networks", audit, "--output", tmp_path / "no" / "networks.json"),
    ):
        assert refused.exit_code == 2
        assert f"there is no folder '{tmp_path / 'no'}'" in refused.stderr
    assert run("results", audit, "--format", "packets", "--output", tmp_path / "no" / "packets").exit_code == 0


def test_a_folder_without_an_audit_is_told(run: Run, tmp_path: Path) -> None:
    """In a sentence, with what to do."""
    told = run("results", tmp_path)
    assert told.exit_code == 1
    assert "Give the folder that" in told.stderr


def test_an_audit_ends_with_its_summary(run: Run, tmp_path: Path) -> None:
    """By default there is summary.html; --no-summary leaves it out, and `results --format html` writes it later."""
    recording, out = CASSETTES / "potenzwelt24.example.warc.gz", tmp_path / "out"
    assert run("audit", recording, "--from-warc", "--out", out, "--no-summary").exit_code == 0
    assert not (out / "summary.html").exists()
    assert run("results", out, "--format", "html").exit_code == 0
    before = (out / "summary.html").read_bytes()
    assert b"potenzwelt24.example" in before
    assert run("audit", "--out", out, "--resume").exit_code == 0
    assert (out / "summary.html").read_bytes() == before


def test_diff_of_two_audits(run: Run, tmp_path: Path) -> None:
    """Text ends with counts; JSON is an object a line; nothing changed is said."""
    old, new = write_audit(tmp_path / "old", SEVERAL[:5]), write_audit(tmp_path / "new", SEVERAL[1:])
    told = run("diff", old, new)
    assert told.exit_code == 0, told.stderr
    assert "- site0.example: was legitimate, risk 0" in told.stdout
    assert "Changes: 2 new, 1 gone" in told.stdout
    found = [json.loads(line) for line in run("diff", old, new, "--format", "json").stdout.splitlines()]
    assert [(c["site"], c["change"]) for c in found] == [
        ("site0.example", "gone"),
        ("site5.example", "new"),
        ("site6.example", "new"),
    ]
    assert run("diff", old, old / "results.jsonl").stdout == "Nothing changed.\n"
    assert "there is no such file" in run("diff", old, tmp_path).stderr
