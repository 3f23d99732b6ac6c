"""What the machine does to us: it dies, its disk is full, its clock jumps, its name servers and descriptors are gone.

Each fault ends with a sentence or a gap; nothing is lost, nothing doubled, nothing half. PHARMCHECK_GAUNTLET=long tries
100 points of death and every number of descriptors in place of a few.
"""

from __future__ import annotations

import asyncio
import errno
import json
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pharmcheck.audit.assignments import OwnFaultError, Settings
from pharmcheck.audit.store import Job
from pharmcheck.audit.worker import check_job
from pharmcheck.pipeline import check_replay
from tests.hostile.faults import LONG, ROOT, URL, ran
from tests.register import Answer, Register
from tests.updating import FRESH, ID, NOW, Make

DEATHS = 100 if LONG else 5
SEED = 20261122
DEAD = -9
LAST = 60


def points(touches: int) -> list[int]:
    """Return when to die: anywhere, and as often among the last touches, where files are put in their places."""
    anywhere = random.Random(SEED).sample(range(1, touches - LAST), DEATHS // 2)
    return sorted([*anywhere, *random.Random(SEED).sample(range(touches - LAST, touches), DEATHS - DEATHS // 2)])


def touches_of(done: subprocess.CompletedProcess[str]) -> int:
    assert "touches" in done.stderr, done.stderr
    return int(done.stderr.rpartition("touches ")[2])


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
    missing, touches = 0, touches_of(first)
    for point in (touches // 8, *points(touches)):  # recorded after a third of them
        file.unlink(missing_ok=True)
        ran("killed", point, "", *command)
        missing += not file.exists()
        assert not file.exists() or check_replay(file).verdict is verdict
    assert missing
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
