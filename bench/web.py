"""Load the web form: 200 people on loopback for 30 s, each from an address of its own, while real checks run.

`python bench/web.py [--clients N] [--seconds S]` starts `pharmcheck serve` with its own limits over the invented sites of
cassettes/, and prints what it answered, how fast the form came meanwhile, and the memory of the server at start and end.
Exits 1 where an answer was neither a success nor an honest 429 or 503 with Retry-After.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import statistics
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.loopback import Loopback  # noqa: E402
from tests.web.serving import SITES, served  # noqa: E402

HONEST = (429, 503)
POLL_S = 2.0


class Tally:
    """What the clients met."""

    def __init__(self) -> None:
        self.answers: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.verdicts = 0

    def note(self, what: str, status: int, headers: dict[str, str]) -> None:
        self.answers[f"{what} {status}"] += 1
        if status >= 400 and not (status in HONEST and headers.get("retry-after", "0").isdecimal()):
            self.wrong[f"{what} {status}"] += 1


async def ask(
    address: str, method: str, path: str, source: str, form: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Make one request from the address `source`; return status, headers and body."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, local_addr=(source, 0))
    body = urlencode(form or {}).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded\r\n" if form else ""
    writer.write(f"{head}{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    try:
        answer = await reader.read()
    finally:
        writer.close()
    top, _, rest = answer.partition(b"\r\n\r\n")
    first, *lines = top.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(first.split()[1]), headers, rest


async def person(number: int, address: str, hosts: list[str], until: float, tally: Tally) -> None:
    """Open the form, check a site, look again until the result is there, and begin anew; wait as long as told."""
    source, turn = f"127.0.1.{number + 1}", 0
    while time.monotonic() < until:
        turn += 1
        status, headers, _ = await ask(address, "GET", "/", source)
        tally.note("form", status, headers)
        target = f"https://{hosts[(number + turn) % len(hosts)]}/?visit={number}-{turn}"
        status, headers, _ = await ask(address, "POST", "/checks", source, {"target": target, "country": "DE"})
        tally.note("check", status, headers)
        if "location" not in headers:
            await asyncio.sleep(min(int(headers.get("retry-after", "1")), max(0.1, until - time.monotonic())))
            continue
        where = headers["location"]
        while time.monotonic() < until:
            await asyncio.sleep(POLL_S)
            status, headers, body = await ask(address, "GET", where, source)
            tally.note("look", status, headers)
            if b"<article" in body:
                tally.verdicts += 1
            if b'aria-current="step"' not in body:
                break


async def crowd(address: str, hosts: list[str], clients: int, seconds: float) -> Tally:
    """Let all people do that at once for so long."""
    tally, until = Tally(), time.monotonic() + seconds
    async with asyncio.TaskGroup() as group:
        for number in range(clients):
            group.create_task(person(number, address, hosts, until, tally))
    return tally


def probe(address: str, seconds: float, out: multiprocessing.Queue[list[float]]) -> None:
    """Fetch the form ten times a second from a process of its own, and put the milliseconds that each took."""

    async def run() -> list[float]:
        took, until = [], time.monotonic() + seconds
        while time.monotonic() < until:
            start = time.perf_counter()
            status, _, _ = await ask(address, "GET", "/", "127.0.2.1")
            assert status == 200, status
            took.append((time.perf_counter() - start) * 1000)
            await asyncio.sleep(0.1)
        return took

    out.put(asyncio.run(run()))


def load(address: str, hosts: list[str], clients: int, seconds: float, out: multiprocessing.Queue[Tally]) -> None:
    out.put(asyncio.run(crowd(address, hosts, clients, seconds)))


def memory_mb(pid: int) -> tuple[float, float]:
    """Return the resident memory of the server, and of its workers together."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return _resident_mb(str(pid)), sum(_resident_mb(child) for child in children)


def _resident_mb(pid: str) -> float:
    line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200, choices=range(1, 251), metavar="1..250")
    parser.add_argument("--seconds", type=int, default=30, choices=range(5, 301), metavar="5..300")
    given = parser.parse_args()
    start = multiprocessing.get_context("spawn")
    with Loopback(SITES, datetime.now(UTC)) as sites, served(sites) as (address, pid):
        hosts = [host for host in sites.hosts if host.endswith(".example")]
        asyncio.run(crowd(address, hosts, 4, 5))  # warm up: what is loaded on first use counts for no growth
        before = memory_mb(pid)
        tallies, times = start.Queue(), start.Queue()
        jobs = [
            start.Process(target=load, args=(address, hosts, given.clients, given.seconds, tallies)),
            start.Process(target=probe, args=(address, given.seconds, times)),
        ]
        for job in jobs:
            job.start()
        tally, took = tallies.get(), sorted(times.get())
        for job in jobs:
            job.join()
        after = memory_mb(pid)
    p95 = statistics.quantiles(took, n=20)[-1]
    print(f"{given.clients} clients, {given.seconds} s, {tally.answers.total()} answers, {tally.verdicts} results read")
    for what, count in sorted(tally.answers.items()):
        print(f"  {what:12} {count:6}{'   WRONG' if tally.wrong[what] else ''}")
    print(f"form while checks run: median {statistics.median(took):.1f} ms, p95 {p95:.1f} ms, most {took[-1]:.1f} ms")
    print(
        f"memory of the server {before[0]:.0f} MB before, {after[0]:.0f} MB after; of its workers {before[1]:.0f} and {after[1]:.0f} MB"
    )
    print(
        json.dumps(
            {"answers": tally.answers, "p95_ms": round(p95, 1), "server_mb": [round(before[0]), round(after[0])]}
        )
    )
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
