"""Exchanges to records and back: each thing that is kept, each that is another program's, and how it is played."""

from __future__ import annotations

import asyncio
import gzip
import io
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest

from pharmcheck import __version__
from pharmcheck.capture.archive import Recording, ReplayTransport, iter_exchanges, load, save
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.guard import RefusedError, UnreachedError
from pharmcheck.capture.options import CaptureOptions
from pharmcheck.capture.warc import ArchiveError, Record, read_records, write_records
from pharmcheck.target import parse_target

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
HTML = (("Content-Type", "text/html"),)
SENT = (("Host", "shop.example"), ("User-Agent", "x"))
TARGET = parse_target("hxxp://shop[.]example/größe")


def records_of(path: Path) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """Return the records of a file, and what was wrong with others."""
    with path.open("rb") as file:
        return read_records(file, path.name)


def page(url: str = "http://shop.example/", **more: Any) -> Exchange:
    """Return an answer as the client makes it."""
    given = {"status": 200, "reason": "OK", "headers": HTML, "body": b"<p>words", "sent": SENT, "address": "192.0.2.7"}
    return Exchange(url, **{**given, **more})


def kept(path: Path, *exchanges: Exchange, **options: Any) -> Recording:
    """Write exchanges and read them back."""
    save(path, TARGET, CaptureOptions(NOW, **options), exchanges)
    return load(path)


def about(path: Path) -> list[str]:
    """Return the lines of the first record."""
    return records_of(path)[0][0].block.decode().splitlines()


# What is kept


@pytest.mark.parametrize(
    "exchange",
    [
        page(),
        page("https://shop.example/a?b=c&d"),
        page(status=404, reason="Not Found", body=b""),
        page(status=301, reason="", headers=(("Location", "/x"),)),
        page(cut="length"),
        page(visitor="crawler", body=b"others"),
        Exchange("http://shop.example/", error="no answer from shop.example in 10 s"),
        Exchange("http://10.0.0.1/", error="10.0.0.1 is not a public address", refused=True),
        Exchange("http://shop.example/", error="the line broke: off", visitor="phone"),
        Exchange(
            "whois://whois.example/shop.example", headers=(("Content-Type", "text/plain"),), body=b"domain: x\r\n"
        ),
        Exchange(
            "dns:shop.example?type=MX", headers=(("Content-Type", "application/dns-message"),), body=b"\0\1", cut="time"
        ),
        Exchange("tls://shop.example:443/", headers=(("Content-Type", "application/json"),), body=b"{}"),
        Exchange("dns:shop.example?type=A", error="DNS: no answer"),
    ],
    ids=lambda e: f"{e.url} {e.status or e.error[:8]} {e.visitor}",
)
def test_an_exchange_comes_back_as_it_was(tmp_path: Path, exchange: Exchange) -> None:
    """Status, reason, headers, body, cut, failure, refusal and visitor; what was sent and who answered stay in the file."""
    (found,) = kept(tmp_path / "a.warc.gz", exchange).exchanges
    length = (("Content-Length", str(len(exchange.body))),) if exchange.status else ()
    headers = tuple(h for h in found.headers if h not in length)
    assert replace(found, headers=headers) == replace(exchange, sent=(), address="")


def test_headers_that_no_longer_hold_are_dropped(tmp_path: Path) -> None:
    """The body is kept expanded: its codings and its old length go, all else stays in its order."""
    old = (
        ("Content-Encoding", "gzip"),
        ("X-A", "1"),
        ("TRANSFER-ENCODING", "chunked"),
        ("content-length", "7"),
        ("X-B", "2"),
    )
    (found,) = kept(tmp_path / "a.warc.gz", page(headers=old)).exchanges
    assert [h for h in found.headers if h[0].startswith("X-")] == [("X-A", "1"), ("X-B", "2")]
    records, _ = records_of(tmp_path / "a.warc.gz")
    head = records[1].block.partition(b"\r\n\r\n")[0]
    assert head == b"HTTP/1.1 200 OK\r\nX-A: 1\r\nX-B: 2\r\nContent-Length: 8"


def test_an_answer_stands_with_its_request(tmp_path: Path) -> None:
    """Two records: the response with address and cut, the request that led to it, each with the date of the capture."""
    kept(tmp_path / "a.warc.gz", page("http://shop.example/a?b=c", cut="time", visitor="phone"))
    _, answer, request = records_of(tmp_path / "a.warc.gz")[0]
    assert [r.field("WARC-Type") for r in (answer, request)] == ["response", "request"]
    assert answer.field("Content-Type") == "application/http; msgtype=response"
    assert request.field("Content-Type") == "application/http; msgtype=request"
    assert (answer.field("WARC-IP-Address"), answer.field("WARC-Truncated")) == ("192.0.2.7", "time")
    assert request.field("WARC-Concurrent-To") == answer.field("WARC-Record-ID")
    assert request.block == b"GET /a?b=c HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: x\r\n\r\n"
    for record in (answer, request):
        assert record.field("WARC-Date") == "2026-11-01T12:00:00Z"
        assert record.field("WARC-Target-URI") == "http://shop.example/a?b=c"
        assert record.field("Pharmcheck-Visitor") == "phone"
    assert not request.field("WARC-IP-Address")


def test_a_request_for_no_path_is_one_for_the_root(tmp_path: Path) -> None:
    """The line of the request is what was sent."""
    kept(tmp_path / "a.warc.gz", page("http://shop.example"))
    assert records_of(tmp_path / "a.warc.gz")[0][2].block.startswith(b"GET / HTTP/1.1\r\n")


def test_letters_that_no_header_can_hold_are_replaced(tmp_path: Path) -> None:
    """A record is written whatever a header says."""
    (found,) = kept(tmp_path / "a.warc.gz", page(headers=(("X-Name", "Größe ☃"), *HTML))).exchanges
    assert found.header("x-name") == "Größe ?"


def test_two_equal_answers_are_two_records(tmp_path: Path) -> None:
    """Records have ids of their own, which depend on their place and content only."""
    ids = []
    for name in ("a.warc.gz", "b.warc.gz"):
        kept(tmp_path / name, page(), page())
        ids.append([r.field("WARC-Record-ID") for r in records_of(tmp_path / name)[0]])
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 5


# What a recording says about itself


def test_a_plain_capture_says_little(tmp_path: Path) -> None:
    """Program, format, robots, target, limits, and the number of records; what was not asked for is not mentioned."""
    kept(tmp_path / "a.warc.gz", page(), page(error="gone"), max_pages=3, max_bytes=1_000)
    assert about(tmp_path / "a.warc.gz") == [
        f"software: pharmcheck/{__version__}",
        "format: WARC File Format 1.1",
        "robots: obey",
        'target: "hxxp://shop[.]example/größe"',
        "max-pages: 3",
        "max-bytes: 1000",
        "issuer-hosts: ",
        "records: 3",
    ]
    first = records_of(tmp_path / "a.warc.gz")[0][0]
    assert (first.field("WARC-Type"), first.field("Content-Type")) == ("warcinfo", "application/warc-fields")


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"max_pages": 3, "max_bytes": 1_000},
        {"live_registries": True},
        {"vantage": True},
        {"look_ups": True, "registration_servers": ("https://rdap.example/", "whois.example")},
        {"look_ups": True, "registration_servers": ("", "whois.example")},
        {"look_ups": True, "registration_servers": ("https://rdap.example/", "")},
        {"look_ups": True, "registration_servers": ("", "")},
        {"look_ups": True},
    ],
    ids=str,
)
def test_a_replay_asks_what_the_capture_asked(tmp_path: Path, options: dict[str, Any]) -> None:
    """Limits, registers, visitors and look-ups are those of the capture."""
    found = kept(tmp_path / "a.warc.gz", page(), **options)
    told = {"registration_servers": ("", ""), **options} if options.get("look_ups") else options
    names = ("max_pages", "max_bytes", "live_registries", "vantage", "look_ups", "registration_servers")
    expected = CaptureOptions(NOW, **told)
    assert {n: getattr(found.options, n) for n in names} == {n: getattr(expected, n) for n in names}
    assert (found.target, found.problems) == (TARGET, ())


def test_a_replay_waits_for_nobody(tmp_path: Path) -> None:
    """No time limit that could be reached, no pause, no retry, no limit of requests below what a file may hold."""
    options = kept(tmp_path / "a.warc.gz", page(), timeout_s=1, site_timeout_s=2, retries=5).options
    assert (options.timeout_s, options.site_timeout_s, options.retries, options.register_pause_s) == (3600, 3600, 0, 0)
    assert (options.max_requests, options.max_site_bytes) == (100_000, 300_000_000)
    assert options.now == NOW


def test_the_clock_is_told_in_utc(tmp_path: Path) -> None:
    """A capture in another zone has the same moment."""
    zone = timezone(timedelta(hours=5))
    save(tmp_path / "a.warc.gz", TARGET, CaptureOptions(NOW.astimezone(zone)), [page()])
    assert load(tmp_path / "a.warc.gz").options.now == NOW
    assert records_of(tmp_path / "a.warc.gz")[0][0].field("WARC-Date") == "2026-11-01T12:00:00Z"


def test_issuers_are_named_where_they_were_asked(tmp_path: Path) -> None:
    """Of all issuers those whose pages are in the recording, by name, a host below theirs as well."""
    hosts = ("register.example", "nobody.example", "seals.example", "gister.example")
    asked = (page("https://www.register.example/7"), page("https://seals.example/"))
    found = kept(tmp_path / "a.warc.gz", page(), *asked, issuer_hosts=hosts)
    assert found.options.issuer_hosts == ("register.example", "seals.example")


@pytest.mark.parametrize(("via", "followed"), [("meta refresh", True), ("", False)])
def test_hops_of_pages_are_followed_where_one_led_on(tmp_path: Path, via: str, followed: bool) -> None:
    """A recording of before such hops is played as it was read."""
    found = kept(tmp_path / "a.warc.gz", page(), page("http://shop.example/x", via=via))
    assert found.options.markup_hops is followed


def test_a_page_is_never_larger_than_a_record_may_be(tmp_path: Path) -> None:
    """A recording that claims a larger limit gets that of all records."""
    assert kept(tmp_path / "a.warc.gz", page(), max_bytes=10**12).options.max_bytes == 20_000_000


def test_a_record_that_is_missing_is_noticed(tmp_path: Path) -> None:
    """A file that ends between two records is not whole; one record more than was said is none of our business."""
    kept(tmp_path / "a.warc.gz", page(), page())
    records, _ = records_of(tmp_path / "a.warc.gz")
    write_records(tmp_path / "b.warc.gz", records[:-1])
    with pytest.raises(ArchiveError, match=r"^b\.warc\.gz is cut off: it should hold 4 records and holds 3$"):
        load(tmp_path / "b.warc.gz")
    write_records(tmp_path / "c.warc.gz", [*records, records[-1]])
    assert len(load(tmp_path / "c.warc.gz").exchanges) == 2


# Recordings of others


def foreign(path: Path, *records: tuple[str, str, bytes], date: str = "2025-03-04T05:06:07Z", **more: str) -> Path:
    """Write records of type, URL and block as another program would."""
    fields = [(k.replace("_", "-"), v) for k, v in more.items()]
    made = [
        Record((("WARC-Type", kind), ("WARC-Target-URI", url), ("WARC-Date", date), *fields), block)
        for kind, url, block in records
    ]
    write_records(path, made)
    return path


def http(body: bytes = b"<p>x", head: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html") -> bytes:
    return head.encode("latin-1") + b"\r\n\r\n" + body


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
        ("Content-Encoding: gzip", gzip.compress(b"words")),
        ("CONTENT-ENCODING: deflate", zlib.compress(b"words")),
        ("Content-Encoding: deflate, gzip", gzip.compress(zlib.compress(b"words"))),
        ("Content-Encoding: deflate\r\nContent-Encoding: gzip", gzip.compress(zlib.compress(b"words"))),
        ("Transfer-Encoding: Chunked", _chunked(b"words")),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", _chunked(gzip.compress(b"words"))),
        ("X-Any: 1", b"words"),
    ],
)
def test_codings_are_undone(tmp_path: Path, headers: str, body: bytes) -> None:
    """What other programs keep as it came is read as we keep it, without the headers that spoke of it."""
    (found,) = read_one(tmp_path / "a.warc.gz", http(body, f"HTTP/1.1 200 OK\r\nX-Kept: 1\r\n{headers}"))
    assert (found.body, found.cut) == (b"words", "")
    assert [name for name, _ in found.headers if name != "X-Any"] == ["X-Kept"]


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


def test_a_file_of_any_size_is_read_one_by_one() -> None:
    """Exchanges as they come, sentences on what is broken, and a last one where the file breaks off."""
    head = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/%d\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    good = [head % (n, len(http()), http()) for n in (1, 2)]
    bad = b"WARC/1.1\r\nWARC-Block-Digest: sha1:AAAA\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"
    note = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"
    found = list(iter_exchanges(io.BytesIO(good[0] + bad + note + good[1] + good[0][:-30]), "crawl.warc"))
    assert [e if isinstance(e, str) else e.url for e in found] == [
        "http://a.example/1",
        "record 2: its content does not match its digest",
        "http://a.example/2",
        "crawl.warc is cut off: its last record is not whole. Record the site again, or repair the file.",
    ]


# How it is played


def played(exchanges: list[Exchange], *asked: tuple[str, str]) -> list[object]:
    """Return what a client gets that asks for URLs as visitors, one after another."""

    async def run() -> list[object]:
        transport = ReplayTransport(exchanges)
        got: list[object] = []
        async with httpx.AsyncClient(transport=transport) as client:
            for url, visitor in asked:
                try:
                    extensions = {"visitor": visitor} if visitor else {}
                    answer = await client.get(url, extensions=extensions)
                    got.append((answer.status_code, answer.reason_phrase, answer.content, answer.extensions.get("cut")))
                except UnreachedError as error:
                    got.append((type(error), str(error)))
        return got

    return asyncio.run(run())


def test_answers_come_in_the_order_in_which_they_were_made() -> None:
    """The last one again and again."""
    url = "http://shop.example/"
    exchanges = [
        page(url, body=b"1"),
        page(url, status=503, reason="Busy", body=b"2"),
        page(url, body=b"3", cut="length"),
    ]
    got = played(exchanges, *[(url, "")] * 4)
    assert got == [
        (200, "OK", b"1", ""),
        (503, "Busy", b"2", ""),
        (200, "OK", b"3", "length"),
        (200, "OK", b"3", "length"),
    ]


def test_each_visitor_gets_their_own() -> None:
    """The same URL gives a crawler another page, and what nobody recorded for them is not ours."""
    url = "http://shop.example/"
    got = played(
        [page(url, body=b"us"), page(url, body=b"them", visitor="crawler")], (url, "crawler"), (url, ""), (url, "phone")
    )
    assert [g[2] if len(g) == 4 else g[1] for g in got] == [b"them", b"us", f"{url} is not in this recording"]  # type: ignore[arg-type,index,misc]


def test_a_failure_fails_again_and_a_refusal_is_refused() -> None:
    """With the sentence of then."""
    a, b = "http://shop.example/a", "http://10.0.0.1/"
    got = played([Exchange(a, error="it broke"), Exchange(b, error="not public", refused=True)], (a, ""), (b, ""))
    assert got == [(UnreachedError, "it broke"), (RefusedError, "not public")]


def test_a_missing_robots_txt_forbids_nothing_and_any_other_page_is_missing() -> None:
    """Other programs keep no robots.txt."""
    got = played([page()], ("http://shop.example/robots.txt", ""), ("http://shop.example/robots.txt/x", ""))
    assert got[0] == (404, "Not Found", b"", None)
    assert got[1] == (UnreachedError, "http://shop.example/robots.txt/x is not in this recording")


def test_it_is_known_what_was_recorded() -> None:
    """By URL, however it is written, of our own asking only."""
    transport = ReplayTransport([page("HTTP://Shop.example/a b"), page("http://shop.example/c", visitor="phone")])
    assert transport.holds("http://shop.example/a%20b")
    assert not transport.holds("http://shop.example/c")
    assert not transport.holds("http://shop.example/d")
    assert not transport.holds("http://shop.example:port/")
