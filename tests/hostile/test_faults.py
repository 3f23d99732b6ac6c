"""What the machine does to us: it dies, its disk is full, its clock jumps, its name servers and descriptors are gone.

Each fault ends with a sentence or a gap; nothing is lost, nothing doubled, nothing half. PHARMCHECK_GAUNTLET=long tries
100 points of death and every number of descriptors in place of a few.
"""

from __future__ import annotations

import ast
import asyncio
import errno
import json
import os
import random
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pharmcheck.audit.store import Job, Store, StoreError
from pharmcheck.audit.worker import OwnFaultError, Settings, check_job
from pharmcheck.capture import CaptureOptions
from pharmcheck.capture.download import DownloadError
from pharmcheck.cli import main
from pharmcheck.model import Verdict
from pharmcheck.pipeline import check, check_replay
from tests.loopback import Loopback
from tests.register import HOST, Answer, Register
from tests.updating import FRESH, ID, NOW, Make

ROOT = Path(__file__).resolve().parents[2]
LONG = os.environ.get("PHARMCHECK_GAUNTLET") == "long"
DEATHS = 100 if LONG else 5
SEED = 20261122
URL = "http://shop.example/"
SHOP = "<title>Pills</title><h1>Buy Viagra without prescription</h1><p>Viagra 100 mg $1.99 <a href=/cart>Add to cart</a><p>{}"
DEAD = -9
LAST = 60


def ran(module: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, as `killed` or `starved`."""
    command = [sys.executable, "-m", f"tests.hostile.{module}", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)


def points(touches: int) -> list[int]:
    """Return when to die: anywhere, and as often among the last touches, where files are put in their places."""
    anywhere = random.Random(SEED).sample(range(1, touches - LAST), DEATHS // 2)
    return sorted([*anywhere, *random.Random(SEED).sample(range(touches - LAST, touches), DEATHS - DEATHS // 2)])


def touches_of(done: subprocess.CompletedProcess[str]) -> int:
    assert "touches" in done.stderr, done.stderr
    return int(done.stderr.rpartition("touches ")[2])


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[list[str]]:
    """Serve a shop on loopback; yields the arguments of a check of it."""
    (tmp_path / "sites" / "shop.example").mkdir(parents=True)
    for name in ("index", "faq", "contact"):
        (tmp_path / "sites" / "shop.example" / f"{name}.html").write_text(SHOP.format(f"<a href=/faq>{name}</a>" * 200))
    with Loopback(tmp_path / "sites", NOW) as server:
        rules = [part for rule in server.connect_to for part in ("--connect-to", rule)]
        yield ["check", URL, "--no-vantage", "--format", "json", *rules]


# Death


def test_killed_while_recording_the_file_is_whole_or_not_there(shop: list[str], tmp_path: Path) -> None:
    """kill -9 at any touch of the disk: an older recording stays, a new one is whole, and the next check makes it."""
    file = tmp_path / "shop.warc.gz"
    command = [*shop, "--record", file]
    assert ran("killed", 0, "", *command).returncode == 20  # builds the index of the registers
    first = ran("killed", 0, "", *command)
    verdict, deaths = check_replay(file).verdict, 0
    for point in points(touches_of(first)):
        deaths += (
            ran("killed", point, "", *command).returncode == DEAD
        )  # a few touches more or less each time: it is live
        assert check_replay(file).verdict is verdict
    assert deaths
    file.unlink()
    assert ran("killed", touches_of(first) // 2, "", *command).returncode == DEAD
    assert not file.exists()
    assert ran("killed", 0, "", *command).returncode == 20
    assert check_replay(file).verdict is verdict


def test_killed_while_auditing_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """kill -9 at any touch of disk or state: --resume ends with the sites and links of an audit that nobody killed."""
    source = tmp_path / "links.txt"
    source.write_text("".join(f"http://shop{n % 12}.example/{n}\n" for n in range(24)))
    begin = ["audit", source, "--offline", "--no-summary", "--processes", "1", "--out"]
    whole = tmp_path / "whole"
    touches = touches_of(ran("killed", 0, "", *begin, whole))
    for point in points(touches):
        out = tmp_path / f"out{point}"
        assert ran("killed", point, "", *begin, out).returncode in (DEAD, 0)
        resumed = ran("killed", 0, "", *begin, out, "--resume")
        assert resumed.returncode == 0, resumed.stderr
        assert _sites(out) == _sites(whole)
        assert (out / "links.csv").read_bytes() == (whole / "links.csv").read_bytes()
        assert not [path.name for path in out.iterdir() if path.is_dir()]


def _sites(out: Path) -> list[tuple[str, str, int]]:
    reports = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    return [(r["target"]["domain"], r["verdict"], r["risk"]) for r in reports]


def test_killed_while_updating_a_whole_list_is_served(make_registry: Make) -> None:
    """kill -9 at any touch of the disk: the old list or the new one, never less, and the next update succeeds."""
    own = make_registry()
    body = {day: FRESH.replace(b"new1.", b"day%d." % day) for day in range(DEATHS + 2)}
    command = ["registries", "update", ID]
    with Register({"/list.csv": Answer(body[0])}) as register:
        rules = [part for rule in register.connect_to for part in ("--connect-to", rule)]
        first = ran("killed", 0, own.shipped, *command, *rules)
        assert first.returncode == 0, first.stderr
        for day, point in enumerate(points(touches_of(first)), 1):
            before = own.sites()[0]
            register.answers["/list.csv"] = Answer(body[day])
            assert ran("killed", point, own.shipped, *command, *rules).returncode in (DEAD, 0)
            assert own.sites()[0] in (before, f"day{day}.example")
            assert len(own.sites()) == 5
        register.answers["/list.csv"] = Answer(body[DEATHS + 1])
        assert ran("killed", 0, own.shipped, *command, *rules).returncode == 0
    assert own.sites()[0] == f"day{DEATHS + 1}.example"


# A full disk, and folders that may not be written


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_report_that_cannot_be_written_is_told() -> None:
    """To a full device: a sentence, and the exit code of our failure."""
    recording = ROOT / "cassettes" / "potenzwelt24.example.warc.gz"
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "pharmcheck", "check", "--replay", str(recording)]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "pharmcheck: No space left on device\n")
    told = ran("killed", 0, "", "check", "--replay", recording, "--output", "/dev/full")
    assert told.returncode == 1
    assert told.stderr.startswith("/dev/full: No space left on device\n")


@pytest.mark.parametrize("room", [0, 1_000])
def test_a_recording_that_does_not_fit_leaves_the_older_one(shop: list[str], tmp_path: Path, room: int) -> None:
    """The disk is full: a sentence, exit code 1, the older file as it was, and no scraps."""
    file = tmp_path / "evidence" / "shop.warc.gz"
    file.parent.mkdir()
    file.write_bytes(b"older")
    full = ran("starved", "bytes", room, *shop, "--record", file)
    assert (full.returncode, full.stderr.count("\n")) == (1, 1), full.stderr
    assert "File too large" in full.stderr
    assert [(path.name, path.read_bytes()) for path in file.parent.iterdir()] == [(file.name, b"older")]


def test_an_update_that_does_not_fit_leaves_the_older_list(make_registry: Make) -> None:
    """The disk is full: the list in use stays, and it is said."""
    own = make_registry()
    with Register({"/list.csv": Answer(FRESH)}) as register:
        own.update(register)
        held = own.sites()
        register.answers["/list.csv"] = Answer(FRESH.replace(b"new1.", b"newer."))
        rules = [part for rule in register.connect_to for part in ("--connect-to", rule)]
        script = "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); runpy.run_module('tests.hostile.killed', run_name='__main__')"
        command = [sys.executable, "-c", script, "0", str(own.shipped), "registries", "update", ID, *rules]
        full = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert full.returncode == 1
    assert "File too large" in full.stderr
    assert f"{ID}: the old list stays in use" in full.stderr
    assert own.sites() == held


def test_evidence_that_does_not_fit_ends_the_audit_and_no_site_is_given_up(shop: list[str], tmp_path: Path) -> None:
    """A site whose evidence could not be kept is not done: with room again it is checked."""
    source, out = tmp_path / "links.txt", tmp_path / "out"
    source.write_text(URL)
    rules = shop[shop.index("--connect-to") :]
    blocked = out / "evidence"
    out.mkdir()
    blocked.write_text("a file where the folder of evidence should be")
    common = ["--out", out, "--processes", "1", "--no-summary", *rules]
    full = ran("killed", 0, "", "audit", source, *common)
    assert full.returncode == 1
    assert "go on with --resume" in full.stderr
    assert "Traceback" not in full.stderr
    blocked.unlink()
    assert ran("killed", 0, "", "audit", "--resume", *common).returncode == 0
    assert _sites(out)[0][:2] == ("shop.example", "rogue")
    assert len(list(out.glob("evidence/*.warc.gz"))) == 1


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EMFILE, "Too many open files"), True),
        (PermissionError(errno.EACCES, "Permission denied", "/evidence/x.warc.gz"), True),
        (TimeoutError("slow"), False),
        (ConnectionResetError(errno.ECONNRESET, "reset"), False),
        (ValueError("odd"), False),
    ],
    ids=repr,
)
def test_what_one_site_does_never_ends_the_audit(monkeypatch: pytest.MonkeyPatch, error: Exception, ours: bool) -> None:
    """Only disks, descriptors and our own files do; whatever else a check may raise stands in the report of its site."""

    async def fails(*_: object, **__: object) -> object:
        raise error

    monkeypatch.setattr("pharmcheck.capture.live.read_site", fails)
    with ThreadPoolExecutor(1) as judging:
        job = check_job(Job("shop.example", URL, "shop.example"), [], Settings(NOW), judging)
        if ours:
            with pytest.raises(OwnFaultError, match=str(error.args[-1])):
                asyncio.run(job)
        else:
            report = asyncio.run(job).report
            assert report
            assert "pharmcheck failed on it" in json.dumps(report["gaps"])


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


# The clock


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


# A locked state


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


# No name servers


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


# No descriptors


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
