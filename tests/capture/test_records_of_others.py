"""Recordings that other programs made, read as they stand."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pharmcheck.capture import replay
from pharmcheck.capture.archive import load
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.warc import ArchiveError, Record, write_records
from pharmcheck.target import parse_target
from tests.capture.recordings import http


def foreign(path: Path, *records: tuple[str, str, bytes], date: str = "2025-03-04T05:06:07Z", **more: str) -> Path:
    """Write records of type, URL and block as another program would."""
    fields = [(k.replace("_", "-"), v) for k, v in more.items()]
    made = [
        Record((("WARC-Type", kind), ("WARC-Target-URI", url), ("WARC-Date", date), *fields), block)
        for kind, url, block in records
    ]
    write_records(path, made)
    return path


def read_one(
    path: Path, block: bytes, kind: str = "response", url: str = "http://shop.example/a", **more: str
) -> list[Exchange]:
    """Return what is read beside the page that makes a file a recording."""
    foreign(path, ("response", "http://shop.example/", http()), (kind, url, block), **more)
    return list(load(path).exchanges[1:])


def test_the_first_page_of_another_program_is_the_target(tmp_path: Path) -> None:
    """The first answer that is HTML with status 200; its date is the clock, our own limits hold."""
    path = foreign(
        tmp_path / "a.warc.gz",
        ("warcinfo", "", b"software: other/1\r\ntarget: \"http://lie.example/\"\r\n"),
        ("response", "http://gone.example/", http(head="HTTP/1.1 404 Not Found\r\nContent-Type: text/html")),
        ("response", "http://style.example/", http(head="HTTP/1.1 200 OK\r\nContent-Type: text/css")),
        ("response", "http://pills.example/buy", http()),
        ("response", "http://later.example/", http()),
    )  # fmt: skip
    found = load(path)
    assert found.target == parse_target("http://pills.example/buy")
    assert found.options.now == datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert (found.options.max_pages, found.options.max_bytes) == (14, 2_000_000)
    assert not (found.options.look_ups or found.options.vantage or found.options.live_registries)
    assert len(found.exchanges) == 4


def test_a_file_without_a_page_is_none(tmp_path: Path) -> None:
    """It says so, and what could not be read, at most three sentences of it."""
    path = foreign(tmp_path / "a.warc.gz", ("response", "http://a.example/", http(head="HTTP/1.1 500 Oh")))
    with pytest.raises(ArchiveError, match=r"^a\.warc\.gz holds no HTML page that can be read$"):
        load(path)
    broken = b"WARC/1.1\r\nWARC-Block-Digest: sha1:AAAA\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"
    whole = b"WARC/1.1\r\nWARC-Type: other\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    (tmp_path / "b.warc").write_bytes(broken * 5 + whole)
    sentence = "record {}: its content does not match its digest"
    three = "; ".join(sentence.format(n) for n in (1, 2, 3))
    with pytest.raises(ArchiveError) as told:
        load(tmp_path / "b.warc")
    assert str(told.value) == f"b.warc holds no HTML page that can be read ({three})"


@pytest.mark.parametrize(
    ("kind", "url", "block"),
    [
        ("request", "http://shop.example/a", b"GET /a HTTP/1.1\r\n\r\n"),
        ("response", "ftp://shop.example/a", http()),
        ("response", "http://shop.example:port/", http()),
        ("response", "dns:shop.example", http()),
        ("resource", "http://shop.example/a", b"<p>x"),
        ("response", "http://shop.example/a", b"SSH-2.0\r\n\r\n"),
        ("response", "http://shop.example/a", http(head="HTTP/1.1 abc OK")),
        ("response", "http://shop.example/a", http(head="HTTP/1.1 99 Low")),
        ("response", "http://shop.example/a", http(head="HTTP/1.1 1000 High")),
        ("response", "http://shop.example/a", http(head="HTTP/1.1")),
        ("metadata", "http://shop.example/a", b"fetchTimeMs: 7\r\n"),
    ],
)
def test_what_is_no_answer_is_left_out(tmp_path: Path, kind: str, url: str, block: bytes) -> None:
    """Requests, other schemes, notes of crawlers, and answers without a status."""
    assert read_one(tmp_path / "a.warc.gz", block, kind, url) == []


@pytest.mark.parametrize(
    ("head", "status", "reason"),
    [
        ("HTTP/1.1 200 All is well", 200, "All is well"),
        ("HTTP/2 404", 404, ""),
        ("HTTP/1.1 100 Low", 100, "Low"),
        ("HTTP/1.1 999 Denied", 999, "Denied"),
    ],
)
def test_a_line_of_status_is_read_as_it_stands(tmp_path: Path, head: str, status: int, reason: str) -> None:
    """With many words, with none, from 100 to 999."""
    (found,) = read_one(tmp_path / "a.warc.gz", http(head=head))
    assert (found.status, found.reason, found.body) == (status, reason, b"<p>x")


def test_headers_of_others_are_read_as_they_stand(tmp_path: Path) -> None:
    """Names and values without the blanks about them; lines without a colon are none; the URL may stand in brackets."""
    head = "HTTP/1.1 200 OK\r\nX-A :  one: two \r\nnonsense\r\nX-B:"
    (found,) = read_one(tmp_path / "a.warc.gz", http(head=head), url="<http://shop.example/a>", WARC_Truncated="length")
    assert (found.url, found.cut) == ("http://shop.example/a", "length")
    assert found.headers == (("X-A", "one: two"), ("X-B", ""))


def _chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Encoding: gzip", gzip.compress(b"words", mtime=0)),
        ("CONTENT-ENCODING: deflate", zlib.compress(b"words")),
        ("Content-Encoding: deflate, gzip", gzip.compress(zlib.compress(b"words"), mtime=0)),
        ("Content-Encoding: deflate\r\nContent-Encoding: gzip", gzip.compress(zlib.compress(b"words"), mtime=0)),
        ("Transfer-Encoding: Chunked", _chunked(b"words")),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", _chunked(gzip.compress(b"words", mtime=0))),
        ("X-Any: 1", b"words"),
    ],
)
def test_codings_are_undone(tmp_path: Path, headers: str, body: bytes) -> None:
    """What other programs keep as it came is read as we keep it, without the headers that spoke of it."""
    (found,) = read_one(tmp_path / "a.warc.gz", http(body, f"HTTP/1.1 200 OK\r\nX-Kept: 1\r\n{headers}"))
    assert (found.body, found.cut) == (b"words", "")
    assert [name for name, _ in found.headers if name != "X-Any"] == ["X-Kept"]


@pytest.mark.parametrize(
    "body", [b"5\r\nwords\r\n", b"5\r\nwords\r\n400\r\n", b"5\r\nwords\r\nand more", b"ff\r\nwords"]
)
def test_chunks_that_break_off_cut_the_page(tmp_path: Path, body: bytes) -> None:
    """Where the last chunk, of no size, did not come, more may have stood behind what did."""
    (found,) = read_one(tmp_path / "a.warc.gz", http(body, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked"))
    assert (found.body, found.cut) == (b"words", "disconnect")


def test_a_body_that_cannot_be_expanded_is_a_failure_of_its_page(tmp_path: Path) -> None:
    """It says why, for the visitor who asked; a page that breaks off in its middle keeps its beginning."""
    head = "HTTP/1.1 200 OK\r\nContent-Encoding: br"
    (found,) = read_one(tmp_path / "a.warc.gz", http(b"x", head), Pharmcheck_Visitor="crawler")
    assert found.error == "the answer is compressed as 'br', which was not asked for"
    assert (found.status, found.visitor, found.url) == (0, "crawler", "http://shop.example/a")
    whole = gzip.compress(b"many words " * 5_000)
    (half,) = read_one(tmp_path / "b.warc.gz", http(whole[:-40], "HTTP/1.1 200 OK\r\nContent-Encoding: gzip"))
    assert half.cut == "disconnect"
    assert half.body.startswith(b"many words")


def test_a_crawl_of_several_sites(tmp_path: Path) -> None:
    """The first site is judged, which a gap says before all others, or the one that is named, from its first page."""
    pages = (
        "http://pills.example/buy",
        "http://pills.example/",
        "https://www.later.example/a",
        "https://later.example/",
    )
    path = foreign(tmp_path / "a.warc.gz", *(("response", url, http()) for url in pages))
    site = replay(path)
    assert site.target.url == "http://pills.example/buy"
    assert (
        site.gaps[0].why
        == "it holds 2 sites, and only pills.example was judged: name one as TARGET, or use audit --from-warc"
    )
    named = {
        "pills.example": pages[1],
        "later.example": pages[3],
        "www.later.example/a": pages[2],
        "later.example/x": pages[2],
    }
    for given, url in named.items():
        found = load(path, parse_target(given))
        assert (found.target.url, found.others) == (url, 0)
    with pytest.raises(ArchiveError, match=r"^a\.warc\.gz holds no page of other\.example$"):
        load(path, parse_target("other.example"))
