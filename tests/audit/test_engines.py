"""On a Dask cluster an audit comes to the same answers, and loses and doubles nothing, whoever dies."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.audit.assignments import OwnFaultError, Settings
from pharmcheck.audit.engines import check_sites_on, cluster
from pharmcheck.audit.politeness import Limits
from pharmcheck.audit.recordings import check_kept
from pharmcheck.audit.run import check_sites, read_links, write_results
from pharmcheck.audit.standing import Standing
from pharmcheck.audit.store import Job, Store, StoreError
from tests.audit.audited import CASSETTES, NOW, OFFLINE, SHOP, addresses, quiet
from tests.loopback import Loopback

Tell = Callable[[object], None]


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


def timeless(results: bytes) -> list[dict[str, Any]]:
    """Return reports without the moment at which they were made."""
    return [{k: v for k, v in json.loads(line).items() if k != "captured"} for line in results.splitlines()]


def test_workers_are_left_to_judge(client: Any) -> None:
    """Workers of an audit's own cluster are not sampled: the samples would fill their memory for an hour."""
    known = client.run(lambda dask_worker: set(dask_worker.periodic_callbacks))
    assert known and all("heartbeat" in names and "profile" not in names for names in known.values())


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
