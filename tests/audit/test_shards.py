"""Recordings of an audit stand in files of bounded size: each can be found, and a kill costs those in the making only."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from multiprocessing import Pipe, get_context
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pharmcheck.audit.assignments import Answer, Settings
from pharmcheck.audit.located import read_recorded
from pharmcheck.audit.recordings import check_kept
from pharmcheck.audit.shards import INDEX, Shards, find, keep_answers, write_index
from pharmcheck.audit.store import Job, Store
from pharmcheck.audit.worker import serve
from pharmcheck.capture.warc import ArchiveError, Record, pack
from pharmcheck.cli import main
from tests.audit.audited import NOW, SHOP, quiet
from tests.loopback import Loopback

SITES = 24


def answers(*names: str) -> list[Answer]:
    """Return answers on sites of these names, each with a recording of ten bytes for each letter."""
    report = {"captured": "2026-11-01T12:00:00Z", "verdict": "unverified"}
    return [Answer(name, report, name.encode() * 10) for name in names]


def kept(folder: Path, most: int, *groups: tuple[str, ...]) -> None:
    """Keep answers in a state of their own, as an audit does that ends."""
    with Store(folder / "state.sqlite") as store:
        for name in (name for group in groups for name in group):
            store.add_site(Job(name, name, name))
        with Shards(folder / "evidence", store, most) as shards:
            for group in groups:
                keep_answers(store, shards, answers(*group))
        write_index(folder / "evidence", store)


def recording(folder: Path, name: str) -> bytes:
    """Return what stands where the index says."""
    place = find(folder / "evidence", name)
    assert place
    return (folder / "evidence" / place.file).read_bytes()[place.start : place.start + place.length]


def test_each_recording_is_found(tmp_path: Path) -> None:
    """By its name alone, of names that begin alike and of every place in the index; others are not there."""
    names = [f"{a}{b}.example" for a in ("a", "ab", "a-b", "z") for b in ("", "1", "11", "é")]
    kept(tmp_path, 10_000, tuple(names[::2]), tuple(names[1::2]))
    assert [recording(tmp_path, name) for name in names] == [name.encode() * 10 for name in names]
    assert find(tmp_path / "evidence", "a") is None
    assert find(tmp_path / "nowhere", "a.example") is None


@pytest.mark.parametrize(
    "line", ["", "a.warc.gz", "a.warc.gz\tx\t1\td", "../a.warc.gz\t0\t1\td", "/a\t0\t1\td", "a\t-1\t1\td"]
)
def test_an_index_by_somebody_else_is_refused_where_it_is_none(tmp_path: Path, line: str) -> None:
    """A line without a place, or that leads out of the folder, is told; nothing is opened."""
    (tmp_path / INDEX).write_text(f"pills.example\t{line}\n")
    with pytest.raises(ArchiveError, match="does not say where a recording stands"):
        find(tmp_path, "pills.example")


def test_files_are_bounded(tmp_path: Path) -> None:
    """No recording is cut in two; one that is larger than the bound has a file of its own."""
    kept(tmp_path, 150, ("aaaaa", "bbbbb", "ccccc"), ("ddddd",), ("e" * 40,), ("fffff",))
    sizes = [path.stat().st_size for path in sorted((tmp_path / "evidence").glob("*.warc.gz"))]
    assert sizes == [150, 50, 400, 50]


def test_what_was_not_committed_is_cut_off(tmp_path: Path) -> None:
    """A file that was being written when the audit was killed goes on where the last whole recording ends."""
    kept(tmp_path, 10_000, ("aaaaa",))
    with (tmp_path / "evidence" / "evidence-00001.warc.gz").open("ab") as file:
        file.write(b"half a recor")
    kept(tmp_path, 10_000, ("bbbbb",))
    assert (tmp_path / "evidence" / "evidence-00001.warc.gz").read_bytes() == b"aaaaa" * 10 + b"bbbbb" * 10
    assert recording(tmp_path, "bbbbb") == b"bbbbb" * 10


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    """What the state does not know is neither cut nor written to, and nothing goes behind a file that lost its end."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "evidence-00001.warc.gz").write_bytes(b"of an earlier audit")
    kept(tmp_path, 10_000, ("aaaaa",))
    assert (tmp_path / "evidence" / "evidence-00001.warc.gz").read_bytes() == b"of an earlier audit"
    os.truncate(tmp_path / "evidence" / "evidence-00002.warc.gz", 20)
    kept(tmp_path, 10_000, ("bbbbb",))
    assert recording(tmp_path, "bbbbb") == b"bbbbb" * 10
    assert (tmp_path / "evidence" / "evidence-00002.warc.gz").stat().st_size == 20


def test_running_twice_changes_nothing(tmp_path: Path) -> None:
    """No byte of the recordings and of their index."""
    kept(tmp_path, 100, ("aaaaa", "bbbbb"), ("ccccc",))
    before = {path.name: path.read_bytes() for path in (tmp_path / "evidence").iterdir()}
    with Store(tmp_path / "state.sqlite") as store, Shards(tmp_path / "evidence", store, 100):
        write_index(tmp_path / "evidence", store)
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "evidence").iterdir()}


def test_a_newer_answer_without_recording_has_none(tmp_path: Path) -> None:
    """The recording of an older one is not that of this report."""
    kept(tmp_path, 100, ("aaaaa",))
    with Store(tmp_path / "state.sqlite") as store:
        keep_answers(store, None, answers("aaaaa"))
        write_index(tmp_path / "evidence", store)
    assert find(tmp_path / "evidence", "aaaaa") is None


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the results of a live audit that was killed twice in the middle and resumed."""
    folder = tmp_path_factory.mktemp("audit")
    for number in range(SITES):
        (folder / "sites" / f"shop{number}.example").mkdir(parents=True)
        (folder / "sites" / f"shop{number}.example" / "index.html").write_text(SHOP if number % 2 else "<p>Bees")
    (folder / "links.txt").write_text("".join(f"http://shop{n}.example/\n" for n in range(SITES)))
    with Loopback(folder / "sites", NOW) as server:
        rules = [part for rule in server.connect_to for part in ("--connect-to", rule)]
        command = [sys.executable, "-m", "pharmcheck", "audit", str(folder / "links.txt"), "--out", str(folder / "out")]
        command += ["-v", "--at-once", "2", *rules]
        for done in (2, 9):
            process = subprocess.Popen(
                [*command, *(["--resume"] if done > 2 else [])],
                stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True,
            )  # fmt: skip
            assert process.stderr is not None
            while (line := process.stderr.readline()) and reached(line) < done:
                continue
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stderr.close()
        subprocess.run([*command, "--resume"], check=True, capture_output=True, timeout=240)
    yield folder / "out"


def reached(line: str) -> int:
    """Return how many sites are done, as a line of the progress says."""
    number, of, _ = line.partition(f" of {SITES} sites")
    return int(number) if of else 0


def reports(out: Path) -> list[dict[str, Any]]:
    """Return the reports of an audit."""
    return [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]


def test_after_kills_each_site_has_its_recording(audit: Path) -> None:
    """The report of each is that of its recording, and of files there are as many as are needed."""
    found = reports(audit)
    assert len(found) == SITES
    for report in found:
        report.pop("network", None)
        assert check_kept(audit / "evidence", report["target"]["host"]).as_dict() == report
    assert sorted(p.name for p in (audit / "evidence").iterdir()) == ["evidence-00001.warc.gz", INDEX]


def test_the_evidence_is_audited_again(audit: Path, tmp_path: Path) -> None:
    """With --from-warc, without a network: the same results, byte for byte, and nothing that cannot be read."""
    done = CliRunner().invoke(main, ["audit", str(audit / "evidence"), "--from-warc", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "results.jsonl").read_bytes() == (audit / "results.jsonl").read_bytes()
    assert (tmp_path / "unread.csv").read_text().count("\n") == 1


def test_a_site_is_replayed_by_name(audit: Path) -> None:
    """From the command line, with the folder of the evidence; a site that is not there is told."""
    done = CliRunner().invoke(
        main, ["check", "shop1[.]example", "--replay", str(audit / "evidence"), "--format", "json"]
    )
    assert json.loads(done.stdout)["target"]["host"] == "shop1.example"
    assert CliRunner().invoke(main, ["check", "--replay", str(audit / "evidence")]).exit_code == 2
    with pytest.raises(ArchiveError, match=r"holds no recording of no\.example"):
        check_kept(audit / "evidence", "no.example")


def test_a_file_of_several_sites_is_not_taken_for_one(audit: Path) -> None:
    """`--replay` of it says so, and judges those that are named."""
    file = str(audit / "evidence" / "evidence-00001.warc.gz")
    done = CliRunner().invoke(main, ["check", "--replay", file])
    assert done.exit_code == 1
    assert "sites of an audit: name one as TARGET" in done.output
    named = CliRunner().invoke(main, ["check", "shop1.example", "shop2.example", "--replay", file, "--format", "json"])
    assert [json.loads(named.stdout)[i]["target"]["host"] for i in (0, 1)] == ["shop1.example", "shop2.example"]
    assert (
        "holds no recording of no.example" in CliRunner().invoke(main, ["check", "no.example", "--replay", file]).output
    )


@pytest.mark.parametrize("cut", [1, 30, 3_000])
def test_evidence_that_is_cut_off_costs_what_is_cut_off(audit: Path, tmp_path: Path, cut: int) -> None:
    """The whole recordings are judged, the broken one is named."""
    data = (audit / "evidence" / "evidence-00001.warc.gz").read_bytes()
    (tmp_path / "a.warc.gz").write_bytes(data[:-cut])
    with Store(tmp_path / "state.sqlite") as store:
        read_recorded(store, [str(tmp_path / "a.warc.gz")], quiet)
        assert SITES - 3 < len(store.todo(99)) < SITES
        assert all("cut off" in why for _, _, why in store.unread())
        assert len(list(store.unread())) == 1


def test_a_recording_that_names_no_site_costs_only_itself(audit: Path, tmp_path: Path) -> None:
    """Somebody else's file may say anything: it is named, and what stands before and behind it is judged."""
    data = (audit / "evidence" / "evidence-00001.warc.gz").read_bytes()
    fields = (("WARC-Type", "warcinfo"), ("WARC-Date", "2026-11-01T12:00:00Z"))
    block = b"software: pharmcheck/9\r\ntarget: x\r\nsite: {\r\nrecords: many\r\n"
    (tmp_path / "a.warc.gz").write_bytes(data + pack(Record(fields, block)) + data)
    with Store(tmp_path / "state.sqlite") as store:
        read_recorded(store, [str(tmp_path / "a.warc.gz")], quiet)
        assert len(store.todo(99)) == SITES
        assert [why for _, _, why in store.unread()] == [
            f"the recording at byte {len(data):,} does not say of which site it is"
        ]


def test_neither_end_waits_for_the_other(tmp_path: Path) -> None:
    """A process takes all jobs, however large, although nobody takes its answers yet."""
    ours, theirs = Pipe()
    process = get_context("spawn").Process(target=serve, args=(theirs, Settings(NOW, "offline")), daemon=True)
    process.start()
    theirs.close()

    def give() -> None:
        for number in range(60):
            ours.send((Job(f"shop{number}.example", f"http://shop{number}.example/", ""), [bytes(100_000)]))

    giving = threading.Thread(target=give, daemon=True)
    giving.start()
    giving.join(120)
    assert not giving.is_alive()
    found = [ours.recv() for _ in range(120)]
    assert len({answer.identity for answer in found if answer.report}) == 60
    ours.close()
    process.join(30)
