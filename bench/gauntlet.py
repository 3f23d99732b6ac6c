"""Sends other people's hostile files through the right doors, each in a process of its own under limits.

    python bench/gauntlet.py --corpus DIR [--corpus DIR …] [--only html] [--json FILE]

A corpus is a folder of folders: html, mail, links, csv, json, xml, bombs, http (raw answers), ssrf, url, strings, media,
warc; a folder of another name is read as `links` reads it. Each file is given to the command that such files reach, in a
process of its own with limits on CPU time and address space, beside a file that is known to be good. It passes when the
process ends by itself within the limits, with an exit code that the command documents, without a traceback, and when the
good file beside it came out unharmed. Seconds are CPU time (user and system), megabytes the largest resident set.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import secrets
import shutil
import signal
import socketserver
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CPU_S = 30  # where the system ends a process
ADDRESS_BYTES = 4_000_000_000  # likewise; the interpreter and its libraries alone take 1 GB of addresses
PATIENCE_S = 120  # for a process that waits
WORST_S, WORST_MB = 20.0, 300.0  # what passes; a start alone takes about 1 s
GOOD = "https://control-shop.example/pills"
GOOD_PAGE = (
    "<title>Control shop</title><h1>Control shop</h1><p>Viagra without prescription. Sildenafil 100 mg, 30 pills $49.00."
    "</p><form action=/cart><button>Add to cart</button></form><p>We ship worldwide; no prescription needed.</p>"
)
_SIGNS = ("Traceback (most recent call last)", "this should not have happened", "pharmcheck failed on it")


@dataclass(frozen=True, slots=True)
class Step:
    """One command on one file: `codes` are the exit codes that pass, `good` tells whether the good file came out."""

    file: str
    door: str
    argv: tuple[str, ...]
    codes: tuple[int, ...]
    good: Callable[[str], bool] = lambda _: True
    members: tuple[str, ...] = ()  # of a folder that goes in one process


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step came to; `why` is "" where it passed."""

    step: Step
    seconds: float
    megabytes: float
    why: str


@dataclass(slots=True)
class Row:
    """The figures of one folder."""

    files: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    seconds: float = 0.0
    slowest: str = ""
    megabytes: float = 0.0
    largest: str = ""


class Bench:
    """The good files, the server of raw answers, and the steps for each file of a corpus."""

    def __init__(self, folder: Path, corpus: Path, port: int) -> None:
        self.folder, self.corpus, self.port = folder, corpus, port
        self.raw: dict[str, bytes] = {}
        self.good = folder / "good.txt"
        self.good.write_text(f"Order here: {GOOD}\n", "utf-8")

    def steps(self, file: Path) -> Iterator[Step]:
        """Yield what is done with a file, by the folder in which it stands."""
        name = str(file.relative_to(self.corpus))
        kind = name.partition("/")[0] if "/" in name else self.corpus.name
        if name.startswith("mail/") and name.count("/") > 1:
            yield from self._folder(file.parent, file)
            return
        special = getattr(self, f"_{kind}", None)
        if special:
            yield from special(file, name)
        if kind not in ("http", "ssrf"):
            yield self._beside(file, name)

    def _beside(self, file: Path, name: str) -> Step:
        argv = (*_OURS, "links", "--format", "json", str(file), str(self.good))
        return Step(name, "links", argv, (0, 1), _names_the_good_one)

    def _folder(self, folder: Path, file: Path) -> Iterator[Step]:
        """Yield steps on all of a folder, at its first file: hundreds of letters are one input, as people have them."""
        members = sorted(p for p in folder.rglob("*") if p.is_file())
        if file == members[0]:
            name = str(folder.relative_to(self.corpus))
            names = tuple(str(m.relative_to(self.corpus)) for m in members)
            yield replace(self._beside(folder, name), members=names)
            yield replace(self._door("mail", folder, name), members=names)

    def _page(self, file: Path, name: str) -> Step:
        argv = (*_OURS, "check", "--html", str(file), "--url", "https://pills.example/p", "--format", "json")
        return Step(name, "check --html", argv, (0, 10, 20, 30), _is_a_report)

    def _door(self, door: str, path: Path, name: str) -> Step:
        return Step(name, door, (sys.executable, "-m", "tests.hostile.doors", door, str(path)), (0,))

    def _pieces(self, texts: Sequence[bytes]) -> Path:
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        for number, text in enumerate(texts):
            (folder / f"{number:05}").write_bytes(text)
        return folder

    def _html(self, file: Path, name: str) -> Iterator[Step]:
        if file.suffix in (".dat", ".test"):
            pieces = _html5lib(file)
            yield self._door("page", self._pieces(pieces), name)
            yield self._door("judged", self._pieces(pieces[:: max(1, len(pieces) // 20)]), name)
        else:
            yield self._page(file, name)

    def _media(self, file: Path, name: str) -> Iterator[Step]:
        yield self._page(file, name)

    def _mail(self, file: Path, name: str) -> Iterator[Step]:
        letter = self.folder / f"{secrets.token_hex(8)}.eml"  # a name tells what a file is, and many here have none
        shutil.copyfile(file, letter)
        yield self._page(letter, name)

    def _csv(self, file: Path, name: str) -> Iterator[Step]:
        yield self._door("lists", file, name)

    def _xml(self, file: Path, name: str) -> Iterator[Step]:
        yield self._door("lists", file, name)
        body = file.read_bytes()
        if name.endswith(".gz"):
            body = gzip.decompress(body)
        yield self._live(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + body, name, "robots")

    def _json(self, file: Path, name: str) -> Iterator[Step]:
        yield from (self._door(door, file, name) for door in ("har", "rdap", "saved", "lists", "answered"))
        page = self.folder / f"{secrets.token_hex(8)}.html"
        page.write_bytes(b'<p>hello</p><script type="application/ld+json">' + file.read_bytes() + b"</script>")
        yield self._page(page, name)

    def _bombs(self, file: Path, name: str) -> Iterator[Step]:
        yield from self._warc(file, name)
        yield self._door("lists", file, name)
        body = file.read_bytes()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n"
        yield self._live(f"{head}Content-Encoding: gzip\r\n\r\n".encode() + body, name, "page")

    def _warc(self, file: Path, name: str) -> Iterator[Step]:
        argv = (*_OURS, "check", "--replay", str(file), "--format", "json")
        yield Step(name, "check --replay", argv, (0, 1, 10, 20, 30))
        out = self.folder / secrets.token_hex(8)
        argv = (*_OURS, "audit", "--from-warc", str(file), "--out", str(out))
        yield Step(name, "audit --from-warc", argv, (0, 1))

    def _url(self, file: Path, name: str) -> Iterator[Step]:
        yield self._door("target", self._pieces(list(_strings(file))), name)

    def _strings(self, file: Path, name: str) -> Iterator[Step]:
        texts = list(_strings(file))
        yield self._door("target", self._pieces(texts), name)
        yield self._door("judged", self._pieces([_shop_named(text) for text in texts]), name)
        cells = self.folder / f"{secrets.token_hex(8)}.csv"
        cells.write_bytes(b"name,url\n" + b"".join(b'"%s",%s\n' % (t.replace(b'"', b'""'), t) for t in texts))
        yield self._beside(cells, name)

    def _ssrf(self, file: Path, name: str) -> Iterator[Step]:
        if file.suffix != ".jsonl":
            yield self._door("target", self._pieces(file.read_bytes().splitlines()), name)
            return
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            argv = (*_OURS, "check", "--timeout", "2", "--format", "json", "--", row["url"])
            yield Step(name, f"check {row['url']}", argv, (2, 30))

    def _http(self, file: Path, name: str) -> Iterator[Step]:
        yield self._live(file.read_bytes(), name, "page")
        yield self._live(file.read_bytes(), name, "robots")

    def _live(self, raw: bytes, name: str, what: str) -> Step:
        """Return a check of a site that gives this raw answer as its page or as its robots.txt, and of a good one."""
        host = f"{what}-{secrets.token_hex(6)}.example"
        self.raw[host] = raw
        rules = (f"{host}:80:127.0.0.1:{self.port}", f"control-shop.example:80:127.0.0.1:{self.port}", "::127.0.0.1:1")
        connect = [part for rule in rules for part in ("--connect-to", rule)]
        sites = (f"http://{host}/", "http://control-shop.example/")
        argv = (*_OURS, "check", *sites, *connect, "--timeout", "3", "--format", "json", "--no-vantage")
        return Step(name, f"check ({what})", argv, (0, 10, 20, 30), _judges_the_good_one)


_OURS = (sys.executable, "-m", "pharmcheck")


class Server(socketserver.ThreadingTCPServer):
    """Gives each host the raw answer that is kept for it, the good shop its page, and everybody else nothing."""

    allow_reuse_address, daemon_threads = True, True
    bench: Bench


class _Raw(socketserver.StreamRequestHandler):
    timeout = PATIENCE_S

    def handle(self) -> None:
        lines = []
        while (line := self.rfile.readline(65_536).strip()) != b"":
            lines.append(line.decode("latin-1"))
        host = next((v.strip() for k, _, v in (s.partition(":") for s in lines) if k.lower() == "host"), "")
        asks_robots = bool(lines) and lines[0].split(" ")[1:2] == ["/robots.txt"]
        bench = self.server.bench  # type: ignore[attr-defined]
        wanted = host in bench.raw and asks_robots == host.startswith("robots-")
        page = GOOD_PAGE.encode() if not asks_robots else b""
        status = "404 Not Found" if asks_robots else "200 OK"
        head = (
            f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\nConnection: close\r\n\r\n"
        )
        try:
            self.wfile.write(bench.raw[host] if wanted else head.encode() + page)
        except OSError:
            return  # the client had enough


def _names_the_good_one(out: str) -> bool:
    rows = [json.loads(line) for line in out.splitlines()]
    return any(row["url"] == GOOD and row["left_out"] is None for row in rows)


def _is_a_report(out: str) -> bool:
    return bool(json.loads(out)["verdict"])


def _judges_the_good_one(out: str) -> bool:
    reports = json.loads(out)
    return any(r["target"]["host"] == "control-shop.example" and r["verdict"] != "cannot-assess" for r in reports)


def _html5lib(file: Path) -> list[bytes]:
    """Return the inputs of a file of html5lib-tests."""
    if file.suffix == ".test":
        found = json.loads(file.read_text("utf-8"))
        return [t["input"].encode("utf-8", "surrogatepass") for tests in found.values() for t in tests if "input" in t]
    return [piece.partition(b"\n#")[0] for piece in file.read_bytes().split(b"#data\n")[1:]]


def _strings(file: Path) -> Iterator[bytes]:
    """Yield the strings of a file: those in its JSON, else its lines."""
    if file.suffix != ".json":
        yield from file.read_bytes().splitlines()
        return
    waiting = [json.loads(file.read_text("utf-8"))]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value.encode("utf-8", "surrogatepass")
        elif isinstance(value, dict | list):
            waiting += value.values() if isinstance(value, dict) else value


def _shop_named(text: bytes) -> bytes:
    """Return the page of a shop whose title, company, mail address and phrase are the text."""
    named = json.dumps({"@type": "Pharmacy", "name": text.decode("utf-8", "replace")}).encode()
    return b"<title>%s</title><script type=application/ld+json>%s</script><h1>%s</h1>" % (
        text,
        named,
        text,
    ) + b"<p>Viagra 100 mg without prescription %s $49.00</p><a href='%s'>Buy</a><p>%s Ltd, %s@mail.example" % (
        text,
        text,
        text,
        text,
    )


def run(step: Step, folder: Path) -> Outcome:
    """Run one step under limits."""
    out, err = folder / secrets.token_hex(8), folder / secrets.token_hex(8)
    where = {
        "PYTHONPATH": str(ROOT),
        "PHARMCHECK_DATA": str(folder / "data"),
        "PHARMCHECK_CACHE": str(folder / "cache"),
    }
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen(
            step.argv, stdout=stdout, stderr=stderr, stdin=subprocess.DEVNULL, env=os.environ | where
        )
        for kind, most in (
            (resource.RLIMIT_CPU, CPU_S),
            (resource.RLIMIT_AS, ADDRESS_BYTES),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.prlimit(process.pid, kind, (most, most))
        timer = threading.Timer(PATIENCE_S, process.kill)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    told, said = out.read_text("utf-8", "replace"), err.read_text("utf-8", "replace")
    out.unlink()
    err.unlink()
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    return Outcome(step, seconds, megabytes, _wrong(step, process.returncode, told, said, seconds, megabytes))


def _wrong(step: Step, code: int, out: str, err: str, seconds: float, megabytes: float) -> str:
    """Return why a step did not pass, "" where it did."""
    if code < 0:
        return f"ended by {signal.Signals(-code).name} after {seconds:.1f} s"
    for sign in _SIGNS:
        if sign in out or sign in err:
            return (err if sign in err else out)[-300:].strip().replace("\n", " | ")
    if code not in step.codes:
        return f"exit code {code}: {err[-300:].strip()}"
    if seconds > WORST_S or megabytes > WORST_MB:
        return f"{seconds:.1f} s, {megabytes:.0f} MB"
    try:
        return "" if step.good(out) else "the good one beside it was harmed"
    except (ValueError, KeyError, TypeError) as error:
        return f"its output cannot be read: {type(error).__name__}: {error}: {err[-200:].strip()}"


def gauntlet(corpora: Sequence[Path], only: str, jobs: int) -> list[Outcome]:
    """Run every file of the corpora; print those that fail as they come."""
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="pharmcheck-gauntlet-") as name, Server(("127.0.0.1", 0), _Raw) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        for corpus in corpora:
            bench = server.bench = Bench(Path(name), corpus, server.server_address[1])
            files = sorted(p for p in corpus.rglob("*") if p.is_file() and p.name not in ("README.md", "probe.txt"))
            steps = [s for file in files if only in str(file.relative_to(corpus.parent)) for s in bench.steps(file)]
            with ThreadPoolExecutor(jobs) as pool:
                for outcome in pool.map(lambda step: run(step, Path(name)), steps):
                    outcomes.append(outcome)
                    if outcome.why:
                        print(f"{corpus.name}/{outcome.step.file} [{outcome.step.door}]: {outcome.why}", flush=True)
        server.shutdown()
    return outcomes


def table(outcomes: Sequence[Outcome]) -> dict[str, Row]:
    """Return the figures by folder."""
    rows: dict[str, Row] = defaultdict(Row)
    for outcome in outcomes:
        file = outcome.step.file
        row = rows[file.partition("/")[0] if "/" in file else "warc"]
        row.files |= set(outcome.step.members or (file,))
        if outcome.why:
            row.failed |= set(outcome.step.members or (file,))
        if outcome.seconds > row.seconds:
            row.seconds, row.slowest = outcome.seconds, f"{Path(file).name} ({outcome.step.door[:30]})"
        if outcome.megabytes > row.megabytes:
            row.megabytes, row.largest = outcome.megabytes, f"{Path(file).name} ({outcome.step.door[:30]})"
    return rows


def main() -> None:
    """Print the table; exit with 1 where a file failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, action="append", default=[])
    parser.add_argument("--only", default="", help="a part of the path, such as html or bombs/")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    given = parser.parse_args()
    outcomes = gauntlet([c.resolve() for c in given.corpus], given.only, given.jobs)
    rows = table(outcomes)
    print(f"{'folder':9}{'files':>6}{'ok':>6}{'worst':>9}  on{'':38}{'worst':>8}  on")
    for name, row in sorted(rows.items()):
        ok = len(row.files) - len(row.failed)
        print(
            f"{name:9}{len(row.files):6}{ok:6}{row.seconds:7.1f} s  {row.slowest:40}{row.megabytes:5.0f} MB  {row.largest}"
        )
    if given.json:
        told = {
            name: {k: len(v) if isinstance(v, set) else v for k, v in asdict(row).items()} for name, row in rows.items()
        }
        given.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    sys.exit(any(outcome.why for outcome in outcomes))


if __name__ == "__main__":
    main()
