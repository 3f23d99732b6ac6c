"""Audits of many sites beside what merely fetches them: on loopback, from WARC files, and of large pages.

    python bench/audit_sites.py [--links 100000] [--sites 2000] [--pages 50000] [--large 200] [--part NAME]

`loopback`: links to invented shops, all served by one process of this machine: `pharmcheck audit` with two processes, then
two processes of Scrapy that fetch the same pages and build their trees with BeautifulSoup on lxml. `warc`: pages in WARC
files, judged with one process (a fifth of them), with two, and on a local Dask cluster of two workers. `large`: sites of
seven pages of 100 KB each, with as much text and as many tags as pages of shops of that size have, audited with one process,
and merely fetched with httpx, a client for each site. Each run may take 15 minutes. Memory is the largest sum over all
processes of a run, pages that they share counted once, sampled four times a second. On a machine that others use too,
compare the seconds of CPU.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from crawled import crawled
from served_shops import FETCH, PATHS, SPIDER, asked, page, served

from pharmcheck.capture.warc import write_records

_LIMIT_S = 900.0  # of one run
_SUBREAPER = 36  # prctl(2): who has lost its parent becomes a child of this process, so that its CPU counts
_CAPTURED = datetime(2026, 11, 1, 12, tzinfo=UTC)
_FILES = 10  # of the crawl; one process gets a fifth of them


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


def measured(commands: list[list[str]]) -> tuple[float, float, float]:
    """Run commands side by side; return seconds, seconds of CPU and the largest sum of memory in MB."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    begin, used, peak, ended = time.monotonic(), _cpu(), 0.0, threading.Event()
    # in our session: Linux gives each one an equal share of a busy machine, and two programs side by side would have two
    running = [
        subprocess.Popen(c, process_group=0, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for c in commands
    ]

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.25):
            peak = max(peak, sum(map(_memory, running)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        codes = [process.wait(max(1.0, begin + _LIMIT_S - time.monotonic())) for process in running]
    except subprocess.TimeoutExpired:
        raise SystemExit(f"not done in {_LIMIT_S:g} s: {commands[0]}") from None
    finally:
        ended.set()
        watcher.join()
        _end(running)
    if any(codes):
        raise SystemExit(f"{commands[0]} ended with {codes}")
    return time.monotonic() - begin, _cpu() - used, peak / 1e6


def _end(running: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        with suppress(ChildProcessError):
            while True:  # the server that forks an audit's processes outlives it by a moment
                os.waitpid(-process.pid, 0)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(process: subprocess.Popen[bytes]) -> float:
    try:
        top = psutil.Process(process.pid)
        return float(sum(p.memory_full_info().pss for p in [top, *top.children(recursive=True)]))
    except psutil.Error:
        return 0.0


def audited(out: Path, inputs: list[str], *options: str) -> list[str]:
    """Return the command of an audit that writes to `out`."""
    shutil.rmtree(out, ignore_errors=True)
    return [sys.executable, "-m", "pharmcheck", "audit", *inputs, "--out", str(out), *options]


def on_loopback(folder: Path, links: int, sites: int) -> list[Run]:
    """Audit links to sites of this machine, then have Scrapy fetch the same pages."""
    (folder / "links.txt").write_text("".join(f"http://shop{i % sites}.example/?from={i}\n" for i in range(links)))
    with served() as port:
        ours = audited(folder / "live", [str(folder / "links.txt")], *_to(port))
        scrapy = [[sys.executable, "-c", SPIDER, str(port), str(n), str(sites), "2"] for n in (0, 1)]
        ways = {"pharmcheck audit, 2 processes": [ours], "Scrapy and bs4, 2 processes": scrapy}
        return [_counted(name, sites, commands, port) for name, commands in ways.items()]


def of_large_pages(folder: Path, sites: int) -> list[Run]:
    """Audit sites of seven large pages, then merely fetch them."""
    (folder / "large.txt").write_text("".join(f"http://large{i}.example/\n" for i in range(sites)))
    with served() as port:
        ours = audited(folder / "large", [str(folder / "large.txt")], *_to(port), "--processes", "1")
        fetch = [sys.executable, "-c", FETCH, str(port), str(sites), *PATHS[:7]]
        ways = {"large pages, audit, 1 process": ours, "large pages, httpx fetches": fetch}
        return [_counted(name, sites, [command], port) for name, command in ways.items()]


def _to(port: int) -> tuple[str, ...]:
    """Return options that lead all names here; one address holds all sites, so its limit is raised above what is read."""
    return "--connect-to", f"::127.0.0.1:{port}", "--per-address", "32"


def _counted(name: str, sites: int, commands: list[list[str]], port: int) -> Run:
    before = asked(port)
    taken = measured(commands)
    return Run(name, sites, asked(port) - before, *taken)


def from_warc(folder: Path, pages: int) -> list[Run]:
    """Judge the pages of WARC files with one process, with two, and on a cluster."""
    sites = max(_FILES, pages // len(PATHS) // _FILES * _FILES)
    files = [folder / f"{number}.warc.gz" for number in range(_FILES)]
    for number, file in enumerate(files):
        hosts = [f"shop{i}.example" for i in range(number, sites, _FILES)]
        write_records(file, [crawled(f"http://{h}{p}", page(h, p), _CAPTURED) for h in hosts for p in PATHS])
    every, some = [str(f) for f in files], [str(f) for f in files[: _FILES // 5]]
    ways = {
        "WARC, 1 process": (some, ("--processes", "1")),
        "WARC, 2 processes": (every, ()),
        "WARC, Dask, 2 workers": (every, ("--engine", "dask")),
    }
    runs, found = [], []
    for name, (inputs, options) in ways.items():
        count = sites * len(inputs) // _FILES
        taken = measured([audited(folder / "out", inputs, "--from-warc", *options)])
        runs.append(Run(name, count, count * len(PATHS), *taken))
        found.append(_timeless(folder / "out" / "results.jsonl"))
    if found[1] != found[2] or not found[0] <= found[1]:
        raise SystemExit("the engines do not agree")
    return runs


def _timeless(path: Path) -> set[str]:
    """Return results without what depends on the moment of the audit and on the other sites in it."""
    reports = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {json.dumps({k: v for k, v in r.items() if k not in ("captured", "network")}) for r in reports}


def main() -> None:
    """Print the table and, with --json, write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--links", type=int, default=100_000)
    parser.add_argument("--sites", type=int, default=2_000)
    parser.add_argument("--pages", type=int, default=50_000)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--large", type=int, default=200, help="sites of large pages")
    parser.add_argument("--part", choices=("loopback", "warc", "large"), action="append", help="only this one")
    given = parser.parse_args()
    load: Callable[[], str] = lambda: " ".join(f"{x:.1f}" for x in os.getloadavg())  # noqa: E731
    print(f"{os.cpu_count()} cores, load before {load()}; {given.links:,} links")
    print(f"{'':34}{'sites':>7}{'pages':>9}{'seconds':>9}{'sites/s':>9}{'pages/s':>9}{'CPU s':>9}{'MB':>9}")
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="pharmcheck-bench-") as name:
        folder = Path(name)
        os.environ["TMPDIR"] = name  # Dask leaves a folder behind
        parts: dict[str, Callable[[], list[Run]]] = {
            "loopback": lambda: on_loopback(folder, given.links, given.sites),
            "large": lambda: of_large_pages(folder, given.large),
            "warc": lambda: from_warc(folder, given.pages),
        }
        for part in given.part or parts:
            found = parts[part]()
            runs += found
            print("\n".join(map(str, found)), flush=True)
    ratios = _ratios({run.name: run for run in runs})
    print("\n".join(f"{name}: {ratio:.2f}" for name, ratio in ratios.items()))
    print(f"load after {load()}")
    if given.json:
        told = {"runs": [asdict(run) for run in runs], "ratios": ratios}
        given.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def _ratios(runs: dict[str, Run]) -> dict[str, float]:
    """Return how the runs that were made stand to each other."""
    found = {}
    if ours := runs.get("pharmcheck audit, 2 processes"):
        theirs = runs["Scrapy and bs4, 2 processes"]
        found["audit / Scrapy, CPU a page"] = (ours.cpu_seconds / ours.pages) / (theirs.cpu_seconds / theirs.pages)
        found["audit / Scrapy, seconds"] = ours.seconds / theirs.seconds
    if ours := runs.get("large pages, audit, 1 process"):
        found["large pages, audit / httpx, CPU"] = ours.cpu_seconds / runs["large pages, httpx fetches"].cpu_seconds
    if one := runs.get("WARC, 1 process"):
        rate = one.pages / one.seconds
        for name in ("WARC, 2 processes", "WARC, Dask, 2 workers"):
            found[f"{name} / 1 process, pages/s"] = runs[name].pages / runs[name].seconds / rate
    return found


if __name__ == "__main__":
    main()
