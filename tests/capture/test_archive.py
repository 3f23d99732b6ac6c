"""A recording gives the same site again, other programs can read it, and a damaged one is never taken as whole."""

from __future__ import annotations

import asyncio
import dataclasses
import gzip
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pharmcheck.capture import ArchiveError, capture, replay
from pharmcheck.capture.warc import Record, read_records, write_records
from pharmcheck.model import Page, Site
from pharmcheck.target import parse_target
from tests.capture.shop import NOW, Route, Shop, answer, redirect, silence

WORDS = "<p>An invented shop with more than enough words on its page to be taken for a page with content.</p>"


async def _broken(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<p>A beginning.")


def routes() -> dict[str, Route]:
    """A site with every kind of trouble: redirects, cookies, compression, a silent, a broken, a forbidden page."""
    names = ["contact", "faq", "cart", "terms", "about", "privacy", "returns", "shipping", "product/1", "product/2"]
    home = WORDS + "".join(f"<a href=/{n}>{n.partition('/')[0]}</a> " for n in names)
    return {
        "/robots.txt": answer("User-agent: *\nDisallow: /returns\n", content_type="text/plain"),
        "/": [redirect("/"), answer(home + "<a href=https://register.example/7>Seal</a>", Set_Cookie="a=1")],
        "/contact": answer(gzip.compress((WORDS + "Größe").encode()), Content_Encoding="gzip"),
        "/faq": redirect("/about"),
        "/about": [WORDS + "first", WORDS + "second"],
        "/cart": silence,
        "/terms": answer("gone", "410 Gone"),
        "/privacy": _broken,
        "/shipping": answer("große Mühe".encode("cp1252"), content_type="text/html; charset=windows-1252"),
        "/product/1": answer(b"\x89PNG\r\n\x1a\n", content_type="image/png"),
        "/product/2": "<html></html>",
    }


def record(
    path: Path, target: str = "  hxxp://shop[.]example", served: dict[str, Route] | None = None, **more: Any
) -> Site:
    async def run() -> Site:
        async with Shop(served or routes()) as shop:
            options = shop.options(
                record=path, timeout_s=0.5, issuer_hosts=("register.example", "unused.example"), **more
            )
            return await capture(parse_target(target), options)

    return asyncio.run(run())


def plain(page: Page) -> dict[str, Any]:
    return {f.name: getattr(page, f.name) for f in dataclasses.fields(page)}


def assert_same(one: Site, two: Site) -> None:
    assert (one.target, one.captured, one.gaps) == (two.target, two.captured, two.gaps)
    assert [plain(p) for p in one.pages] == [plain(p) for p in two.pages]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Path]:
    path = tmp_path_factory.mktemp("recorded") / "shop.example.warc.gz"
    return record(path), path


def test_replay_is_the_same(recorded: tuple[Site, Path]) -> None:
    """A replay gives the same target, time, pages and gaps, letter for letter, without any network."""
    site, path = recorded
    assert len(site.pages) >= 6
    assert {"checkout", "returns", "terms", "privacy", "product", "issuer"} <= {g.artifact for g in site.gaps}
    assert_same(replay(path), site)
    assert_same(replay(path), site)


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_replay_keeps_the_page_limit(tmp_path: Path, pages: int) -> None:
    """The limit of pages belongs to the recording."""
    site = record(tmp_path / "a.warc.gz", max_pages=pages)
    assert_same(replay(tmp_path / "a.warc.gz"), site)


def test_replay_of_http_fallback_and_pasted_page(tmp_path: Path) -> None:
    """A bare name read over http, with a pasted page, is replayed as it was."""
    site = record(tmp_path / "a.warc.gz", "shop.example/about", {"/": WORDS, "/about": WORDS + "x"})
    assert [p.url for p in site.pages] == ["http://shop.example/", "http://shop.example/about"]
    assert site.gaps[0].artifact == "https"
    assert_same(replay(tmp_path / "a.warc.gz"), site)


def test_same_bytes(tmp_path: Path) -> None:
    """Two recordings of the same answers at the same time are the same bytes."""
    served = {"/": WORDS + "<a href=/contact>Contact</a><a href=/faq>FAQ</a>", "/contact": WORDS, "/faq": WORDS + "?"}
    for name in ("a.warc.gz", "b.warc.gz"):
        record(tmp_path / name, served=dict(served))
    assert (tmp_path / "a.warc.gz").read_bytes() == (tmp_path / "b.warc.gz").read_bytes()


def test_others_read_ours(recorded: tuple[Site, Path]) -> None:
    """warcio reads our records, finds every digest right, and the bodies as they were read."""
    site, path = recorded
    kinds: list[str] = []
    bodies: dict[str, bytes] = {}
    with path.open("rb") as file:
        for found in ArchiveIterator(file, check_digests="raise"):
            kinds.append(found.rec_type)
            body = found.content_stream().read()
            if found.rec_type == "response":
                bodies[found.rec_headers.get_header("WARC-Target-URI")] = body
    assert kinds[0] == "warcinfo"
    assert {"response", "request", "metadata"} <= set(kinds)
    assert "Größe" in bodies["http://shop.example/contact"].decode()
    assert site.pages[0].source.encode() == bodies["http://shop.example/"]


@pytest.mark.parametrize("suffix", [".warc.gz", ".warc"])
def test_cut_off(recorded: tuple[Site, Path], tmp_path: Path, suffix: str) -> None:
    """Wherever a recording is cut, between records too, it is an error that says so."""
    data = recorded[1].read_bytes() if suffix == ".warc.gz" else gzip.decompress(recorded[1].read_bytes())
    path = tmp_path / f"cut{suffix}"
    for keep in (*range(400, len(data) - 8, max(1, len(data) // 60)), len(data) - 9):
        path.write_bytes(data[:keep])
        with pytest.raises(ArchiveError, match="cut off"):
            replay(path)


def test_cut_between_records(recorded: tuple[Site, Path], tmp_path: Path) -> None:
    """A recording that lacks whole records at its end is cut off as well, though every record in it is whole."""
    with recorded[1].open("rb") as file:
        records, _ = read_records(file, "a")
    kept = [
        Record(tuple(f for f in r.fields if not f[0].startswith(("warc-block", "content-length"))), r.block)
        for r in records
    ]
    write_records(tmp_path / "a.warc.gz", kept[:-1])
    with pytest.raises(ArchiveError, match="it should hold"):
        replay(tmp_path / "a.warc.gz")


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<html>", gzip.compress(b"hello", mtime=0), b"\x1f\x8b" + b"x" * 50, b"PK\x03\x04"]
)
def test_no_warc(tmp_path: Path, data: bytes) -> None:
    """A file that is no WARC is refused with a sentence."""
    (tmp_path / "a.warc.gz").write_bytes(data)
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz"):
        replay(tmp_path / "a.warc.gz")


def foreign(path: Path, *pages: tuple[str, bytes, dict[str, str]]) -> None:
    """Write a WARC as another program would."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.0")
    for url, body, headers in pages:
        head = StatusAndHeaders("200 OK", list({"Content-Type": "text/html", **headers}.items()), protocol="HTTP/1.1")
        fields = {"WARC-Date": "2025-03-04T05:06:07Z"}
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=BytesIO(body), http_headers=head, warc_headers_dict=fields
            )
        )
    path.write_bytes(out.getvalue())


def test_ours_reads_others(tmp_path: Path) -> None:
    """Another program's WARC: its first HTML page is the target, its date the clock; codings are undone."""
    page = (WORDS + "<a href=/contact>Contact</a>").encode()
    squeezed = gzip.compress(WORDS.encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(squeezed), squeezed)
    foreign(
        tmp_path / "a.warc.gz",
        ("http://pills.example/style.css", b"x", {"Content-Type": "text/css"}),
        ("http://pills.example/", page, {}),
        ("http://pills.example/contact", chunked, {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}),
    )
    site = replay(tmp_path / "a.warc.gz")
    assert (site.target.url, site.captured) == ("http://pills.example/", datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC))
    assert [p.role for p in site.pages] == ["home", "contact"]
    assert "enough words" in site.pages[1].text


def test_missing_pages_of_others(tmp_path: Path) -> None:
    """A page that is not in another's WARC is a gap that says so."""
    foreign(tmp_path / "a.warc.gz", ("http://pills.example/", (WORDS + "<a href=/faq>FAQ</a>").encode(), {}))
    site = replay(tmp_path / "a.warc.gz")
    assert "faq page: http://pills.example/faq is not in this recording" in [g.why for g in site.gaps]


def test_broken_record_costs_itself(tmp_path: Path) -> None:
    """A record with an unreadable header, a wrong digest or a wrong length is left out and noted; the rest is read."""
    whole = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://pills.example/\r\n"
        b"WARC-Date: 2025-03-04T05:06:07Z\r\n"
        b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    )
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + WORDS.encode()
    bad = [
        b"WARC/1.0\r\nContent-Length: -5\r\n\r\nabc\r\n\r\n",
        b"WARC/1.0\r\nno colon here\r\n\r\n",
        b"WARC/1.0\r\nWARC-Block-Digest: sha1:AAAA\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: 1\r\n\r\nabc\r\n\r\n",
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(bad) + whole % (len(block), block))
    site = replay(tmp_path / "a.warc")
    assert [p.url for p in site.pages] == ["http://pills.example/"]
    assert "records were left out" in site.gaps[-1].why


def test_bomb_in_a_record(tmp_path: Path) -> None:
    """A body in a WARC that expands a thousandfold is cut at the cap of a page."""
    headers = {"Content-Encoding": "gzip"}
    foreign(
        tmp_path / "a.warc.gz", ("http://pills.example/", gzip.compress(WORDS.encode() + b"a" * 50_000_000), headers)
    )
    site = replay(tmp_path / "a.warc.gz")
    assert "only its first 2,000,000 bytes were read" in site.gaps[0].why


def test_many_bombs_in_one_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bodies that are small each, and together expand beyond all measure, are refused before all are held."""
    monkeypatch.setattr("pharmcheck.capture.archive.MAX_TOTAL_BYTES", 10_000_000)
    body = gzip.compress(b"a" * 4_000_000)
    pages = [(f"http://pills.example/{i}", body, {"Content-Encoding": "gzip"}) for i in range(4)]
    foreign(tmp_path / "a.warc.gz", *pages)
    with pytest.raises(ArchiveError, match="expand to more than 10 MB"):
        replay(tmp_path / "a.warc.gz")


HEAD = b"WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: http://pills.example/\r\nWARC-Date: %s\r\n"
DATE = b"2025-03-04T05:06:07Z"


def raw_record(block: bytes, kind: bytes = b"response", date: bytes = DATE, more: bytes = b"") -> bytes:
    return HEAD % (kind, date) + more + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"WARC/1.1\r\n" + b"X: " + b"a" * 60_000 + b"\r\n" * 1, "more than 1 MB"),
        (b"WARC/1.1\r\nContent-Length: 0\r\n\r\n", "more than 200 records"),
        (b"stray\n", "more than 500 lines outside"),
        (b"WARC/1.1\r\nContent-Length: 900000000000\r\n\r\n", "which it cannot be"),
    ],
)
def test_recording_made_to_exhaust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, says: str) -> None:
    """Endless headers, records, stray lines, and lengths that lie are refused, whatever they compress to."""
    monkeypatch.setattr("pharmcheck.capture.warc.MAX_TOTAL_BYTES", 1_000_000)
    monkeypatch.setattr("pharmcheck.capture.warc.MAX_RECORDS", 200)
    monkeypatch.setattr("pharmcheck.capture.warc._MAX_STRAY_LINES", 500)
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(data * 1_000))
    with pytest.raises(ArchiveError, match=says):
        replay(tmp_path / "a.warc.gz")


@pytest.mark.parametrize("cut", [b"{:>999999999}", b"{0.__class__}", b"{", b"no such word"])
def test_words_of_a_recording_are_no_code(tmp_path: Path, cut: bytes) -> None:
    """Why a record is cut is told in our words, whatever the recording says."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + WORDS.encode()
    (tmp_path / "a.warc").write_bytes(raw_record(block, more=b"WARC-Truncated: " + cut + b"\r\n"))
    assert replay(tmp_path / "a.warc").gaps[0].why.endswith("because the recording broke off there")


@pytest.mark.parametrize(
    "about",
    [
        b"target: 7\r\n",
        b"target: [1, 2]\r\n",
        b"target: " + b"[" * 100_000 + b"\r\n",
        b"target: null\r\n",
        b'target: "pills.example"\r\nrecords: many\r\n',
        b'target: "pills.example"\r\nmax-pages: x\r\n',
    ],
)
@pytest.mark.parametrize("date", [DATE, b"0001-01-01T00:00:00+14:00", b"soon", b""])
def test_lies_about_the_capture(tmp_path: Path, about: bytes, date: bytes) -> None:
    """A recording that says nonsense about itself is refused with a sentence."""
    first = raw_record(b"software: pharmcheck/9\r\n" + about, kind=b"warcinfo", date=date)
    (tmp_path / "a.warc").write_bytes(first)
    with pytest.raises(ArchiveError, match="does not say what was captured"):
        replay(tmp_path / "a.warc")


def test_date_is_the_clock(recorded: tuple[Site, Path]) -> None:
    """The clock of a replay is the time that was given when it was recorded."""
    assert replay(recorded[1]).captured == NOW
