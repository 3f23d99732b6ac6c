"""What changed is told completely, in any order of the files, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pharmcheck.model import Kind, Report, SiteKind, Verdict
from pharmcheck.results.changes import Change, Comparison, as_json, as_text
from pharmcheck.results.reports import ResultsError
from tests.report.reports import REASONS, report
from tests.results.audits import SEVERAL, at, hostile, write_audit

OLD = (
    at("same.example", report()),
    at("gone.example", report()),
    at("better.example", report()),
    at("other.example", report(reasons=REASONS[:3])),
    at("riskier.example", report(risk=90)),
)
NEW = (
    at("same.example", report()),
    at("new.example", report()),
    at("better.example", report(verdict=Verdict.UNVERIFIED, risk=17, reasons=())),
    at("other.example", report(reasons=REASONS[1:4])),
    at("riskier.example", report(risk=99)),
)


def changes(folder: Path, old: Iterable[Report], new: Iterable[Report]) -> list[Change]:
    with closing(Comparison(write_audit(folder / "old", old), write_audit(folder / "new", new))) as comparison:
        return list(comparison.changes())


def test_each_change_is_told_once(tmp_path: Path) -> None:
    """New, gone, another verdict, other reasons, another risk; what is as it was is not told."""
    found = {c.site: c for c in changes(tmp_path, OLD, NEW)}
    assert {site: c.kind for site, c in found.items()} == {
        "better.example": "verdict",
        "gone.example": "gone",
        "new.example": "new",
        "other.example": "reasons",
        "riskier.example": "risk",
    }
    assert found["other.example"].came == ("customs-guarantee",)
    assert found["other.example"].went == ("on-official-warning-list",)


def test_order_does_not_matter(tmp_path: Path) -> None:
    """The same files in another order give the same changes."""
    assert changes(tmp_path / "a", OLD, NEW) == changes(tmp_path / "b", reversed(OLD), reversed(NEW))


def test_an_audit_does_not_differ_from_itself(tmp_path: Path) -> None:
    """Neither with sites of every verdict nor with hostile ones."""
    assert changes(tmp_path, (*SEVERAL, hostile()), (hostile(), *SEVERAL)) == []


def test_the_address_that_led_there_does_not_matter(tmp_path: Path) -> None:
    """A site is the same when another of its pages was linked; two pages of one host in one audit are told apart."""
    assert changes(tmp_path / "a", [at("shop.example", report(), "/a")], [at("shop.example", report(), "/b")]) == []
    two = [at("short.example", report(), "/a"), at("short.example", report(), "/b")]
    assert [c.site for c in changes(tmp_path / "b", two, two[:1])] == ["https://short.example/b"]


def test_files_are_as_good_as_folders(tmp_path: Path) -> None:
    """A results.jsonl may be given itself."""
    old, new = write_audit(tmp_path / "old", OLD), write_audit(tmp_path / "new", NEW)
    with closing(Comparison(old / "results.jsonl", new)) as comparison:
        assert len(list(comparison.changes())) == 5


def test_text_and_json_say_the_same(tmp_path: Path) -> None:
    """A line of JSON holds both states; the text names both verdicts."""
    change = next(c for c in changes(tmp_path, OLD, NEW) if c.kind == "verdict")
    saved = json.loads(as_json(change))
    assert (saved["site"], saved["change"]) == ("better.example", "verdict")
    assert (saved["old"]["verdict"], saved["new"]["verdict"]) == ("rogue", "unverified")
    assert saved["went"] == sorted(r.signal for r in REASONS)
    assert as_text(change).startswith("~ better.example: rogue, risk 97 → unverified, risk 17\n    went: ")


def test_a_verdict_without_a_risk_is_told_without_one(tmp_path: Path) -> None:
    """As in a report; a number that nobody is shown is no change either."""
    none = report(verdict=Verdict.NOT_A_PHARMACY, risk=100, kind=Kind(SiteKind.INFORMATION, "an article"))
    (change,) = changes(
        tmp_path / "a", [at("a.example", none)], [at("a.example", replace(none, verdict=Verdict.ROGUE))]
    )
    assert as_text(change) == "~ a.example: not-a-pharmacy → rogue, risk 100\n"
    assert json.loads(as_json(change))["old"]["risk"] is None
    assert changes(tmp_path / "b", [at("a.example", none)], [at("a.example", replace(none, risk=0))]) == []


def test_hostile_names_do_not_act(tmp_path: Path) -> None:
    """No escape sequence of a file that was tampered with reaches the terminal."""
    evil = replace(report(), reasons=(replace(REASONS[0], signal="\x1b[2Jx"),))
    (change,) = changes(tmp_path, [at("a.example", report(reasons=()))], [at("a.example", evil)])
    assert "\x1b" not in as_text(change)
    assert "\\u001b" in as_json(change)


@pytest.mark.parametrize("broken", ["{", "{}", '{"target": 1}'])
def test_damaged_results_are_named(tmp_path: Path, broken: str) -> None:
    """A file that is cut off never makes sites look gone."""
    old, new = write_audit(tmp_path / "old", OLD), write_audit(tmp_path / "new", NEW)
    with (new / "results.jsonl").open("a") as lines:
        lines.write(broken)
    with pytest.raises(ResultsError, match=r"line 6"):
        Comparison(old, new)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    """A folder without an audit is told."""
    with pytest.raises(ResultsError, match="there is no such file"):
        Comparison(tmp_path, tmp_path)
