"""`pharmcheck links` prints what inputs promote, in three forms, and what it could not read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from click.testing import CliRunner

from pharmcheck.audit.links import FIELDS
from pharmcheck.cli import main
from tests.audit.letters import mail
from tests.cli.conftest import Run


def test_text_shows_who_is_promoted_and_defangs(run: Run, tmp_path: Path) -> None:
    """One line for each; what is left out is shown with --all, and nothing can be clicked."""
    (tmp_path / "a.eml").write_bytes(mail("http://pills.example/buy http://www.cnn.com/"))
    shown = run("links", tmp_path)
    assert shown.exit_code == 0
    assert shown.stdout == "a.eml: pills.example  hxxp://pills[.]example/buy\n"
    assert "left out: a well-known site" in run("links", tmp_path, "--all").stdout


def test_json_is_a_line_each(run: Run, tmp_path: Path) -> None:
    """With what is left out, and why."""
    (tmp_path / "a.txt").write_text("hxxp://pills[.]example https://bit.ly/abc")
    lines = [json.loads(line) for line in run("links", tmp_path / "a.txt", "--format", "json").stdout.splitlines()]
    assert [(line["identity"], line["left_out"]) for line in lines] == [
        ("pills.example", None),
        ("bit.ly", "unresolved redirector"),
    ]
    assert lines[0]["undone"] == ["scheme", "dot"]


def test_csv_is_that_of_an_audit_and_runs_no_formula(run: Run, tmp_path: Path) -> None:
    """It has the columns of links.csv; a cell that a spreadsheet could take for a formula has an apostrophe before it."""
    (tmp_path / "a.html").write_text("<a href=http://pills.example>=cmd()</a>")
    rows = list(csv.DictReader(io.StringIO(run("links", tmp_path / "a.html", "--format", "csv").stdout)))
    assert tuple(rows[0]) == FIELDS
    assert rows[0]["identity"] == "pills.example"
    assert rows[0]["anchor"] == "'=cmd()"


def test_standard_input() -> None:
    """`-` reads it."""
    result = CliRunner().invoke(main, ["links", "-"], input=b"buy at pills[.]example/now today")
    assert result.stdout == "stdin: pills.example  hxxp://pills[.]example/now  (dot)\n"


def test_what_cannot_be_read_is_told_and_the_rest_is_read(run: Run, tmp_path: Path) -> None:
    """A sentence on stderr, exit code 1, and the links of the others."""
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "b.txt").write_text("see http://pills.example/")
    result = run("links", tmp_path)
    assert result.exit_code == 1
    assert "a.zip: this ZIP cannot be read" in result.stderr
    assert "pills.example" in result.stdout


def test_a_shop_that_is_only_named_is_a_line(run: Run, tmp_path: Path) -> None:
    """Its name, and no address."""
    (tmp_path / "a.txt").write_text("Cheap Tramadol without prescription, just google Zorbi Meds")
    assert run("links", tmp_path).stdout == "a.txt: name:zorbi meds\n"


def test_a_picture_that_was_not_looked_through_is_told(run: Run, tmp_path: Path) -> None:
    """On stderr, by file and part; the run has not failed for that."""
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    result = run("links", tmp_path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "a.png: not all pictures were looked through for QR codes: 1 image, it is no picture that is read: PNG, JPEG, GIF or WebP\n"
    )


def test_control_characters_do_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    """Whatever a mail writes."""
    (tmp_path / "a.txt").write_bytes(b"\x1b]0;x\x07 http://pills.example/\x1b[2J")
    assert "\x1b" not in run("links", tmp_path / "a.txt").stdout
