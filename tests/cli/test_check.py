"""`pharmcheck check`: options, exit codes, what goes to stdout, stderr and files."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.capture import ArchiveError
from pharmcheck.cli.jobs import exit_code
from pharmcheck.cli.output import colors_wanted, write
from pharmcheck.model import Report, Verdict
from pharmcheck.report.verdicts import POINTS_TO_A_SELLER, VERDICTS
from tests.cli.conftest import Run
from tests.report.reports import EVERY_VERDICT, report

Judged = Callable[[dict[str, Report | Exception]], list[tuple[str, Any]]]

BY_VERDICT = {str(r.verdict): r for r in EVERY_VERDICT}
CODES = {
    "legitimate": 0,
    "unverified": 0,
    "not-a-pharmacy": 0,
    "intermediary": 10,
    "suspicious": 10,
    "rogue": 20,
    "cannot-assess": 30,
}


@pytest.mark.parametrize("verdict", list(Verdict))
def test_exit_code_by_verdict(run: Run, judged: Judged, verdict: Verdict) -> None:
    """Each verdict has its documented exit code."""
    judged({"pills.example": BY_VERDICT[verdict]})
    assert run("check", "pills.example").exit_code == CODES[verdict]


@pytest.mark.parametrize(
    ("codes", "worst"),
    [((), 0), ((0, 30), 30), ((30, 2), 2), ((2, 10), 10), ((10, 30, 0), 10), ((30, 20, 10), 20), ((20, 1, 30), 1)],
)
def test_gravest_exit_code(codes: tuple[int, ...], worst: int) -> None:
    """With several targets the gravest counts; a site that could not be judged hides no warning about another."""
    assert exit_code(codes) == worst


def test_several_targets(run: Run, judged: Judged) -> None:
    """Reports stand one after another, with a closing table; the exit code is the gravest."""
    judged({"a.example": BY_VERDICT["cannot-assess"], "b.example": BY_VERDICT["suspicious"]})
    result = run("check", "a.example", "b.example")
    assert result.exit_code == 10
    assert result.stdout.index("Could not be judged") < result.stdout.index("Do not buy before you have checked")
    assert len(result.stdout.splitlines()[-2:]) == 2
    assert result.stdout.splitlines()[-1].startswith("▲ pills.example   70")
    assert result.stderr == ""


def test_json_is_one_object_or_an_array(run: Run, judged: Judged) -> None:
    """One target gives an object, several an array; nothing else is on stdout."""
    judged({"a.example": report(), "b.example": report()})
    assert json.loads(run("check", "a.example", "--format", "json").stdout)["verdict"] == "rogue"
    assert len(json.loads(run("check", "a.example", "b.example", "--format", "json").stdout)) == 2


def test_one_failure_costs_no_other_report(run: Run, judged: Judged) -> None:
    """A target that we fail on is told on stderr in a sentence, the others are reported, and the exit code is 1."""
    judged({"a.example": ArchiveError("the record is cut off"), "b.example": report()})
    result = run("check", "a.example", "b.example", "--format", "json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)) == 1
    assert result.stderr == "a.example: the record is cut off\n"


def test_unforeseen_failure_is_a_sentence(run: Run, judged: Judged) -> None:
    """What we did not foresee asks for a report of it, without traceback; with -v the traceback is there."""
    judged({"a.example": KeyError("\x1b[31mboom")})
    result = run("check", "a.example")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Please report this" in result.stderr
    assert "Traceback" not in result.stderr
    assert "\x1b" not in result.stderr
    assert "Traceback" in run("check", "a.example", "-v").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", "ftp://pills.example"),
        ("check", "good.example", "not an address"),
        ("check", "pills.example", "--offline", "--record", "x.warc.gz"),
        ("check", "pills.example", "--offline", "--live-registries"),
        ("check", "--replay", __file__, "--live-registries"),
        ("check", "pills.example", "--country", "Germany"),
        ("check", "pills.example", "--connect-to", "nonsense"),
        ("check", "pills.example", "--timeout", "0"),
        ("check", "pills.example", "--max-pages", "5000"),
        ("check", "pills.example", "--format", "xml"),
        ("check", "pills.example", "--output", "/no/such/folder/report.txt"),
        ("check", "--replay", "missing.warc.gz"),
        ("check", "--html", __file__),
        ("check", "--url", "https://pills.example"),
        ("check", "--html", __file__, "--url", "https://pills.example", "other.example"),
        ("check", "--html", __file__, "--url", "https://pills.example", "--replay", __file__),
        ("check", "a.example", "b.example", "--record", "x.warc.gz"),
        ("check", "a.example", "--record", "x.warc.gz", "--output", "./x.warc.gz"),
        ("check", "--replay", __file__, "--output", __file__),
        ("check", "--html", __file__, "--url", "https://pills.example", "--output", __file__),
        ("nonsense",),
    ],
    ids=" ".join,
)
def test_wrong_usage(run: Run, judged: Judged, arguments: tuple[str, ...]) -> None:
    """Wrong usage is refused in a sentence with exit code 2, before any site is asked."""
    asked = judged({})
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error:" in result.stderr
    assert result.stdout == ""
    assert asked == []


@pytest.mark.parametrize("target", ["foo", "ftp://pills.example/foo", "x" * 5_000 + "foo"])
def test_what_is_no_address_is_named_once(run: Run, judged: Judged, target: str) -> None:
    """The sentence shows what was typed, shortened where it is long, and does not repeat it."""
    judged({})
    said = run("check", target).stderr.partition("Error: ")[2]
    assert said.count("foo") + said.count("…") == 1
    assert len(said) < 200


def test_options_reach_the_capture(run: Run, judged: Judged, tmp_path: Path) -> None:
    """Limits, countries and the record's place are handed on; UK means GB, and a country counts once."""
    asked = judged({"pills.example": report()})
    record = tmp_path / "site.warc.gz"
    arguments = ["--country", "uk", "--country", "GB", "--country", "de", "--timeout", "5", "--max-pages", "3"]
    run("check", "pills.example", *arguments, "--connect-to", "pills.example:443:127.0.0.1:8443", "--record", record)
    ((_, given),) = asked
    assert given["countries"] == ("GB", "DE")
    options = given["options"]
    assert (options.timeout_s, options.max_pages, options.record) == (5, 3, record)
    assert options.connect_to == ("pills.example:443:127.0.0.1:8443",)
    assert options.now.tzinfo
    assert not options.live_registries
    run("check", "pills.example", "--live-registries")
    assert asked[-1][1]["options"].live_registries


def test_sources(run: Run, judged: Judged, tmp_path: Path) -> None:
    """A saved capture, a saved page and the offline check are judged without the capture."""
    saved = tmp_path / "saved.html"
    saved.write_text("<p>page</p>")
    asked = judged({"saved.html": report(), "https://pills.example/a": report(), "pills.example": report()})
    assert run("check", "--replay", saved).exit_code == 20
    assert run("check", "--html", saved, "--url", "https://pills.example/a").exit_code == 20
    assert run("check", "pills.example", "--offline").exit_code == 20
    assert [key for key, _ in asked] == ["saved.html", "https://pills.example/a", "pills.example"]
    assert all("options" not in given for _, given in asked)


@pytest.mark.parametrize("fmt", ["text", "json", "html", "markdown"])
def test_output_file(run: Run, judged: Judged, tmp_path: Path, fmt: str) -> None:
    """--output writes the whole report as UTF-8 and leaves nothing else, on stdout or in the folder."""
    judged({"pills.example": report()})
    target = tmp_path / "report.out"
    target.write_text("older")
    result = run("check", "pills.example", "--format", fmt, "--output", target)
    assert (result.exit_code, result.stdout) == (20, "")
    assert "pills.example" in target.read_text(encoding="utf-8")
    assert "older" not in target.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["report.out"]


def test_failed_report_leaves_the_older_file(run: Run, judged: Judged, tmp_path: Path) -> None:
    """When the check fails, the file of an earlier report is still whole."""
    judged({"pills.example": ArchiveError("cut off")})
    target = tmp_path / "report.out"
    target.write_text("older")
    assert run("check", "pills.example", "--output", target).exit_code == 1
    assert target.read_text() == "older"


def test_output_to_a_device(run: Run, judged: Judged) -> None:
    """A device is written to, never replaced."""
    judged({"pills.example": report()})
    assert run("check", "pills.example", "--output", "/dev/null").exit_code == 20
    assert not Path("/dev/null").is_file()


def test_no_progress_where_nobody_watches(run: Run, judged: Judged) -> None:
    """Without a terminal stderr stays empty; -v tells what is done there."""
    judged({"pills.example": report()})
    assert run("check", "pills.example").stderr == ""
    assert run("check", "pills.example", "-v").stderr == "pills.example: checking\n"


def test_no_color_where_nobody_watches(run: Run, judged: Judged) -> None:
    """Without a terminal no escape sequence is printed."""
    judged({"pills.example": report()})
    assert "\x1b" not in run("check", "pills.example").stdout


@pytest.mark.parametrize(
    ("option", "variables", "wanted"),
    [
        (False, {}, True),
        (True, {}, False),
        (False, {"NO_COLOR": "1"}, False),
        (False, {"NO_COLOR": ""}, True),
        (False, {"TERM": "dumb"}, False),
    ],
)
def test_colors(monkeypatch: pytest.MonkeyPatch, option: bool, variables: dict[str, str], wanted: bool) -> None:
    """On a terminal colours are on, unless --no-color, NO_COLOR (when not empty) or a dumb terminal says no."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert colors_wanted(option) is wanted


def test_explain(run: Run, judged: Judged) -> None:
    """--explain adds the signals that did not fire or could not be answered."""
    judged({"pills.example": report()})
    assert "no-prescription-intake" not in run("check", "pills.example").stdout
    assert "no-prescription-intake" in run("check", "pills.example", "--explain").stdout


def test_help_tells_the_exit_codes(run: Run) -> None:
    """The help has examples and the table of exit codes."""
    shown = run("check", "--help").stdout
    assert "Examples:" in shown
    assert all(f"{code:>2}  " in shown for code in (0, 1, 2, 10, 20, 30))


@pytest.mark.parametrize(
    "other", [["--offline"], ["--replay", "x.warc.gz"], ["--html", "x.html", "--url", "pills.example"]]
)
def test_render_needs_the_network(run: Run, judged: Any, tmp_path: Path, other: list[str]) -> None:
    """--render is for live checks; what a recording holds of it is replayed without being asked for."""
    asked = judged({"pills.example": report()})
    files = [str(tmp_path / word) if "." in word and word.startswith("x") else word for word in other]
    for word in files:
        if word.startswith(str(tmp_path)):
            Path(word).write_text("x")
    target = [] if len(other) > 1 else ["pills.example"]
    result = run("check", *target, *files, "--render")
    assert result.exit_code == 2
    assert "--render runs the scripts of pages from the network" in result.stderr
    assert asked == []
    assert run("check", "pills.example", "--render").exit_code == 20
    assert asked[0][1]["options"].render is True


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-1", "cp1252"])
def test_marks_of_an_output_without_signs(encoding: str, tmp_path: Path) -> None:
    """Where the output cannot hold a verdict's sign, an own mark of ASCII stands for it, and none is taken for another."""
    marks = set()
    for wording in (*VERDICTS.values(), POINTS_TO_A_SELLER):
        out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        with redirect_stdout(out):
            write(f"{wording.symbol} pills.example: Büro\n")
        line = out.buffer.getvalue().decode(encoding)
        assert line.rstrip().endswith("pills.example: Buro" if encoding == "ascii" else "pills.example: Büro")
        marks.add(line.split()[0])
    assert len(marks) == len(VERDICTS) + 1
    assert all(mark.isascii() or encoding == "cp1252" for mark in marks)
