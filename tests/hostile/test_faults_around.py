"""Folders, clocks, locks, name servers and descriptors that fail us."""

from __future__ import annotations

import ast
import json
import os
import socket
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pharmcheck.audit.store import Job, Store, StoreError
from pharmcheck.capture import CaptureOptions
from pharmcheck.capture.download import DownloadError
from pharmcheck.cli import main
from pharmcheck.model import Verdict
from pharmcheck.pipeline import check, check_replay
from tests.hostile.faults import LONG, ROOT, URL, ran
from tests.register import HOST, Answer, Register
from tests.updating import FRESH, ID, NOW, Make


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file, or a folder of somebody else's, in the way of --out: a sentence that names it. True for root as well."""
    (tmp_path / "file").write_text("")
    (tmp_path / "links.txt").write_text(URL)
    result = CliRunner().invoke(
        main, ["audit", str(tmp_path / "links.txt"), "--offline", "--out", str(tmp_path / "file" / "out")]
    )
    assert result.exit_code == 1
    assert str(tmp_path / "file") in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into any folder")
def test_a_folder_that_is_read_only_is_told(tmp_path: Path, make_registry: Make) -> None:
    """No recording, no update: a sentence each, and the list in use is served."""
    own = make_registry()
    own.data.mkdir()
    own.data.chmod(0o555)
    with Register({"/list.csv": Answer(FRESH)}) as register, pytest.raises(PermissionError):
        own.update(register)
    own.data.chmod(0o755)
    assert own.finds("old1.example")


def test_only_few_places_ask_the_clock() -> None:
    """The time of day enters as an argument: it is asked where a command, a request or a job begins, and nowhere else."""
    asked = set()
    for path in (ROOT / "pharmcheck").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and (
                (
                    node.attr in ("now", "utcnow", "today")
                    and isinstance(node.value, ast.Name)
                    and node.value.id in ("datetime", "date")
                )
                or ast.unparse(node) in ("time.time", "time.time_ns", "time.gmtime", "time.localtime")
            ):
                asked.add(path.relative_to(ROOT / "pharmcheck").parts[0])
    assert asked <= {"cli", "audit", "web", "pipeline.py"}


class _Clock:
    """A clock that jumps: each question gets the next answer, and the last one from then on."""

    def __init__(self, *days: str) -> None:
        self.days = [datetime.fromisoformat(day).replace(tzinfo=UTC) for day in days]

    def now(self, zone: Any = None) -> datetime:
        return self.days.pop(0) if len(self.days) > 1 else self.days[0]

    fromisoformat = staticmethod(datetime.fromisoformat)


@pytest.mark.parametrize("later", ["1970-01-01", "2026-11-02", "2199-12-31"])
def test_a_clock_that_jumps_between_audit_and_resume_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: str
) -> None:
    """An offline audit has one date, that of its begin; what is added later is judged by it, each site once."""
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(f"http://shop{number}.example/\nhttp://shop0.example/\n")
    command = ["audit", "--offline", "--no-summary", "--processes", "1", "--out", str(tmp_path / "out")]
    for number, day, more in ((1, "2026-11-01", []), (2, later, ["--resume"])):
        monkeypatch.setattr("pharmcheck.cli.audit.datetime", _Clock(day))
        result = CliRunner().invoke(main, [*command, str(tmp_path / f"{number}.txt"), *more])
        assert result.exit_code == 0, result.output
    reports = [json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_text().splitlines()]
    assert [r["target"]["domain"] for r in reports] == ["shop0.example", "shop1.example", "shop2.example"]
    assert {r["captured"] for r in reports} == {"2026-11-01T00:00:00Z"}


def test_answers_from_the_future_are_kept_until_they_are_too_old(tmp_path: Path) -> None:
    """A clock that was ahead, and is right again, has nothing checked twice by --max-age."""
    with Store(tmp_path / "state.sqlite") as store:
        store.add_site(Job("a.example", "http://a.example/", "a.example"))
        store.note_report("a.example", {"captured": "2199-01-01T00:00:00Z", "verdict": "unverified"})
        store.forget_before("2026-11-01T00:00:00Z")
        assert store.todo(10) == []


def test_a_state_that_another_audit_holds_is_told_and_stays_as_it_is(tmp_path: Path) -> None:
    """A second audit in the same folder is refused with a sentence; when the first has ended, or was killed, it goes on."""
    path = tmp_path / "state.sqlite"
    with Store(path) as held:
        held.note_read("a.txt", 7, done=False)
        with pytest.raises(StoreError, match="in use by another audit"):
            Store(path)
        assert held.items_read("a.txt") == (7, False)
    with Store(path) as again:
        assert again.items_read("a.txt") == (7, False)


def test_a_state_that_another_program_has_locked_is_not_called_none(tmp_path: Path) -> None:
    """Whatever holds it: the state is not said to be damaged, and nobody is told to begin again."""
    out = tmp_path / "out"
    out.mkdir()
    Store(out / "state.sqlite").__exit__(None, None, None)
    other = sqlite3.connect(out / "state.sqlite", isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    told = ran("killed", 0, "", "audit", "--resume", "--out", out)
    other.close()
    assert told.returncode == 1
    assert "in use by another audit" in told.stderr
    assert "Begin again" not in told.stderr
    assert ran("killed", 0, "", "audit", "--resume", "--no-summary", "--out", out).returncode == 0


@pytest.fixture
def no_dns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every look-up of a name fail, as it does without a network."""

    def refuse(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_dns")
def test_without_name_servers_a_site_is_a_gap_and_never_absent() -> None:
    """It could not be read, and that is said; a register's entry is still told, and decides nothing about the page."""
    options = CaptureOptions(NOW, retries=0)
    unknown = check("shop.example", options=options)
    assert unknown.verdict is Verdict.CANNOT_ASSESS
    assert any("its name servers did not answer" in gap.why for gap in unknown.gaps)
    assert not [f.signal for f in unknown.findings if f.signal.startswith("no-") and f.answer == "present"]


@pytest.mark.usefixtures("no_dns")
def test_without_name_servers_the_old_list_is_served(make_registry: Make) -> None:
    """An update that cannot find its register changes nothing."""
    from pharmcheck.refresh.update import update

    own = make_registry()
    with pytest.raises(DownloadError, match=f"{HOST} could not be found in the DNS"):
        update(ID, CaptureOptions(NOW, retries=0), lambda *_: None)
    assert own.finds("old1.example")


@pytest.mark.parametrize("left", range(1, 24) if LONG else (1, 2, 4, 7, 12))
def test_out_of_descriptors_a_check_ends_with_a_report_or_a_sentence(
    shop: list[str], tmp_path: Path, left: int
) -> None:
    """Never a traceback; a report names what could not be asked, and a recording is whole or not there."""
    file = tmp_path / "shop.warc.gz"
    done = ran("starved", "descriptors", left, *shop, "--record", file)
    assert done.returncode in (1, 20, 30), done.stderr
    assert "Traceback" not in done.stderr
    assert "should not have happened" not in done.stderr
    if done.returncode == 1:
        assert "Too many open files" in done.stderr
    else:
        report = json.loads(done.stdout)
        assert report["verdict"] == {20: "rogue", 30: "cannot-assess"}[done.returncode]
        assert report["gaps"]
    if file.exists():
        assert check_replay(file).as_dict() == json.loads(done.stdout)
