"""The doors by which other people's bytes come in: each takes a file as it came and lets nothing out but typed results.

`python -m tests.hostile.doors DOOR PATH` sends one file, or all of a folder, through one door, for `bench/gauntlet.py`.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pharmcheck.audit.inputs import read_bytes
from pharmcheck.audit.links import find_links
from pharmcheck.audit.message import Broken
from pharmcheck.capture.archive import iter_exchanges, load
from pharmcheck.capture.certificates import read_certificate
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.names import ask_names
from pharmcheck.capture.rdap import UnusableError, read_rdap
from pharmcheck.capture.warc import ArchiveError
from pharmcheck.capture.whois_text import read_whois
from pharmcheck.enquiries import LOOK_UPS, Question
from pharmcheck.model import Site
from pharmcheck.pipeline import judge
from pharmcheck.readers.entries import read_list
from pharmcheck.readers.our_list import RegistryError
from pharmcheck.reading.leads import find_lead
from pharmcheck.reading.mail import read_letters
from pharmcheck.reading.page import read_page
from pharmcheck.report import FORMATS, render
from pharmcheck.report.rows import csv_row
from pharmcheck.report.saved import SavedError, read_report
from pharmcheck.results.blocklist import hosts_pieces, rpz_pieces
from pharmcheck.results.changes import Comparison, as_json, as_text
from pharmcheck.results.flat import csv_pieces
from pharmcheck.results.misp import misp_pieces
from pharmcheck.results.networks import read_networks
from pharmcheck.results.packets import write_packets
from pharmcheck.results.reports import AuditReports, ResultsError
from pharmcheck.results.stix import stix_pieces
from pharmcheck.target import TargetError, parse_target
from tests.readers import forms

NOW = datetime(2026, 11, 1, 12, 30, tzinfo=UTC)
URL = "https://shop.example/pills"
_LISTS = {
    "csv": forms.PLAIN,
    "json": forms.PORTAL,
    "xml": forms.ELEMENTS,
    "xlsx": forms.WORKBOOK,
    "pdf": forms.DOCUMENT,
    "html-table": forms.TABLE,
    "html-items": forms.ITEMS,
    "html-links": forms.LINKS,
}
_ABOUT = {"us-nppes": "1234567893", "gb-gphc": "1000001", "ie-psi-register": "5001"}
_ANSWERS = tuple(Question(way, _ABOUT.get(way.registry, "shop.example")).url for way in LOOK_UPS)


def target(data: bytes) -> None:
    """What somebody pastes."""
    with suppress(TargetError):
        parse_target(data.decode("utf-8", "surrogateescape"))


def page(data: bytes) -> None:
    """A page, read; and where it leads on."""
    read_page(URL, data, content_type="text/html").text.encode()
    find_lead(URL, data, "text/html", data[:500].decode("latin-1"))


def judged(data: bytes) -> None:
    """A page, judged, and reported in every form."""
    home = read_page(URL, data, content_type="text/html")
    report = judge(Site(parse_target(URL), NOW, (home, replace(home, role="checkout"))), ("DE", "US"))
    for fmt in FORMATS:
        render(report, fmt, explain=True).encode("utf-8", "surrogatepass")


def answered(data: bytes) -> None:
    """The answer of a register or of a seal's issuer."""
    home = read_page("https://shop.example/", b"<title>Shop</title><p>Sample pharmacy", content_type="text/html")
    pages = tuple(read_page(url, data, role="register") for url in _ANSWERS)
    issuer = read_page("https://safe.pharmacy/shop", data, role="issuer")
    judge(Site(parse_target("https://shop.example/"), NOW, (home, issuer), registers=pages))


def links(data: bytes, name: str = "input") -> None:
    """An input of `links` and `audit`, whatever it is."""
    for found in read_bytes(data, name):
        for link in () if isinstance(found, Broken) else find_links(found):
            json.dumps(link.as_dict())
            csv_row(link.as_dict().values())


def mail(data: bytes) -> None:
    """A letter or a mailbox. Endless nesting is told by a RecursionError, which every caller of the reader expects."""
    with suppress(RecursionError):
        for letter in read_letters(data):
            letter.subject.encode("utf-8", "replace")
    links(data, "letter.eml")


def har(data: bytes) -> None:
    """A HAR file."""
    links(data, "session.har")


def table(data: bytes) -> None:
    """A CSV file of links."""
    links(data, "list.csv")


def json_lines(data: bytes) -> None:
    """A JSON file, and a file of JSON lines, of links."""
    links(data, "list.json")
    links(data, "list.jsonl")


def warc(data: bytes) -> None:
    """A WARC file, as one site and as a crawl; each of its records is kept or told."""
    for found in iter_exchanges(BytesIO(data), "crawl.warc"):
        assert found
    with TemporaryDirectory(prefix="pharmcheck-") as folder, suppress(ArchiveError):
        file = Path(folder, "site.warc")
        file.write_bytes(data)
        load(file)


def lists(data: bytes) -> None:
    """A register's list, given to the reader of every form."""
    for text in _LISTS.values():
        with suppress(RegistryError):
            read_list(forms.reader(text), [data], "positive", "https://register.example/")


def rdap(data: bytes) -> None:
    """An RDAP answer."""
    with suppress(UnusableError):
        read_rdap(Exchange("https://rdap.example/domain/shop.example", 200, body=data), "shop.example", NOW)


def whois(data: bytes) -> None:
    """A WHOIS answer, for domains whose patterns differ."""
    for domain in ("shop.example", "shop.com", "shop.ru", "shop.hk"):
        with suppress(UnusableError):
            read_whois(Exchange(f"whois://whois.example/{domain}", 200, body=data), domain, NOW)


def dns(data: bytes) -> None:
    """An answer of a name server, to every question."""

    async def ask(url: str) -> Exchange:
        return Exchange(url, body=data)

    asyncio.run(ask_names("shop.example", "shop.example", ask))


def certificate(data: bytes) -> None:
    """A certificate as a recording holds it."""
    read_certificate(Exchange("tls://shop.example:443/", body=data))


def saved(data: bytes) -> None:
    """A saved report, and a file of them: read, compared, and made into everything that others read."""
    with suppress(SavedError, ValueError, RecursionError):
        for fmt in FORMATS:
            render(read_report(json.loads(data)), fmt, explain=True)
    with TemporaryDirectory(prefix="pharmcheck-") as folder:
        out = Path(folder)
        file = out / "results.jsonl"
        file.write_bytes(data)
        (out / "networks.json").write_bytes(data)
        with suppress(ResultsError):
            read_networks(out)
        with suppress(ResultsError), closing(Comparison(file, file)) as comparison:
            for change in comparison.changes():
                assert as_text(change) and as_json(change)
        with suppress(ResultsError), AuditReports(file, {}, lambda _: None) as ordered:
            for made in (
                csv_pieces(ordered.worst_first()),
                stix_pieces(ordered.worst_first(), (), NOW),
                misp_pieces(ordered.worst_first(), NOW),
                hosts_pieces(ordered.worst_first(), NOW),
                rpz_pieces(ordered.worst_first(), NOW),
            ):
                b"".join(made)
            write_packets(ordered, [], out, out / "packets", lambda _: None)


DOORS: dict[str, Callable[[bytes], None]] = {
    door.__name__: door
    for door in (
        *(target, page, judged, answered, links, mail, har, table, json_lines, warc, lists),
        *(rdap, whois, dns, certificate, saved),
    )
}

if __name__ == "__main__":
    given = Path(sys.argv[2])
    for file in sorted(p for p in given.rglob("*") if p.is_file()) if given.is_dir() else [given]:
        DOORS[sys.argv[1]](file.read_bytes())
    # what rusage tells of a child on Linux is never below its parent's
    print(Path("/proc/self/status").read_text("ascii").partition("VmHWM:")[2].split()[0])  # noqa: T201
