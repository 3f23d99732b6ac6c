"""What the gauntlet does with each file of a corpus: through which door it goes, and what is known to be good beside it."""

from __future__ import annotations

import gzip
import json
import secrets
import shutil
import socketserver
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

PATIENCE_S = 120  # for a process that waits
GOOD = "https://control-shop.example/pills"
GOOD_PAGE = (
    "<title>Control shop</title><h1>Control shop</h1><p>Viagra without prescription. Sildenafil 100 mg, 30 pills $49.00."
    "</p><form action=/cart><button>Add to cart</button></form><p>We ship worldwide; no prescription needed.</p>"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One command on one file: `codes` are the exit codes that pass, `good` tells whether the good file came out."""

    file: str
    door: str
    argv: tuple[str, ...]
    codes: tuple[int, ...]
    good: Callable[[str], bool] = lambda _: True
    members: tuple[str, ...] = ()  # of a folder that goes in one process


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


class Raw(socketserver.StreamRequestHandler):
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
