"""An audit loses nothing and doubles nothing: killed, interrupted, repeated, or with a process dead."""

from __future__ import annotations

import asyncio
import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pharmcheck.audit import worker
from pharmcheck.audit.crew import begins_by_fork
from pharmcheck.audit.located import read_recorded
from pharmcheck.audit.orders import Answer, Settings
from pharmcheck.audit.recordings import check_kept
from pharmcheck.audit.run import Standing, check_sites, read_links, write_results
from pharmcheck.audit.store import Job, Store, StoreError
from pharmcheck.model import Report, Site
from pharmcheck.pipeline import check_replay, judge
from tests.loopback import Loopback

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
CASSETTES = Path(__file__).resolve().parents[2] / "cassettes"
SHOP = "<html><title>Pills</title><h1>Buy Viagra without prescription</h1><p>Viagra 100 mg $1.99 <a href=/cart>Add to cart</a></html>"


def quiet(_: object) -> None:
    """Tell nobody."""


def audited(out: Path, inputs: list[str], settings: Settings) -> list[dict[str, object]]:
    """Run an audit, or go on with it, and return its reports."""
    with Store(out / "state.sqlite") as store:
        read_links(store, inputs, io.BytesIO(), "", quiet)
        check_sites(store, settings, quiet)
        write_results(store, out)
    return reports(out)


def reports(out: Path) -> list[dict[str, object]]:
    """Return the reports of an audit."""
    return [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]


def addresses(path: Path, number: int) -> Path:
    """Write a list of links to `number` sites, each linked twice."""
    path.write_text("".join(f"http://shop{i % number}.example/{i}\n" for i in range(2 * number)))
    return path


def begin(out: Path, *inputs: object) -> subprocess.Popen[str]:
    """Start an offline audit as a process of its own, which says on stderr what it does."""
    command = [sys.executable, "-m", "pharmcheck", "audit", *map(str, inputs), "--out", str(out), "--offline", "-v"]
    return subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    )


def test_links_become_sites_and_each_is_checked_once(tmp_path: Path) -> None:
    """Twice as many links as sites give one report a site, in the order of their names."""
    found = audited(tmp_path, [str(addresses(tmp_path / "a.txt", 30))], Settings(NOW, "offline"))
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
    source = addresses(tmp_path / "a.txt", 10)
    audited(tmp_path, [str(source)], Settings(NOW, "offline"))
    before = {name: (tmp_path / name).read_bytes() for name in ("results.jsonl", "links.csv", "unread.csv")}
    audited(tmp_path, [str(source)], Settings(NOW, "offline"))
    assert before == {name: (tmp_path / name).read_bytes() for name in before}


@pytest.mark.parametrize("lines", [1, 2, 12, 40])
def test_killed_at_any_point_it_goes_on_and_loses_nothing(tmp_path: Path, lines: int) -> None:
    """After kill -9 the audit resumes: each site once, each link once, and what was done stays as it was."""
    source, out = addresses(tmp_path / "a.txt", 80), tmp_path / "out"
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
    source, out = addresses(tmp_path / "a.txt", 150), tmp_path / "out"
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


def test_a_process_that_dies_costs_nobody_an_answer(tmp_path: Path) -> None:
    """The sites that it had at hand are tried again."""
    killed: list[int] = []

    def kill_one(standing: Standing) -> None:
        if standing.done > 5 and not killed:
            child = multiprocessing.active_children()[0]
            killed.append(child.pid or 0)
            child.kill()

    with Store(tmp_path / "state.sqlite") as store:
        read_links(store, [str(addresses(tmp_path / "a.txt", 200))], io.BytesIO(), "", quiet)
        check_sites(store, Settings(NOW, "offline"), kill_one)
        write_results(store, tmp_path)
    assert killed
    assert len(reports(tmp_path)) == 200
    assert all("died" not in json.dumps(r["gaps"]) for r in reports(tmp_path))


@pytest.mark.skipif(not begins_by_fork(), reason="here each process begins anew")
def test_where_the_process_dies_that_forked_the_others_it_costs_nobody_an_answer(tmp_path: Path) -> None:
    """Nobody tells of their ends any more, so they are replaced, from a new one."""
    killed: list[int] = []

    def kill_parent(standing: Standing) -> None:
        if standing.done > 5 and not killed:
            child = multiprocessing.active_children()[0].pid
            said = subprocess.run(["ps", "-o", "ppid=", "-p", str(child)], capture_output=True, text=True, check=True)
            killed.append(int(said.stdout))
            assert killed[0] != os.getpid()
            os.kill(killed[0], signal.SIGKILL)

    with Store(tmp_path / "state.sqlite") as store:
        read_links(store, [str(addresses(tmp_path / "a.txt", 200))], io.BytesIO(), "", quiet)
        check_sites(store, Settings(NOW, "offline"), kill_parent)
        write_results(store, tmp_path)
    assert killed
    assert len(reports(tmp_path)) == 200
    assert all("died" not in json.dumps(r["gaps"]) for r in reports(tmp_path))


def test_where_no_process_can_fork_others_each_begins_anew(tmp_path: Path) -> None:
    """The name of the folder for temporary files is too long for a socket: the audit ends as any other."""
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    source, out = addresses(tmp_path / "a.txt", 5), tmp_path / "out"
    command = [sys.executable, "-m", "pharmcheck", "audit", str(source), "--out", str(out), "--offline"]
    subprocess.run(command, check=True, timeout=240, capture_output=True, env=os.environ | {"TMPDIR": str(folder)})
    assert len(reports(out)) == 5


def test_processes_share_what_one_has_loaded() -> None:
    """Once it has loaded, a judgement loads no module and no table of words; the parent of them loads nothing that judges."""
    code = (
        "import sys, pharmcheck.audit.warm\n"
        "before = set(sys.modules)\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from pharmcheck.pipeline import check_replay\n"
        "check_replay(Path(sys.argv[1]))\n"
        "print(sorted(m for m in set(sys.modules) - before if m.startswith('pharmcheck.') and '.phrases' not in m))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(CASSETTES / "potenzwelt24.example.warc.gz")],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert said.stdout == "[]\n"
    parent = "import sys, pharmcheck.cli.audit, pharmcheck.audit.run\nprint({'httpx', 'pharmcheck.pipeline'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout == "set()\n"


def test_a_site_that_takes_its_process_along_is_given_up_and_named(tmp_path: Path) -> None:
    """After two tries its report says so, and the others are not touched by it."""
    silent = subprocess.Popen(
        [sys.executable, "-c", "import socket,sys\ns=socket.create_server(('127.0.0.1',0))\nprint(s.getsockname()[1],flush=True)\nsys.stdin.read()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert silent.stdout is not None
    port = int(silent.stdout.readline())
    options = {"connect_to": (f"hang.example:80:127.0.0.1:{port}", "::127.0.0.1:1"), "timeout_s": 60.0, "retries": 0}
    settings = Settings(NOW, at_once=4, processes=1, site_limit_s=3.0, options=options)
    (tmp_path / "a.txt").write_text("http://hang.example/x\nhttp://gone.example/\n")
    found = {r["target"]["domain"]: json.dumps(r) for r in audited(tmp_path, [str(tmp_path / "a.txt")], settings)}  # type: ignore[index]
    silent.communicate()
    assert "took too long, twice" in found["hang.example"]
    assert "took too long" not in found["gone.example"]


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


def test_a_long_judgement_makes_no_answer_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one site is judged, others are asked and their answers read: here it is judged until the last is asked."""
    asked = threading.Event()

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 404)
            self.end_headers()
            self.wfile.write(SHOP.encode() if self.path == "/" else b"")
            if self.headers["Host"] == "last.example" and self.path == "/cart":
                asked.set()

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    def slow(site: Site, countries: Sequence[str]) -> Report:
        assert asked.wait(60)
        return judge(site, countries)

    monkeypatch.setattr(worker, "judge", slow)
    with ThreadingHTTPServer(("127.0.0.1", 0), Shop) as server, ThreadPoolExecutor(1) as judging:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings = Settings(NOW, options={"connect_to": (f"::127.0.0.1:{server.server_port}",)})

        async def both() -> list[Answer]:
            first = asyncio.create_task(
                worker.check_job(Job("first", "http://first.example/", ""), [], settings, judging)
            )
            last = asyncio.create_task(worker.check_job(Job("last", "http://last.example/", ""), [], settings, judging))
            return list(await asyncio.gather(first, last))

        found = asyncio.run(both())
        server.shutdown()
    assert all(a.report and a.report["verdict"] == "rogue" for a in found)
    assert "failed on it" not in json.dumps([a.report for a in found])


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
    from pharmcheck.capture.warc import Record, write_records

    def answer(url: str, body: str) -> Record:
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
        fields = (("WARC-Type", "response"), ("WARC-Target-URI", url), ("WARC-Date", "2026-11-01T12:00:00Z"))
        return Record(fields, block)

    write_records(tmp_path / "crawl.warc.gz", [answer("http://a.example/", SHOP), answer("http://b.example/", "<p>Bees"), answer("http://a.example/faq", "<p>faq")])  # fmt: skip
    with Store(tmp_path / "state.sqlite") as store:
        read_recorded(store, [str(tmp_path / "crawl.warc.gz")], quiet)
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
    assert len(audited(tmp_path, [str(tmp_path / "in")], Settings(NOW, "offline"))) == 1
    assert "'=bad.zip,," in (tmp_path / "unread.csv").read_text("utf-8")


def test_standard_input_that_was_cut_off_is_not_taken_for_whole(tmp_path: Path) -> None:
    """It cannot be read again, and the audit says so."""
    with Store(tmp_path / "state.sqlite") as store:
        read_links(store, ["-"], io.BytesIO(b"see http://a.example/"), "", quiet)
        read_links(store, ["-"], io.BytesIO(b""), "", quiet)
        store.note_read("-", 1, done=False)
        with pytest.raises(StoreError, match="not read to its end"):
            read_links(store, ["-"], io.BytesIO(b""), "", quiet)


def test_answers_that_are_too_old_are_asked_again(tmp_path: Path) -> None:
    """Younger ones are reused."""
    with Store(tmp_path / "state.sqlite") as store:
        for name, day in (("old.example", "2026-01-01"), ("new.example", "2026-10-01")):
            store.add_site(Job(name, f"http://{name}/", name))
            store.note_report(name, {"captured": f"{day}T00:00:00Z", "verdict": "unverified"})
        store.forget_before("2026-06-01T00:00:00Z")
        assert [job.identity for job in store.todo(10)] == ["old.example"]


def test_a_state_that_is_none_is_refused(tmp_path: Path) -> None:
    """With a sentence, and the file stays as it is."""
    (tmp_path / "state.sqlite").write_bytes(b"not a database, " * 100)
    with pytest.raises(StoreError, match="no state of an audit"):
        Store(tmp_path / "state.sqlite")
