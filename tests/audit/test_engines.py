"""On a Dask cluster an audit comes to the same answers, and loses and doubles nothing, whoever dies."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.audit.batch import check_batch
from pharmcheck.audit.engines import check_sites_on, cluster, read_recorded_on
from pharmcheck.audit.located import list_pages, read_recorded
from pharmcheck.audit.orders import Order, OwnFaultError, Settings
from pharmcheck.audit.politeness import Limits, lanes_of
from pharmcheck.audit.recordings import check_kept
from pharmcheck.audit.run import Standing, check_sites, read_links, write_results
from pharmcheck.audit.store import Job, Store, StoreError
from pharmcheck.audit.waiting import Placed
from pharmcheck.capture.warc import Record, write_records
from tests.loopback import Loopback

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
CASSETTES = Path(__file__).resolve().parents[2] / "cassettes"
SHOP = "<html><title>Pills</title><h1>Buy Viagra without prescription</h1><p>Viagra 100 mg $1.99 <a href=/cart>Add to cart</a></html>"
OFFLINE = Settings(NOW, "offline")
Tell = Callable[[object], None]


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A cluster of two workers on this machine."""
    with cluster("", 2) as client:
        yield client


def quiet(_: object) -> None:
    """Tell nobody."""


def addresses(path: Path, number: int) -> Path:
    """Write a list of links to `number` sites."""
    path.write_text("".join(f"http://shop{i}.example/{i}\n" for i in range(number)))
    return path


def on_cluster(client: Any, out: Path, links: Path, settings: Settings, tell: Tell = quiet) -> bytes:
    """Audit the links on a cluster and return the results."""
    out.mkdir()
    with Store(out / "state.sqlite") as store:
        read_links(store, [str(links)], io.BytesIO(), "", quiet)
        check_sites_on(client, store, settings, tell)
        write_results(store, out)
    return (out / "results.jsonl").read_bytes()


def here(out: Path, links: Path, settings: Settings) -> bytes:
    """Audit the links in processes of this machine and return the results."""
    out.mkdir()
    with Store(out / "state.sqlite") as store:
        read_links(store, [str(links)], io.BytesIO(), "", quiet)
        check_sites(store, settings, quiet)
        write_results(store, out)
    return (out / "results.jsonl").read_bytes()


def page(url: str, body: str) -> Record:
    """Return the record of a page."""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
    fields = (("WARC-Type", "response"), ("WARC-Target-URI", url), ("WARC-Date", "2026-11-01T12:00:00Z"))
    return Record(fields, block)


def crawl(path: Path, *records: Record) -> Path:
    """Write a WARC file, one gzip member a record."""
    write_records(path, records)
    return path


def recorded(out: Path, read: Callable[[Store], None], check: Callable[[Store], None]) -> tuple[bytes, bytes]:
    """Audit recordings; return the results and what could not be read."""
    out.mkdir()
    with Store(out / "state.sqlite") as store:
        read(store)
        check(store)
        write_results(store, out)
    return (out / "results.jsonl").read_bytes(), (out / "unread.csv").read_bytes()


def same_from_warc(client: Any, tmp_path: Path, paths: list[str]) -> tuple[bytes, bytes]:
    """Audit recordings both ways, and return what both come to."""
    settings = Settings(NOW, "warc")
    local = recorded(
        tmp_path / "l", lambda s: read_recorded(s, paths, quiet), lambda s: check_sites(s, settings, quiet)
    )
    dask = recorded(
        tmp_path / "d",
        lambda s: read_recorded_on(client, s, paths, quiet),
        lambda s: check_sites_on(client, s, settings, quiet),
    )
    assert dask == local
    return dask


def test_offline_the_same_bytes(client: Any, tmp_path: Path) -> None:
    """As in processes of this machine."""
    links = addresses(tmp_path / "a.txt", 120)
    found = on_cluster(client, tmp_path / "d", links, OFFLINE)
    assert found.count(b"\n") == 120
    assert found == here(tmp_path / "l", links, OFFLINE)


def test_live_sites_the_same_but_for_their_time(client: Any, tmp_path: Path) -> None:
    """Reports, and a recording of each site, although the workers share no folder with us."""
    for number in range(60):
        (tmp_path / "sites" / f"shop{number}.example").mkdir(parents=True)
        (tmp_path / "sites" / f"shop{number}.example" / "index.html").write_text(SHOP if number % 2 else "<p>Bees")
    links = addresses(tmp_path / "a.txt", 60)
    with Loopback(tmp_path / "sites", NOW) as server:
        options = {"connect_to": server.connect_to, "ca_file": server.ca_file}
        settings = Settings(NOW, limits=Limits(address=8), options=options)
        dask = on_cluster(client, tmp_path / "d", links, replace(settings, evidence=tmp_path / "d" / "evidence"))
        local = here(tmp_path / "l", links, settings)
    assert timeless(dask) == timeless(local)
    for report in (json.loads(line) for line in dask.splitlines()):
        assert check_kept(tmp_path / "d" / "evidence", report["target"]["host"]).as_dict() == report


def timeless(results: bytes) -> list[dict[str, Any]]:
    """Return reports without the moment at which they were made."""
    return [{k: v for k, v in json.loads(line).items() if k != "captured"} for line in results.splitlines()]


def test_our_recordings_the_same_bytes(client: Any, tmp_path: Path) -> None:
    """And one that is not there is named the same."""
    results, unread = same_from_warc(client, tmp_path, [str(CASSETTES), str(tmp_path / "no.warc.gz")])
    assert results.count(b"\n") == len(list(CASSETTES.rglob("*.warc.gz")))
    assert b"there is no such file" in unread


def test_pages_of_crawls_are_read_where_they_stand(client: Any, tmp_path: Path) -> None:
    """A site whose pages stand in several files; the state holds their places and none of their words."""
    one = crawl(tmp_path / "1.warc.gz", page("http://a.example/", SHOP), page("http://b.example/", "<p>Bees"))
    two = crawl(tmp_path / "2.warc.gz", page("http://a.example/cart", "<form>Cart"), page("http://c.example/", SHOP))
    results, _ = same_from_warc(client, tmp_path, [str(one), str(two)])
    assert [r["target"]["domain"] for r in timeless(results)] == ["a.example", "b.example", "c.example"]
    with Store(tmp_path / "d" / "state.sqlite") as store:
        assert all(b"warc.gz" in record for record in store.pages("a.example"))
        assert len(store.pages("a.example")) == 2


def test_damaged_crawls_cost_what_is_damaged(client: Any, tmp_path: Path) -> None:
    """A record that is cut off, a file that is none: named, and the rest is judged."""
    whole = crawl(tmp_path / "1.warc.gz", page("http://a.example/", SHOP), page("http://b.example/", "<p>Bees" * 999))
    (tmp_path / "2.warc.gz").write_bytes(whole.read_bytes()[:-30])
    (tmp_path / "3.warc.gz").write_bytes(b"\x1f\x8b" + b"no gzip at all" * 9)
    (tmp_path / "4.warc").write_bytes(gzip.decompress(whole.read_bytes()))
    names = ["2.warc.gz", "3.warc.gz", "4.warc"]
    with Store(tmp_path / "state.sqlite") as store:
        read_recorded_on(client, store, [str(tmp_path / name) for name in names], quiet)
        unread = {file: why for file, _, why in store.unread()}
        assert [job.identity for job in store.todo(9)] == ["a.example", "b.example"]
    assert "cut off" in unread["2.warc.gz"]
    assert "damaged" in unread["3.warc.gz"]


@pytest.mark.parametrize("packing", [gzip.compress, bytes])
def test_crawls_that_are_packed_otherwise_are_read_whole(tmp_path: Path, packing: Callable[[bytes], bytes]) -> None:
    """Many records in one gzip member, more than a record may hold, or none of them packed: every page is found."""
    pages = [page(f"http://s{i}.example/", SHOP + "<!--" + "x" * 900_000) for i in range(30)]
    whole = crawl(tmp_path / "1.warc.gz", *pages)
    (tmp_path / "2.warc.gz").write_bytes(packing(gzip.decompress(whole.read_bytes())))
    with Store(tmp_path / "state.sqlite") as store:
        read_recorded(store, [str(tmp_path / "2.warc.gz")], quiet)
        assert len(store.todo(99)) == 30
        assert not list(store.unread())


def test_a_crawl_behind_a_url(tmp_path: Path) -> None:
    """Whatever fsspec opens is listed and read, page by page."""
    import fsspec

    from pharmcheck.audit.located import Found, page_of

    made = crawl(tmp_path / "1.warc.gz", page("http://a.example/", SHOP), page("http://b.example/", "<p>Bees"))
    with fsspec.open("memory://crawl/1.warc.gz", "wb") as file:
        file.write(made.read_bytes())
    found = [p for p in list_pages("memory://crawl/1.warc.gz").pages if isinstance(p, Found)]
    assert [page_of(p.record).body for p in found] == [SHOP.encode(), b"<p>Bees"]


def test_a_crawl_begun_here_is_ended_here(client: Any, tmp_path: Path) -> None:
    """What was read of it in one process is not read again by another."""
    made = crawl(tmp_path / "1.warc.gz", *(page(f"http://s{i}.example/", "<p>Bees") for i in range(3)))
    with Store(tmp_path / "state.sqlite") as store:
        store.note_read(str(made), 2, done=False)
        read_recorded_on(client, store, [str(made)], quiet)
        assert [job.identity for job in store.todo(9)] == ["s2.example"]


def test_a_worker_that_is_killed_costs_nobody_an_answer(client: Any, tmp_path: Path) -> None:
    """kill -9 in the middle: each site has one report, that of an audit in which nobody died."""
    killed: list[int] = []

    def kill_one(standing: object) -> None:
        assert isinstance(standing, Standing)
        if standing.done and not killed:
            killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    links = addresses(tmp_path / "a.txt", 400)
    assert on_cluster(client, tmp_path / "d", links, OFFLINE, kill_one) == here(tmp_path / "l", links, OFFLINE)
    assert killed


def test_a_site_on_which_workers_hang_is_given_up_and_named(client: Any, tmp_path: Path) -> None:
    """The others of its batch are judged; the workers are there again afterwards."""
    os.mkfifo(tmp_path / "never.warc.gz")
    good = CASSETTES / "potenzwelt24.example.warc.gz"
    settings = Settings(NOW, "warc", site_limit_s=20.0, batch_limit_s=0.5, grace_s=0.5)
    with Store(tmp_path / "state.sqlite") as store:
        for path in (tmp_path / "never.warc.gz", good):
            store.add_site(Job(path.name, f"file:{path}", path.name))
        check_sites_on(client, store, settings, quiet)
        reports = [json.dumps(report) for report in store.reports()]
    assert "took too long, twice" in reports[0]
    assert '"verdict": "rogue"' in reports[1]


def test_a_corrupt_page_costs_its_site(tmp_path: Path) -> None:
    """Its report says that we failed; the other sites of the batch have theirs."""
    jobs = [Job(f"{name}.example", f"http://{name}.example/", f"{name}.example") for name in "ab"]
    orders = (Order(placed(jobs[0]), (b"no page",)), Order(placed(jobs[1])))
    found = {a.identity: a.report for a in check_batch(orders, Settings(NOW, "warc")).answers}
    assert found["a.example"] and "pharmcheck failed on it" in json.dumps(found["a.example"]["gaps"])
    assert found["b.example"] and "pharmcheck failed" not in json.dumps(found["b.example"])


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="this system has no file that cannot be read")
@pytest.mark.parametrize("engine", ["local", "dask"])
def test_where_a_machine_fails_the_audit_ends_and_keeps_what_was_done(client: Any, tmp_path: Path, engine: str) -> None:
    """A disk that gives no bytes is no fault of a site: it is named, the site before it has its report, the others wait."""
    settings = Settings(NOW, "warc", at_once=1, processes=1)
    targets = [
        CASSETTES / "potenzwelt24.example.warc.gz",
        "/proc/self/mem",
        CASSETTES / "bluebell-lenses.example.warc.gz",
    ]
    with Store(tmp_path / "state.sqlite") as store:
        for number, target in enumerate(targets):
            store.add_site(Job(f"{number}", f"file:{target}", f"{number}"))
        with pytest.raises(OwnFaultError, match="Input/output error"):
            if engine == "dask":
                check_sites_on(client, store, settings, quiet)
            else:
                check_sites(store, settings, quiet)
        assert [report["verdict"] for report in store.reports()] == ["rogue"]
        assert [job.identity for job in store.todo(9)] == ["1", "2"]


def test_what_a_batch_has_no_time_for_comes_back(tmp_path: Path) -> None:
    """Without a report, to be handed out again."""
    orders = tuple(Order(placed(Job(f"{n}.example", f"http://{n}.example/", "x"))) for n in range(3))
    answers = check_batch(orders, replace(OFFLINE, batch_limit_s=0.0)).answers
    assert [(a.identity, a.report) for a in answers] == [(f"{n}.example", None) for n in range(3)]


def placed(job: Job) -> Placed:
    """Return a site with its lanes, its address unknown."""
    return Placed(job, lanes_of(job, ""))


def test_killed_in_the_middle_it_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    """kill -9 of the driver, then --resume here, without a cluster: what was done stays, the rest is done."""
    links, out = addresses(tmp_path / "a.txt", 600), tmp_path / "out"
    command = [sys.executable, "-m", "pharmcheck", "audit", "--out", str(out), "--offline", "-v"]
    driver = subprocess.Popen(
        [*command, str(links), "--engine", "dask"], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert driver.stderr is not None
    while " of 600 sites" not in (line := driver.stderr.readline()) or line.startswith("0 "):
        assert line, "it ended before it was killed"
    os.killpg(driver.pid, signal.SIGKILL)
    driver.wait()
    driver.stderr.close()
    with Store(out / "state.sqlite") as store:
        done = list(store.reports())
    assert 0 < len(done) < 600
    subprocess.run([*command, "--resume"], check=True, timeout=240, capture_output=True)
    found = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    assert sorted(r["target"]["domain"] for r in found) == sorted(f"shop{i}.example" for i in range(600))
    assert all(report in found for report in done)


def test_a_scheduler_that_is_not_there_is_told() -> None:
    """In a sentence, within its time."""
    with pytest.raises(StoreError, match=r"tcp://127\.0\.0\.1:9 cannot be reached"), cluster("tcp://127.0.0.1:9", 1):
        pass


def test_without_it_dask_is_not_imported() -> None:
    """An audit in processes of this machine starts without the packages of the extra."""
    code = (
        "import sys, pharmcheck.cli.audit, pharmcheck.audit.run, pharmcheck.audit.worker, pharmcheck.audit.recorded\n"
        "print({'dask', 'distributed', 'fsspec', 'tornado'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout == "set()\n"
