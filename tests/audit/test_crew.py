"""The processes of an audit: whoever dies or hangs costs nobody else an answer."""

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
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pharmcheck.audit import worker
from pharmcheck.audit.assignments import Answer, Settings
from pharmcheck.audit.crew import Worker, begins_by_fork
from pharmcheck.audit.run import check_sites, read_links, write_results
from pharmcheck.audit.standing import Standing
from pharmcheck.audit.store import Job, Store
from pharmcheck.audit.waiting import Placed
from pharmcheck.model import Report, Site
from pharmcheck.pipeline import judge
from tests.audit.audited import CASSETTES, NOW, OFFLINE, SHOP, addresses, audited, quiet, reports


def two_hundred(out: Path, tell: Callable[[Standing], None]) -> list[dict[str, object]]:
    """Audit 200 sites, telling how it stands; return the reports."""
    with Store(out / "state.sqlite") as store:
        read_links(store, [str(addresses(out / "a.txt", 200))], io.BytesIO(), "", quiet)
        check_sites(store, OFFLINE, tell)
        write_results(store, out)
    return reports(out)


def test_a_process_that_dies_costs_nobody_an_answer(tmp_path: Path) -> None:
    """The sites that it had at hand are tried again."""
    killed: list[int] = []

    def kill_one(standing: Standing) -> None:
        if standing.done > 5 and not killed:
            child = multiprocessing.active_children()[0]
            killed.append(child.pid or 0)
            child.kill()

    found = two_hundred(tmp_path, kill_one)
    assert killed
    assert len(found) == 200
    assert all("died" not in json.dumps(r["gaps"]) for r in found)


def test_a_process_that_hangs_is_ended_where_another_takes_its_place() -> None:
    """Whatever it did not answer to: nothing is left behind."""
    job = Job("a.example", "http://a.example/", "a.example")
    hanging = Worker(OFFLINE)
    process = hanging.process
    try:
        assert process.pid
        os.kill(process.pid, signal.SIGSTOP)
        hanging.give(Placed(job, ()), [])
        assert hanging.bury() == [Placed(job, ())]
        assert not process.is_alive()
        assert hanging.process.is_alive()
    finally:
        process.kill()
        hanging.stop()


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

    found = two_hundred(tmp_path, kill_parent)
    assert killed
    assert len(found) == 200
    assert all("died" not in json.dumps(r["gaps"]) for r in found)


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


def test_processes_share_what_a_first_connection_loads() -> None:
    """Once it has loaded, the first request loads no module, and builds no further TLS context."""
    code = (
        "import asyncio, sys, pharmcheck.audit.warm\n"
        "from datetime import UTC, datetime\n"
        "from pharmcheck.capture.client import Client, ssl_context\n"
        "from pharmcheck.capture.options import CaptureOptions\n"
        "async def serve(reader, writer):\n"
        "    while await reader.readuntil(b'\\r\\n\\r\\n'):\n"
        "        writer.write(b'HTTP/1.1 404 Not Found\\r\\nContent-Length: 0\\r\\n\\r\\n')\n"
        "async def fetch():\n"
        "    server = await asyncio.start_server(serve, '127.0.0.1', 0)\n"
        "    rule = f'::127.0.0.1:{server.sockets[0].getsockname()[1]}'\n"
        "    before = set(sys.modules)\n"
        "    async with Client(CaptureOptions(datetime(2026, 11, 1, tzinfo=UTC), connect_to=(rule,))) as client:\n"
        "        last = (await client.fetch('http://shop.example/')).last\n"
        "    print(last.status, sorted(set(sys.modules) - before), ssl_context.cache_info().misses)\n"
        "asyncio.run(fetch())"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout == "404 [] 1\n"


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
