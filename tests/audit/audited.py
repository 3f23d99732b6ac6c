"""Audits of invented sites, run here or in a process of their own."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from pharmcheck.audit.assignments import Settings
from pharmcheck.audit.run import check_sites, read_links, write_results
from pharmcheck.audit.store import Store
from pharmcheck.capture.warc import Record, write_records

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
CASSETTES = Path(__file__).resolve().parents[2] / "cassettes"
SHOP = "<html><title>Pills</title><h1>Buy Viagra without prescription</h1><p>Viagra 100 mg $1.99 <a href=/cart>Add to cart</a></html>"
OFFLINE = Settings(NOW, "offline")


def quiet(_: object) -> None:
    """Tell nobody."""


def audited(out: Path, inputs: list[str], settings: Settings) -> list[dict[str, object]]:
    """Run an audit, or go on with it, and return its reports."""
    with Store(out / "state.sqlite") as store:
        read_links(store, inputs, io.BytesIO(), "", quiet)
        check_sites(store, settings, quiet)
        write_results(store, out)
    return reports(out)


def reports(out: Path) -> list[dict[str, object]]:
    """Return the reports of an audit."""
    return [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]


def addresses(path: Path, number: int, times: int = 1) -> Path:
    """Write a list of links to `number` sites, each linked so many times."""
    path.write_text("".join(f"http://shop{i % number}.example/{i}\n" for i in range(times * number)))
    return path


def begin(out: Path, *inputs: object) -> subprocess.Popen[str]:
    """Start an offline audit as a process of its own, which says on stderr what it does."""
    command = [sys.executable, "-m", "pharmcheck", "audit", *map(str, inputs), "--out", str(out), "--offline", "-v"]
    return subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    )


def page(url: str, body: str) -> Record:
    """Return the record of a page."""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
    fields = (("WARC-Type", "response"), ("WARC-Target-URI", url), ("WARC-Date", "2026-11-01T12:00:00Z"))
    return Record(fields, block)


def crawl(path: Path, *records: Record) -> Path:
    """Write a WARC file, one gzip member a record."""
    write_records(path, records)
    return path
