"""Pages as a crawler keeps them: the records of which recordings by others are made."""

from __future__ import annotations

from datetime import datetime

from pharmcheck.capture.warc import Record


def crawled(url: str, body: bytes, captured: datetime) -> Record:
    """Return the record of a page that answered with 200; `captured` is an aware UTC time."""
    fields = (
        ("WARC-Type", "response"),
        ("WARC-Target-URI", url),
        ("WARC-Date", f"{captured:%Y-%m-%dT%H:%M:%SZ}"),
    )
    return Record(fields, b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body)
