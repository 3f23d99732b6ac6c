"""Audits of many sites: ours on loopback beside Scrapy that merely fetches and parses, and crawls from WARC files.

    python bench/audit_sites.py [--links 100000] [--sites 2000] [--pages 50000]

First, links to invented shops of eight pages, all served by one process of this machine: `pharmcheck audit` with two
processes, then two processes of Scrapy that fetch the same pages and build their trees with BeautifulSoup on lxml. Then
pages in WARC files, judged with one process, with two, and on a local Dask cluster of two workers; scaling is against
one process. Memory is the largest sum over all processes of a run, sampled four times a second. On a machine that others
use too, compare the seconds of CPU.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from pharmcheck.capture.warc import Record, write_records

_PATHS = ("/", "/contact", "/about", "/faq", "/product/1", "/product/2", "/product/3", "/cart")
_WORDS = "Delivered in plain packaging within ten working days to every country that our carriers reach. "
_SERVER = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
from audit_sites import page
asked = 0
async def serve(reader, writer):
    global asked
    try:
        while head := await reader.readuntil(b"\\r\\n\\r\\n"):
            path = head.split(b" ", 2)[1].decode()
            host = head.lower().split(b"\\r\\nhost:", 1)[1].split(b"\\r\\n", 1)[0].strip().decode()
            body = b"" if path == "/robots.txt" else str(asked).encode() if path == "/asked" else page(host, path)
            asked += path not in ("/robots.txt", "/asked")
            kind = b"404 Not Found" if path == "/robots.txt" else b"200 OK"
            writer.write(b"HTTP/1.1 %s\\r\\nContent-Type: text/html\\r\\nContent-Length: %d\\r\\n\\r\\n" % (kind, len(body)) + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError, IndexError):
        pass
    finally:
        writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""
_SPIDER = """
import sys
import scrapy
from bs4 import BeautifulSoup
from scrapy.crawler import CrawlerProcess
port, first, last, step = map(int, sys.argv[1:])
class Spider(scrapy.Spider):
    name = "bench"
    async def start(self):
        for number in range(first, last, step):
            yield self.ask(f"shop{number}.example", "/")
    def ask(self, host, path):
        return scrapy.Request(
            f"http://127.0.0.1:{port}{path}", headers={"Host": host}, dont_filter=True, cb_kwargs={"host": host, "path": path}
        )
    def parse(self, response, host, path):
        tree = BeautifulSoup(response.body, "lxml")
        if path == "/":
            for link in dict.fromkeys(a["href"] for a in tree.find_all("a", href=True)):
                if link != "/":
                    yield self.ask(host, link)
settings = {"LOG_ENABLED": False, "ROBOTSTXT_OBEY": False, "CONCURRENT_REQUESTS": 32, "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
            "DOWNLOAD_DELAY": 0, "TELNETCONSOLE_ENABLED": False, "COOKIES_ENABLED": False, "RETRY_ENABLED": False}
process = CrawlerProcess(settings)
process.crawl(Spider)
process.start()
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to."""

    name: str
    sites: int
    pages: int
    seconds: float
    cpu_seconds: float
    memory_mb: float

    def __str__(self) -> str:
        rates = f"{self.sites / self.seconds:9.1f}{self.pages / self.seconds:9.1f}"
        return f"{self.name:34}{self.sites:7,}{self.pages:9,}{self.seconds:9.1f}{rates}{self.cpu_seconds:9.1f}{self.memory_mb:9.0f}"


def page(host: str, path: str) -> bytes:
    """Return a page of an invented shop, about 20 KB, another for each host and path."""
    links = "".join(f"<li><a href='{p}'>{p.strip('/').replace('/', ' ') or 'home'}</a>" for p in _PATHS)
    goods = "".join(
        f"<div class='p{i}'><h2>Sildenafil {25 + i} mg</h2><p>{_WORDS}{host}{path}{i}</p><b>${i}.90</b></div>"
        for i in range(110)
    )
    form = "<form action=/cart><input name=card><button>Add to cart</button></form>" if "product" in path else ""
    return f"<!DOCTYPE html><html><title>{host}</title><ul>{links}</ul><h1>No prescription</h1>{goods}{form}</html>".encode()


def measured(commands: list[list[str]]) -> tuple[float, float, float]:
    """Run commands side by side; return seconds, seconds of CPU and the largest sum of memory in MB."""
    begin, used, peak, ended = time.monotonic(), _cpu(), 0.0, threading.Event()
    running = [subprocess.Popen(c, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for c in commands]

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.25):
            peak = max(peak, sum(map(_memory, running)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    codes = [process.wait() for process in running]
    ended.set()
    watcher.join()
    if any(codes):
        raise SystemExit(f"{commands[0]} ended with {codes}")
    return time.monotonic() - begin, _cpu() - used, peak / 1e6


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(process: subprocess.Popen[bytes]) -> float:
    try:
        top = psutil.Process(process.pid)
        return float(sum(p.memory_info().rss for p in [top, *top.children(recursive=True)]))
    except psutil.Error:
        return 0.0


def audited(out: Path, inputs: list[str], *options: str) -> list[str]:
    """Return the command of an audit that writes to `out`."""
    shutil.rmtree(out, ignore_errors=True)
    return [sys.executable, "-m", "pharmcheck", "audit", *inputs, "--out", str(out), *options]


def on_loopback(folder: Path, links: int, sites: int) -> list[Run]:
    """Audit links to sites of this machine, then have Scrapy fetch the same pages."""
    (folder / "links.txt").write_text("".join(f"http://shop{i % sites}.example/?from={i}\n" for i in range(links)))
    bench = str(Path(__file__).parent)
    server = subprocess.Popen([sys.executable, "-c", _SERVER, bench], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    port = int(server.stdout.readline())
    try:
        ours = audited(
            folder / "live", [str(folder / "links.txt")], "--connect-to", f"::127.0.0.1:{port}", "--per-address", "32"
        )
        runs = []
        scrapy = [[sys.executable, "-c", _SPIDER, str(port), str(n), str(sites), "2"] for n in (0, 1)]
        for name, commands in (("pharmcheck audit, 2 processes", [ours]), ("Scrapy and bs4, 2 processes", scrapy)):
            before = _asked(port)
            taken = measured(commands)
            runs.append(Run(name, sites, _asked(port) - before, *taken))
    finally:
        server.kill()
        server.wait()
    return runs


def _asked(port: int) -> int:
    said = subprocess.run(["curl", "-s", f"http://127.0.0.1:{port}/asked"], capture_output=True, check=True, text=True)
    return int(said.stdout)


def from_warc(folder: Path, pages: int) -> list[Run]:
    """Judge the pages of WARC files with one and two processes, and on a cluster."""
    sites = max(1, pages // len(_PATHS))
    (folder / "warc").mkdir()
    for number in range(8):
        hosts = [f"shop{i}.example" for i in range(number, sites, 8)]
        write_records(folder / "warc" / f"{number}.warc.gz", [_record(h, p) for h in hosts for p in _PATHS])
    ways = {
        "WARC, 1 process": ("--processes", "1"),
        "WARC, 2 processes": (),
        "WARC, Dask, 2 workers": ("--engine", "dask"),
    }
    runs, results = [], set()
    for name, options in ways.items():
        taken = measured([audited(folder / "out", [str(folder / "warc")], "--from-warc", *options)])
        runs.append(Run(name, sites, sites * len(_PATHS), *taken))
        results.add(_timeless(folder / "out" / "results.jsonl"))
    if len(results) != 1:
        raise SystemExit("the engines do not agree")
    return runs


def _timeless(path: Path) -> str:
    """Return results without the moment of the audit, by which alone they may differ."""
    reports = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return json.dumps([{k: v for k, v in r.items() if k != "captured"} for r in reports])


def _record(host: str, path: str) -> Record:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(host, path)
    fields = (
        ("WARC-Type", "response"),
        ("WARC-Target-URI", f"http://{host}{path}"),
        ("WARC-Date", "2026-11-01T12:00:00Z"),
    )
    return Record(fields, block)


def main() -> None:
    """Print the table and, with --json, write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--links", type=int, default=100_000)
    parser.add_argument("--sites", type=int, default=2_000)
    parser.add_argument("--pages", type=int, default=50_000)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    given = parser.parse_args()
    load: Callable[[], str] = lambda: " ".join(f"{x:.1f}" for x in os.getloadavg())  # noqa: E731
    print(f"{os.cpu_count()} cores, load before {load()}; {given.links:,} links")
    print(f"{'':34}{'sites':>7}{'pages':>9}{'seconds':>9}{'sites/s':>9}{'pages/s':>9}{'CPU s':>9}{'MB':>9}")
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="pharmcheck-bench-") as folder:
        for part in (
            lambda: on_loopback(Path(folder), given.links, given.sites),
            lambda: from_warc(Path(folder), given.pages),
        ):
            found = part()
            runs += found
            print("\n".join(map(str, found)), flush=True)
    print(f"load after {load()}")
    if given.json:
        given.json.write_text(json.dumps([asdict(run) for run in runs], indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
