"""A capture kept as WARC: exchanges to records and back.

Bodies are stored as they were read: expanded, at most as long as the cap, `WARC-Truncated` where they are cut. So
Content-Encoding and Transfer-Encoding are dropped and Content-Length is the length stored; every other header stays.
A failure is a `metadata` record of its URL with the sentence that says why. The records stand in the order of the plan.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from pharmcheck import __version__
from pharmcheck.capture.body import BodyError, expand, unchunk
from pharmcheck.capture.exchange import Exchange, Headers
from pharmcheck.capture.options import MAX_PAGE_BYTES, MAX_PAGES, CaptureOptions, replayed
from pharmcheck.capture.playback import written_url
from pharmcheck.capture.warc import (
    BLOCK_DIGEST,
    MAX_BLOCK_BYTES,
    MAX_RECORDS,
    MAX_TOTAL_BYTES,
    ArchiveError,
    Record,
    as_fields,
    block_digest,
    content_id,
    from_fields,
    iter_records,
    read_records,
    write_records,
)
from pharmcheck.model import Target
from pharmcheck.redirectors import parse_link
from pharmcheck.target import host_of, parse_target, registrable_domain

MAX_CRAWL_BYTES = 20_000_000_000  # of one file of a crawl, expanded; Common Crawl's hold about 5 GB
_RECODED = ("content-encoding", "transfer-encoding", "content-length")
_FIELDS = "application/warc-fields"
_VISITOR = "Pharmcheck-Visitor"  # as whom a page was asked for, where not as ourselves: a URL alone is no key then
# Of what is looked up or rendered beside the pages: `resource` records.
SCHEMES = ("whois", "dns", "tls", "hosting", "urn")


@dataclass(frozen=True, slots=True)
class Recording:
    """What an archive holds: the target, the options to replay with, the exchanges, and what could not be read.

    `others` counts further sites of which somebody's crawl holds pages, where none was named.
    """

    target: Target
    options: CaptureOptions
    exchanges: tuple[Exchange, ...]
    problems: tuple[str, ...]
    others: int = 0


def save(path: Path, target: Target, options: CaptureOptions, exchanges: Sequence[Exchange]) -> None:
    """Write the exchanges of one capture to a WARC file; equal captures give equal bytes. Raises OSError."""
    write_records(path, records_of(target, options, exchanges))


def records_of(target: Target, options: CaptureOptions, exchanges: Sequence[Exchange], site: str = "") -> list[Record]:
    """Return the exchanges of one capture as records; `site` is the name under which an audit keeps it among others."""
    date = options.now.astimezone(UTC).isoformat().replace("+00:00", "Z")
    records = [r for number, e in enumerate(exchanges) for r in _records(e, number, date)]
    about = {
        "software": f"pharmcheck/{__version__}",
        "format": "WARC File Format 1.1",
        "robots": "obey",
        "target": json.dumps(target.input, ensure_ascii=False),
        "max-pages": options.max_pages,
        "max-bytes": options.max_bytes,
        "issuer-hosts": " ".join(_asked(options.issuer_hosts, exchanges)),
        **({"live-registries": "yes"} if options.live_registries else {}),
        **({"markup-hops": "yes"} if any(e.via for e in exchanges) else {}),
        **({"vantage": "yes"} if options.vantage else {}),
        **({"render": "yes"} if options.render else {}),
        **(
            {"look-ups": " ".join(s or "-" for s in options.registration_servers or ("", ""))}
            if options.look_ups
            else {}
        ),
        "records": len(records),
        **({"site": json.dumps(site, ensure_ascii=False)} if site else {}),
    }
    first = _record("warcinfo", as_fields(about), {"WARC-Date": date, "Content-Type": _FIELDS}, -1)
    return [first, *records]


def load(path: Path, wanted: Target | None = None) -> Recording:
    """Read a capture from a WARC file, ours or another's, that of the site of `wanted`. Raises ArchiveError, OSError."""
    with path.open("rb") as file:
        return load_from(file, path.name, wanted)


def load_from(file: BinaryIO, name: str, wanted: Target | None = None) -> Recording:
    """Read a capture from WARC records. In another's, the first HTML answer (of `wanted`) is the target and its date the clock.

    Raises ArchiveError, also where several sites of an audit stand in it or none of `wanted`, and OSError.
    """
    records, problems = read_records(file, name)
    about: dict[str, str] = from_fields(records[0].block) if records[0].field("warc-type") == "warcinfo" else {}
    ours = about.get("software", "").startswith("pharmcheck/") and "target" in about
    sites = sum(r.field("warc-type") == "warcinfo" for r in records)
    if "site" in about and sites > 1:
        raise ArchiveError(f"{name} holds {sites} sites of an audit: name one as TARGET, or use audit --from-warc")
    pairs = list(_exchanges(records, name))
    exchanges = tuple(e for _, e in pairs)
    try:
        if ours and int(about.get("records") or 0) > len(records) - 1 + len(problems):
            raise ArchiveError(
                f"{name} is cut off: it should hold {about['records']} records and holds {len(records) - 1}"
            )
        if ours:
            target = parse_link(str(json.loads(about["target"])))
            if wanted and wanted.domain != target.domain:
                raise ArchiveError(f"{name} holds a recording of {target.host}, and none of {wanted.host}")
            return Recording(target, _options(records[0], about), exchanges, problems)
        pages = [(r, e) for r, e in pairs if e.status == 200 and e.is_html]
        if not pages:
            lost = f" ({'; '.join(problems[:3])})" if problems else ""
            raise ArchiveError(f"{name} holds no HTML page that can be read{lost}")
        record, page = _first_of(pages, wanted, name)
        others = 0 if wanted else len({registrable_domain(host_of(e.url)) for _, e in pages}) - 1
        return Recording(parse_target(page.url), _options(record, {}), exchanges, problems, others)
    except ArchiveError:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise ArchiveError(f"{name} does not say what was captured, or when: {error}") from None


def _first_of(pages: Sequence[tuple[Record, Exchange]], wanted: Target | None, name: str) -> tuple[Record, Exchange]:
    """Return the page with which a crawl of somebody's begins: the very one that is wanted, else the first of its site."""
    if wanted is None:
        return pages[0]
    own = [pair for pair in pages if registrable_domain(host_of(pair[1].url)) == wanted.domain]
    if not own:
        raise ArchiveError(f"{name} holds no page of {wanted.host}")
    place = wanted.url.partition("://")[2]
    return next((pair for pair in own if pair[1].url.partition("://")[2] == place), own[0])


def iter_exchanges(file: BinaryIO, name: str) -> Iterator[Exchange | str]:
    """Yield the exchanges of a WARC file of any size one by one, and sentences on what of it could not be read."""
    try:
        for found in iter_records(file, name, MAX_CRAWL_BYTES):
            exchange = found if isinstance(found, str) else _exchange(found)
            if exchange is not None:
                yield exchange
    except ArchiveError as error:
        yield str(error)


def _options(record: Record, about: dict[str, str]) -> CaptureOptions:
    """Return the options of a recording, as far as it names them; its date is the clock."""
    return replayed(
        datetime.fromisoformat(record.field("warc-date")).astimezone(UTC),
        max_pages=int(about.get("max-pages", MAX_PAGES)),
        max_bytes=min(int(about.get("max-bytes", MAX_PAGE_BYTES)), MAX_BLOCK_BYTES),
        issuer_hosts=tuple(about.get("issuer-hosts", "").split()),
        live_registries=about.get("live-registries") == "yes",
        markup_hops=about.get("markup-hops") == "yes",
        vantage=about.get("vantage") == "yes",
        render=about.get("render") == "yes",
        max_requests=MAX_RECORDS,
        max_site_bytes=MAX_TOTAL_BYTES,
        look_ups="look-ups" in about,
        registration_servers=_servers(about.get("look-ups", "")),
    )


def _servers(written: str) -> tuple[str, str] | None:
    rdap, _, whois = written.partition(" ")
    return ("" if rdap == "-" else rdap, "" if whois in ("-", "") else whois) if rdap else None


def _asked(hosts: Iterable[str], exchanges: Iterable[Exchange]) -> list[str]:
    asked = {host_of(e.url) for e in exchanges}
    return sorted(h for h in set(hosts) if any(a == h or a.endswith("." + h) for a in asked))


def _records(exchange: Exchange, number: int, date: str) -> Iterable[Record]:
    about = {"WARC-Date": date, "WARC-Target-URI": exchange.url, _VISITOR: exchange.visitor}
    if exchange.error:
        block = as_fields({"error": exchange.error, **({"refused": "yes"} if exchange.refused else {})})
        yield _record("metadata", block, {**about, "Content-Type": _FIELDS}, number)
        return
    if not exchange.url.startswith(("http://", "https://")):
        kind = {"Content-Type": exchange.header("content-type"), "WARC-Truncated": exchange.cut}
        yield _record("resource", exchange.body, {**about, **kind}, number)
        return
    head = _head(f"HTTP/1.1 {exchange.status} {exchange.reason}", _stored(exchange))
    http = {**about, "Content-Type": "application/http; msgtype=response"}
    extra = {"WARC-IP-Address": exchange.address, "WARC-Truncated": exchange.cut}
    answer = _record("response", head + exchange.body, {**http, **extra}, number)
    yield answer
    parts = urlsplit(exchange.url)
    request = _head(f"GET {parts.path or '/'}{f'?{parts.query}' if parts.query else ''} HTTP/1.1", exchange.sent)
    link = {"Content-Type": "application/http; msgtype=request", "WARC-Concurrent-To": answer.field("WARC-Record-ID")}
    yield _record("request", request, {**about, **link}, number)


def _record(kind: str, block: bytes, fields: dict[str, str], number: int) -> Record:
    given = {name: value for name, value in fields.items() if value}
    digest = block_digest(block)
    identity = content_id(digest, kind, str(number), *given.values())
    return Record((("WARC-Type", kind), ("WARC-Record-ID", identity), *given.items(), (BLOCK_DIGEST, digest)), block)


def _head(first: str, headers: Headers) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"


def _stored(exchange: Exchange) -> Headers:
    kept = tuple((k, v) for k, v in exchange.headers if k.lower() not in _RECODED)
    return (*kept, ("Content-Length", str(len(exchange.body))))


def _exchanges(records: Iterable[Record], name: str) -> Iterator[tuple[Record, Exchange]]:
    """Yield the exchanges with their records; raises ArchiveError where the bodies expand beyond all measure."""
    left = MAX_TOTAL_BYTES
    for record in records:
        if found := _exchange(record):
            left -= len(found.body)
            if left < 0:
                raise ArchiveError(f"the pages in {name} expand to more than {MAX_TOTAL_BYTES // 1_000_000:,} MB")
            yield record, found


def _exchange(record: Record) -> Exchange | None:
    """Return the exchange that a record holds, None for records of other kinds and for what is not http(s)."""
    url, kind = record.field("warc-target-uri").strip("<>"), record.field("warc-type")
    looked_up = url.startswith(tuple(f"{scheme}:" for scheme in SCHEMES))
    if not (looked_up or url.startswith(("http://", "https://"))) or not written_url(url):
        return None
    visitor = record.field(_VISITOR)
    if kind == "metadata" and (why := (told := from_fields(record.block)).get("error")):
        return Exchange(url, error=why, visitor=visitor, refused=told.get("refused") == "yes")
    if looked_up and kind == "resource":
        content = (("Content-Type", record.field("content-type")),)
        return Exchange(url, headers=content, body=record.block, cut=record.field("warc-truncated"))
    if looked_up or kind != "response" or not record.block.startswith(b"HTTP/"):
        return None
    head, _, raw = record.block.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    _, status, reason = (*lines[0].split(" ", 2), "", "")[:3]
    headers = tuple((k.strip(), v.strip()) for k, colon, v in (s.partition(":") for s in lines[1:]) if colon)
    if not (status.isdecimal() and 100 <= int(status) <= 999):
        return None
    found = Exchange(url, int(status), reason, headers, cut=record.field("warc-truncated"), visitor=visitor)
    return _decoded(found, raw)


def _decoded(exchange: Exchange, raw: bytes) -> Exchange:
    """Fill in the body, without the codings under which other programs keep it."""
    broken_off = ""
    if "chunked" in exchange.header("transfer-encoding").lower():
        raw, broken_off = unchunk(raw)
    named = [v for k, v in exchange.headers if k.lower() == "content-encoding"]
    try:
        body, cut = expand(raw, [e for v in named for e in v.split(",")], MAX_BLOCK_BYTES)
    except BodyError as error:
        return Exchange(exchange.url, error=str(error), visitor=exchange.visitor)
    headers = tuple((k, v) for k, v in exchange.headers if k.lower() not in _RECODED)
    return replace(exchange, headers=headers, body=body, cut=exchange.cut or cut or broken_off)
