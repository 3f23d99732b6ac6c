"""`pharmcheck audit` writes its results, goes on by --resume, and refuses what contradicts itself."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.audit.drawn import code, saved
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


def test_standard_input_may_be_given_again(run: Run, tmp_path: Path) -> None:
    """What it says is added to what it said before, and not counted twice; without it nothing is awaited."""
    out = tmp_path / "out"
    assert run("audit", "-", "--out", out, "--offline", input="http://a.example/\nhttp://b.example/\n").exit_code == 0
    again = run("audit", "-", "--out", out, "--resume", input="http://a.example/\nhttp://c.example/\n")
    assert "cannot-assess  3" in again.stdout
    assert run("audit", "--out", out, "--resume").stdout == again.stdout
    assert (out / "links.csv").read_text("utf-8").count("\n") == 4


def test_who_has_no_site_is_listed_and_not_checked(run: Run, tmp_path: Path) -> None:
    """A name alone stands in links.csv and in the summary, with no report; so does a picture that was passed over."""
    folder, out = tmp_path / "spam", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("Tramadol without prescription. Order from dosepharmacy today!")
    (folder / "b.png").write_bytes(saved(code("https://pills.example/")))
    (folder / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    done = run("audit", folder, "--out", out, "--offline")
    assert done.exit_code == 0, done.stderr
    rows = {row["identity"]: row for row in csv.DictReader(io.StringIO((out / "links.csv").read_text("utf-8")))}
    assert (rows["name:dosepharmacy"]["host"], rows["name:dosepharmacy"]["left_out"]) == ("", "")
    assert rows["pills.example"]["undone"] == "qr"
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    assert [line["target"]["domain"] for line in lines] == ["pills.example"]
    assert "name:dosepharmacy" in (out / "summary.html").read_text("utf-8")
    assert 'c.png,,"not all pictures' in (out / "unread.csv").read_text("utf-8")


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
    assert "1 input or message could not be read, or not all of it" in done.stdout


def test_a_folder_that_holds_an_audit_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    """Neither by another audit nor by one of another kind."""
    (tmp_path / "a.txt").write_text("see http://pills.example/")
    assert run("audit", tmp_path / "a.txt", "--out", tmp_path / "out", "--offline").exit_code == 0
    refused = run("audit", tmp_path / "a.txt", "--out", tmp_path / "out", "--offline")
    assert refused.exit_code == 2
    assert "--resume" in refused.stderr
    assert run("audit", "--out", tmp_path / "out", "--resume", "--from-warc").exit_code == 2


def test_an_audit_goes_on_as_it_was_begun(run: Run, tmp_path: Path) -> None:
    """Other options for the sites that are left are refused with those of the first run; how it is done here may be another."""
    (tmp_path / "a.txt").write_text("see http://pills.example/")
    given = ("--country", "DE", "--country", "AT", "--max-pages", "3", "--timeout", "2.5")
    assert run("audit", tmp_path / "a.txt", "--out", tmp_path / "out", "--offline", *given).exit_code == 0
    for other, begun in {
        ("--country", "FR"): "with --country DE --country AT;",
        ("--max-pages", "14"): "with --max-pages 3;",
        ("--timeout", "10"): "with --timeout 2.5;",
        ("--no-evidence",): "without --no-evidence;",
        ("--render",): "without --render;",
        ("--connect-to", "::127.0.0.1:1"): "without --connect-to;",
    }.items():
        refused = run("audit", "--out", tmp_path / "out", "--resume", *other)
        assert refused.exit_code == 2
        assert f"this audit was begun {begun} begin another with another --out" in " ".join(refused.stderr.split())
    assert run("audit", "--out", tmp_path / "out", "--resume", *given, "--processes", "1").exit_code == 0


def test_what_is_left_is_checked_as_it_was_begun(run: Run, tmp_path: Path) -> None:
    """Countries, and the column of each table, hold for what is read later."""
    table, more, out = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "out"
    head = "seen,goes to,by\n"
    table.write_text(f"{head}http://x.example/,http://a.example/,1\n")
    more.write_text(f"{head}http://b.example/,http://y.example/,1\n")
    assert run("audit", table, "--out", out, "--offline", "--country", "DE", "--column", "goes to").exit_code == 0
    table.write_text(f"{table.read_text()}http://x.example/,http://c.example/,2\n")
    assert run("audit", more, "--out", out, "--resume", "--column", "seen").exit_code == 0
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    assert [line["target"]["host"] for line in lines] == ["a.example", "b.example", "c.example"]
    assert [[buyer["country"] for buyer in line["buyers"]] for line in lines] == [["DE"]] * 3


def test_wrong_usage_is_told(run: Run, tmp_path: Path) -> None:
    """No input, nothing to resume, two ways at once."""
    assert "give an INPUT" in run("audit", "--out", tmp_path / "new").stderr
    assert "no audit" in run("audit", "--out", tmp_path / "new", "--resume").stderr
    assert "only one" in run("audit", "x", "--out", tmp_path / "new", "--offline", "--from-warc").stderr
    assert "needs --engine dask" in run("audit", "x", "--out", tmp_path / "new", "--scheduler", "tcp://a:1").stderr
    assert not (tmp_path / "new").exists()


def test_an_audit_of_nothing_but_missing_files_is_refused(run: Run, tmp_path: Path) -> None:
    """With their names, before anything is written; one beside others is a line in unread.csv, also when all went since."""
    there, out = tmp_path / "a.txt", tmp_path / "new"
    there.write_text("see http://pills.example/")
    for kind in ("--offline", "--from-warc"):
        refused = run("audit", tmp_path / "no.mbox", tmp_path / "no.zip", "--out", out, kind)
        assert refused.exit_code == 2
        assert f"there is no {tmp_path / 'no.mbox'}, and no {tmp_path / 'no.zip'}" in " ".join(refused.stderr.split())
        assert not out.exists()
    assert run("audit", tmp_path / "no.mbox", there, "--out", out, "--offline").exit_code == 0
    assert "no.mbox,,this file cannot be opened" in (out / "unread.csv").read_text("utf-8")
    there.unlink()
    assert run("audit", there, "--out", out, "--resume").exit_code == 0


def test_render_needs_the_network(run: Run, tmp_path: Path) -> None:
    """Neither an audit of names nor one of recordings runs scripts."""
    for other in ("--offline", "--from-warc"):
        refused = run("audit", "x", "--out", tmp_path / "new", "--render", other)
        assert refused.exit_code == 2
        assert "--render runs scripts of pages from the network" in refused.stderr
