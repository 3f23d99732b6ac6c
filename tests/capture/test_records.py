"""Exchanges to records and back: each thing that is kept, each that is another program's, and how it is played."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from pharmcheck import __version__
from pharmcheck.capture.archive import Recording, load, save
from pharmcheck.capture.archive import records_of as records_of_site
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.options import CaptureOptions
from pharmcheck.capture.warc import ArchiveError, Record, read_records, write_records
from pharmcheck.target import parse_target
from tests.capture.recordings import HTML, page

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TARGET = parse_target("hxxp://shop[.]example/größe")


def records_of(path: Path) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """Return the records of a file, and what was wrong with others."""
    with path.open("rb") as file:
        return read_records(file, path.name)


def kept(path: Path, *exchanges: Exchange, **options: Any) -> Recording:
    """Write exchanges and read them back."""
    save(path, TARGET, CaptureOptions(NOW, **options), exchanges)
    return load(path)


def about(path: Path) -> list[str]:
    """Return the lines of the first record."""
    return records_of(path)[0][0].block.decode().splitlines()


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
        {"render": True},
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
    names = ("max_pages", "max_bytes", "live_registries", "vantage", "render", "look_ups", "registration_servers")
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


def test_fields_are_spelt_as_the_standard_does(tmp_path: Path) -> None:
    """Readers should not mind capitals, but some do."""
    save(tmp_path / "a.warc.gz", TARGET, CaptureOptions(NOW), [page(address="192.0.2.7", cut="length")])
    heads = re.findall(
        rb"^WARC/1\.1\r\n(.*?)\r\n\r\n", gzip.decompress((tmp_path / "a.warc.gz").read_bytes()), re.M | re.S
    )
    assert len(heads) == 3
    fields = ("WARC-Date", "Content-Type", "WARC-IP-Address", "WARC-Truncated")
    told = [{line.partition(":")[0] for line in head.decode().splitlines()} for head in heads]
    assert [sum(name in names for names in told) for name in fields] == [3, 3, 1, 1]


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


def test_several_sites_of_an_audit_are_not_taken_for_one(tmp_path: Path) -> None:
    """Where each site stands behind a record of its own, the file is refused; one of them alone is read."""
    made = [records_of_site(TARGET, CaptureOptions(NOW), [page()], site) for site in ("shop.example", "pills.example")]
    write_records(tmp_path / "one.warc.gz", made[0])
    write_records(tmp_path / "two.warc.gz", [*made[0], *made[1]])
    assert len(load(tmp_path / "one.warc.gz").exchanges) == 1
    assert len(load(tmp_path / "one.warc.gz", TARGET).exchanges) == 1
    with pytest.raises(ArchiveError, match=r"holds a recording of shop\.example, and none of other\.example"):
        load(tmp_path / "one.warc.gz", parse_target("other.example"))
    with pytest.raises(ArchiveError, match="holds 2 sites of an audit: name one as TARGET, or use audit --from-warc"):
        load(tmp_path / "two.warc.gz")
