"""Who waits for whom in a live check: `python bench/critical_path.py [--rounds N] [--json FILE]`.

Invented sites of cassettes/ with name server, RDAP and WHOIS servers in a process of their own answer everything after 200
ms: pages, packets, registrations; connections and handshakes are not delayed. A whole check, with look-ups and other
visitors, is held against its slowest necessary chain: robots.txt, the first pages, then each round of links, two requests
at once at a host, what may run beside filling the gaps; or the registry and the registrar. Printed is what was asked when,
the length of that chain in answers, the time, and what we add. Exits 1 where the best round adds more than 150 ms: the
best, for what others do on this machine adds, too. The first check of a process also loads dictionaries and rules; its
time is told apart.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import multiprocessing
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import dns.message
import trustme

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pharmcheck import check  # noqa: E402
from pharmcheck.capture import CaptureOptions  # noqa: E402
from pharmcheck.reading.page import read_page  # noqa: E402
from pharmcheck.target import host_of, parse_target  # noqa: E402
from tests.capture.world import TEXT, answers_of, rdap  # noqa: E402
from tests.loopback import file_for  # noqa: E402

SITES = ROOT / "cassettes" / "sites"
DELAY_S = 0.2
ALLOWED_S = 0.15
AT_ONCE = 2  # requests to one host: politeness, and so part of what is necessary
RDAP, FURTHER, WHOIS = "rdap.registry.example", "rdap.registrar.example", "whois.registry.example"
VISITORS = (("Referer: https://www.google.", "searcher"), ("Googlebot", "crawler"), ("Mobile", "phone"))
# A shop by its name; a pasted page of it; a shop whose registry has no RDAP today. None needs all requests of its budget, for
# then the last pages wait for what others leave over.
CASES = (
    ("northgatemeds.example", ("rdap", "rdap")),
    ("https://northgatemeds.example/product/vidalista-60/", ("rdap", "rdap")),
    ("harborrx-direct.example", ("rdap", "whois", "whois")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as its server saw it, with times of the clock that all processes share."""

    where: str
    what: str
    begun: float
    ended: float


class World:
    """All servers, in one event loop; each answer comes DELAY_S after its question."""

    def __init__(self, domain: str, way: Sequence[str]) -> None:
        self.domain = domain
        self.rdap_works = "whois" not in way
        self.log: list[Asked] = []

    async def later(self, where: str, what: str) -> None:
        begun = time.monotonic()
        await asyncio.sleep(DELAY_S)
        self.log.append(Asked(where, what, begun, time.monotonic()))

    async def web(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                path = head.split(" ")[1]
                host = next(line[6:] for line in head.split("\r\n") if line.lower().startswith("host: "))
                visitor = next((who for mark, who in VISITORS if mark in head), "")
                await self.later(host, f"{path} {visitor}".strip())
                writer.write(self.answer(host, path))
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            writer.close()

    def answer(self, host: str, path: str) -> bytes:
        line, kind, body = "404 Not Found", "text/html", b"<title>Not found</title>"
        if host in (RDAP, FURTHER):
            links = [{"rel": "related", "type": "application/rdap+json", "href": f"https://{FURTHER}/{self.domain}"}]
            thin = {"links": links, "entities": []} if host == RDAP else {}
            kind, body = "application/rdap+json", json.dumps(rdap(ldhName=self.domain, **thin)).encode()
            line = "200 OK" if self.rdap_works else "503 Service Unavailable"
        elif file := file_for(SITES, f"//{host}{path}") or file_for(SITES, f"//{host}{path}/"):
            line, kind, body = "200 OK", "text/html; charset=utf-8", file.read_bytes()
        return f"HTTP/1.1 {line}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    async def whois(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        question = (await reader.readline()).decode().strip()
        first = not any(a.where == "whois" for a in self.log)
        await self.later("whois", question)
        text = TEXT.replace("SHOP.EXAMPLE", self.domain.upper())
        thin = "\n".join(line for line in text.splitlines() if "Registrant" not in line)
        writer.write((f"{thin}\nRegistrar WHOIS Server: whois.registrar.example\n" if first else text).encode())
        writer.close()


class Names(asyncio.DatagramProtocol):
    """The name server."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._answer = answers_of({(world.domain, "A"): ["192.0.2.7"], (world.domain, "MX"): ["10 mx.host.example."]})
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._out: Any = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        task = asyncio.create_task(self._say(data, addr))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _say(self, data: bytes, addr: Any) -> None:
        question = dns.message.from_wire(data)
        await self._world.later("dns", question.question[0].to_text())
        self._out.sendto(self._answer(question, "udp"), addr)


def serve(pipe: Connection, domain: str, way: Sequence[str], certificate: str) -> None:
    """Run the servers; send their ports, and for every line that comes the log, which begins anew."""

    async def run() -> None:
        world = World(domain, way)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        servers = [await asyncio.start_server(world.web, "127.0.0.1", 0, ssl=tls) for tls in (context, None)]
        servers.append(await asyncio.start_server(world.whois, "127.0.0.1", 0))
        loop = asyncio.get_running_loop()
        names, _ = await loop.create_datagram_endpoint(lambda: Names(world), local_addr=("127.0.0.1", 0))
        pipe.send([s.sockets[0].getsockname()[1] for s in servers] + [names.get_extra_info("sockname")[1]])
        while await loop.run_in_executor(None, pipe.recv):
            pipe.send(world.log[:])
            world.log.clear()

    asyncio.run(run())


def options(ports: Sequence[int], ca_file: Path) -> CaptureOptions:
    """Return those of a check as anybody runs it, led to our servers."""
    tls, plain, whois, names = ports
    ways = ((":53", names), (":43", whois), (":80", plain), ("", tls))
    return CaptureOptions(
        datetime.now(UTC),
        connect_to=tuple(f"{at or ':'}:127.0.0.1:{port}" for at, port in ways),
        vantage=True,
        look_ups=True,
        ca_file=ca_file,
        registration_servers=(f"https://{RDAP}/", WHOIS),
    )


def rounds_of(host: str, first: Sequence[str], pages: Sequence[str]) -> list[int]:
    """Return how many pages each round of links could ask for: those to which pages of the rounds before it lead."""
    known, rounds = set(first), []
    left = set(pages)
    while left:
        linked = {link.url for path in known for link in _read(host, path).links}
        found = {path for path in left if f"https://{host}{path}" in linked}
        if not found:
            raise SystemExit(f"nothing leads to {sorted(left)}: the bench does not know what is necessary")
        rounds.append(len(found))
        known |= found
        left -= found
    return rounds


def _read(host: str, path: str) -> Any:
    file = file_for(SITES, f"//{host}{path}") or file_for(SITES, f"//{host}{path}/")
    return read_page(f"https://{host}{path}", file.read_bytes() if file else b"", role="home")


def necessary(first: int, rounds: Sequence[int], views: int) -> int:
    """Return the answers that a site must be waited for: each round after the one before it, two requests at once.

    The views of other visitors may fill a place that a round leaves empty, as soon as the first pages are there.
    """
    steps, spare = 1 + math.ceil(first / AT_ONCE), 0  # robots.txt
    for pages in rounds:
        steps += math.ceil(pages / AT_ONCE)
        spare += -pages % AT_ONCE
    return steps + math.ceil(max(0, views - spare) / AT_ONCE)


def chain(log: Sequence[Asked]) -> list[Asked]:
    """Return the answers of one site that waited for one another, from the last one back to the first question."""
    found = [max(log, key=lambda a: a.ended)]
    while before := [a for a in log if a.ended <= found[-1].begun]:
        found.append(max(before, key=lambda a: a.ended))
    return found[::-1]


def measure(target: str, way: Sequence[str], rounds: int) -> dict[str, Any]:
    """Check one target over and over, and return what was found."""
    site = parse_target(target)
    with tempfile.TemporaryDirectory() as folder:
        authority = trustme.CA()
        ca_file, own = Path(folder, "ca.pem"), Path(folder, "own.pem")
        authority.cert_pem.write_to_path(ca_file)
        authority.issue_cert(site.host, RDAP, FURTHER).private_key_and_cert_chain_pem.write_to_path(own)
        ours, theirs = multiprocessing.get_context("spawn").Pipe()
        server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, site.host, way, str(own)))
        server.start()
        ports = ours.recv()
        times, cpu, log = [], [], []
        for _ in range(rounds + 1):
            begun, used = time.monotonic(), time.process_time()
            report = check(target, options=options(ports, ca_file))
            times.append(time.monotonic() - begun)
            cpu.append(time.process_time() - used)
            ours.send(True)
            if (came := ours.recv()) and times[-1] == min(times):
                log, zero = came, begun
        ours.send(False)
        server.join()
    assert report.registration, report.gaps
    return told(target, way, log, zero, times, cpu)


def told(
    target: str, way: Sequence[str], log: list[Asked], zero: float, times: list[float], cpu: list[float]
) -> dict[str, Any]:
    """Print the fastest check, and return its figures."""
    site = parse_target(target)
    asked = [a for a in log if a.where == site.host]
    views = [a for a in asked if " " in a.what]
    first = ["/", *([f"/{site.url.split('/', 3)[3]}"] if site.is_page else [])]
    pages = [a.what for a in asked if a not in views and a.what not in (*first, "/robots.txt")]
    by_round = rounds_of(site.host, first, pages)
    lengths = {"site": necessary(len(first), by_round, len(views)), "registration": len(way), "DNS": 1}
    longest = max(lengths, key=lambda name: lengths[name])
    ideal, best = lengths[longest] * DELAY_S, min(times[1:])
    print(f"\n{target}: {len(log)} answers, of {', '.join(sorted({host_of(f'//{a.where}') or a.where for a in log}))}")
    print(f"  pages: {len(first)} at first, then {' + '.join(map(str, by_round))}; seen by others: {len(views)}")
    print("  the longest chain of the fastest check, by its servers' clock:")
    for a in chain(asked if longest == "site" else [b for b in log if b.where not in (site.host, "dns")]):
        beside = sum(b.begun < a.ended and b.ended > a.begun for b in log) - 1
        print(
            f"    {a.begun - zero:6.3f} to {a.ended - zero:6.3f} s  {a.where} {a.what}   (+{beside} at the same time)"
        )
    print(f"  necessary: {lengths[longest]} answers one after another ({longest}), {ideal:.3f} s")
    print(
        f"  measured: best {best:.3f} s, median {statistics.median(times[1:]):.3f} s of {len(times) - 1}; CPU {min(cpu[1:]):.3f} s"
    )
    print(f"  after the last answer of the site: {1000 * (best - max(a.ended for a in asked) + zero):.0f} ms")
    print(
        f"  we add: {1000 * (best - ideal):.0f} ms (allowed: {1000 * ALLOWED_S:.0f}); first check of the process: ",
        end="",
    )
    print(f"{1000 * (times[0] - ideal):.0f} ms")
    return {
        "target": target,
        "answers": len(log),
        "necessary": lengths,
        "ideal_s": round(ideal, 3),
        "best_s": round(best, 3),
        "median_s": round(statistics.median(times[1:]), 3),
        "added_ms": round(1000 * (best - ideal)),
        "first_added_ms": round(1000 * (times[0] - ideal)),
        "cpu_s": round(min(cpu[1:]), 3),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, default=ROOT / "bench" / "critical_path.json")
    given = parser.parse_args()
    figures = [measure(target, way, given.rounds) for target, way in CASES]
    given.json.write_text(json.dumps(figures, indent=1) + "\n")
    return int(any(case["added_ms"] > 1000 * ALLOWED_S for case in figures))


if __name__ == "__main__":
    sys.exit(main())
