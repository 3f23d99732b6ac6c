"""An audit loses nothing and doubles nothing: killed, interrupted or repeated."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pharmcheck.audit.assignments import Settings
from pharmcheck.audit.located import read_recorded
from pharmcheck.audit.recordings import check_kept
from pharmcheck.audit.run import check_sites, read_links, write_results
from pharmcheck.audit.store import Job, Store, StoreError
from pharmcheck.pipeline import check_replay
from tests.audit.audited import CASSETTES, NOW, OFFLINE, SHOP, addresses, audited, begin, crawl, page, quiet, reports
from tests.audit.given import MBOX
from tests.loopback import Loopback


def test_links_become_sites_and_each_is_checked_once(tmp_path: Path) -> None:
    """Twice as many links as sites give one report a site, in the order of their names."""
    found = audited(tmp_path, [str(addresses(tmp_path / "a.txt", 30, 2))], OFFLINE)
    domains = [r["target"]["domain"] for r in found]  # type: ignore[index]
    assert domains == sorted({f"shop{i}.example" for i in range(30)})
    assert {r["schema"] for r in found} == {"pharmcheck/report/1"}
    assert (tmp_path / "links.csv").read_text("utf-8").count("\n") == 61


def test_sites_are_checked_while_others_are_found(tmp_path: Path) -> None:
    """Here the last one is found when the first has its report."""

    def found(store: Store) -> Iterator[None]:
        store.add_site(Job("first.example", "http://first.example/", "first.example"))
        for _ in range(1_000_000):
            if "cannot-assess" in store.counts():
                store.add_site(Job("last.example", "http://last.example/", "last.example"))
                break
            yield

    with Store(tmp_path / "state.sqlite") as store:
        check_sites(store, Settings(NOW, "offline", processes=1), quiet, found(store))
        write_results(store, tmp_path)
    assert [r["target"]["domain"] for r in reports(tmp_path)] == ["first.example", "last.example"]  # type: ignore[index]


def test_running_twice_changes_nothing(tmp_path: Path) -> None:
    """The same bytes, and nothing is read again."""
    source = addresses(tmp_path / "a.txt", 10, 2)
    audited(tmp_path, [str(source)], OFFLINE)
    before = {name: (tmp_path / name).read_bytes() for name in ("results.jsonl", "links.csv", "unread.csv")}
    audited(tmp_path, [str(source)], OFFLINE)
    assert before == {name: (tmp_path / name).read_bytes() for name in before}


@pytest.mark.parametrize("lines", [1, 2, 12, 40])
def test_killed_at_any_point_it_goes_on_and_loses_nothing(tmp_path: Path, lines: int) -> None:
    """After kill -9 the audit resumes: each site once, each link once, and what was done stays as it was."""
    source, out = addresses(tmp_path / "a.txt", 80, 2), tmp_path / "out"
    process = begin(out, source)
    assert process.stderr is not None
    for _ in range(lines):
        process.stderr.readline()
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stderr.close()
    with Store(out / "state.sqlite") as store:
        done = list(store.reports())
    resumed = begin(out, source, "--resume")
    _, said = resumed.communicate(timeout=240)
    assert resumed.returncode == 0, said
    found = reports(out)
    assert [r["target"]["domain"] for r in found] == sorted(f"shop{i}.example" for i in range(80))  # type: ignore[index]
    assert all(report in found for report in done)
    assert (out / "links.csv").read_text("utf-8").count("\n") == 161


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    """Files that may not grow end the audit with a sentence; with room again it goes on."""
    source, out = addresses(tmp_path / "a.txt", 150, 2), tmp_path / "out"
    limited = f"ulimit -f 400; exec {sys.executable} -m pharmcheck audit {source} --out {out} --offline"
    full = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, timeout=240, check=False)
    assert full.returncode == 1
    assert "--resume" in full.stderr
    assert "Traceback" not in full.stderr
    assert (
        subprocess.run(
            [sys.executable, "-m", "pharmcheck", "audit", "--out", out, "--resume"], timeout=240, check=False
        ).returncode
        == 0
    )
    assert len(reports(out)) == 150


def test_sites_are_captured_judged_and_their_evidence_replays(tmp_path: Path) -> None:
    """The report of a live check is that of its WARC file."""
    sites = tmp_path / "sites"
    for host in ("pills-a.example", "pills-b.example"):
        (sites / host).mkdir(parents=True)
        (sites / host / "index.html").write_text(SHOP)
    (tmp_path / "mail.txt").write_text(
        "http://pills-a.example/\nhttp://www.pills-b.example.invalid/\nhttp://pills-b.example/\n"
    )
    with Loopback(sites, NOW) as server:
        options = {"connect_to": server.connect_to, "ca_file": server.ca_file}
        settings = Settings(NOW, evidence=tmp_path / "evidence", options=options)
        found = {r["target"]["domain"]: r for r in audited(tmp_path, [str(tmp_path / "mail.txt")], settings)}  # type: ignore[index]
    assert found["pills-a.example"]["reasons"]
    assert check_kept(tmp_path / "evidence", "pills-a.example").as_dict() == found["pills-a.example"]
    assert check_kept(tmp_path / "evidence", "hxxp://pills-b[.]example/x").as_dict() == found["pills-b.example"]


def test_recorded_sites_are_judged_as_their_recordings_are(tmp_path: Path) -> None:
    """From our WARC files, without a network, the very same reports."""
    files = [CASSETTES / "bluebell-lenses.example.warc.gz", CASSETTES / "potenzwelt24.example.warc.gz"]
    with Store(tmp_path / "state.sqlite") as store:
        read_recorded(store, [str(f) for f in files], quiet)
        check_sites(store, Settings(NOW, "warc"), quiet)
        write_results(store, tmp_path)
    assert reports(tmp_path) == [check_replay(f).as_dict() for f in files]


def test_a_crawl_of_many_sites_is_judged_site_by_site(tmp_path: Path) -> None:
    """Pages of a foreign WARC file are put together by site."""
    pages = (("http://a.example/", SHOP), ("http://b.example/", "<p>Bees"), ("http://a.example/faq", "<p>faq"))
    made = crawl(tmp_path / "crawl.warc.gz", *(page(url, body) for url, body in pages))
    with Store(tmp_path / "state.sqlite") as store:
        read_recorded(store, [str(made)], quiet)
        check_sites(store, Settings(NOW, "warc"), quiet)
        write_results(store, tmp_path)
    first, second = reports(tmp_path)
    assert [first["target"]["domain"], second["target"]["domain"]] == ["a.example", "b.example"]  # type: ignore[index]
    assert first["risk"] > second["risk"]  # type: ignore[operator]


def test_a_corrupt_input_is_a_named_line_and_the_rest_is_audited(tmp_path: Path) -> None:
    """unread.csv names it; a spreadsheet that opens it runs nothing."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "=bad.zip").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "in" / "good.txt").write_text("see http://pills.example/")
    assert len(audited(tmp_path, [str(tmp_path / "in")], OFFLINE)) == 1
    assert "'=bad.zip,," in (tmp_path / "unread.csv").read_text("utf-8")


def identities(out: Path) -> list[str]:
    """Return whose links an audit found, in the order in which they stand."""
    return [row["identity"] for row in csv.DictReader(io.StringIO((out / "links.csv").read_text("utf-8")))]


def test_what_an_input_has_gained_is_read(tmp_path: Path) -> None:
    """A mailbox, a text of one line that becomes a list, a folder: each link once, and whom nobody names any more stays."""
    out, mails, text, folder = tmp_path / "out", tmp_path / "grow.mbox", tmp_path / "grow.txt", tmp_path / "in"
    out.mkdir()
    folder.mkdir()
    mails.write_bytes(MBOX)
    text.write_text("http://one.example/\n")
    (folder / "m.txt").write_text("see http://mid.example/")
    given = [str(mails), str(text), str(folder)]
    audited(out, given, OFFLINE)
    mails.write_bytes(MBOX + b"\n" + MBOX.replace(b".pills.", b".newpills."))
    text.write_text("http://one.example/\nhttp://two.example/\n")
    (folder / "a.txt").write_text("see http://first.example/")
    (folder / "m.txt").write_text("see http://other.example/")
    found = [r["target"]["domain"] for r in audited(out, given, OFFLINE)]  # type: ignore[index]
    links = ["pills", "pills", "newpills", "newpills", "one", "two", "first", "other"]
    assert identities(out) == [f"{name}.example" for name in links]
    assert set(found) == {f"{name}.example" for name in (*links, "mid")}
    before = (out / "links.csv").read_bytes()
    mails.unlink()
    audited(out, given, OFFLINE)
    assert (out / "links.csv").read_bytes() == before


def test_the_results_of_an_audit_are_no_input_of_it(tmp_path: Path) -> None:
    """A folder that is given with the results in it is the same the next time."""
    addresses(tmp_path / "a.txt", 3)
    (tmp_path / "out").mkdir()
    for _ in range(2):
        assert len(audited(tmp_path / "out", [str(tmp_path)], OFFLINE)) == 3
    assert len(identities(tmp_path / "out")) == 3


def test_a_crawl_that_has_grown_is_read_on(tmp_path: Path) -> None:
    """Pages behind those that were listed are added; nothing is listed twice."""
    path = crawl(tmp_path / "crawl.warc.gz", page("http://a.example/", SHOP), page("http://b.example/", "<p>Bees"))
    with Store(tmp_path / "state.sqlite") as store:
        read_recorded(store, [str(path)], quiet)
        more = crawl(tmp_path / "more.warc.gz", page("http://c.example/", SHOP)).read_bytes()
        path.write_bytes(path.read_bytes() + more)
        read_recorded(store, [str(path)], quiet)
        assert [(job.identity, job.links) for job in store.todo(9)] == [(f"{a}.example", 1) for a in "abc"]


def test_standard_input_that_was_cut_off_is_not_taken_for_whole(tmp_path: Path) -> None:
    """It cannot be read again, and the audit says so."""
    with Store(tmp_path / "state.sqlite") as store:
        read_links(store, ["-"], io.BytesIO(b"see http://a.example/"), "", quiet)
        read_links(store, ["-"], io.BytesIO(b""), "", quiet)
        store.note_read("-", 1, done=False)
        with pytest.raises(StoreError, match="not read to its end"):
            read_links(store, ["-"], io.BytesIO(b""), "", quiet)
