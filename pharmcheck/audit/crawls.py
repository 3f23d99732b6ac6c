"""Pages of a crawl: WARC, WACZ and HAR files, page by page."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from pharmcheck.audit.message import Broken, Message, text_message
from pharmcheck.audit.packed import read_zip
from pharmcheck.audit.tables import Unreadable, json_in
from pharmcheck.reading.decode import decode, shown


def read_warc(file: BinaryIO, name: str) -> Iterator[Message | Broken]:
    """Yield the HTML pages of a WARC file, plain or gzip; a broken record costs itself only."""
    from pharmcheck.capture.archive import iter_exchanges  # noqa: PLC0415 - imports the HTTP client

    for found in iter_exchanges(file, name):
        if isinstance(found, str):
            yield Broken(name, "", found)
        elif found.status == 200 and found.is_html:
            yield _page(name, found.url, found.body, found.header("content-type"))


def read_wacz(file: BinaryIO, name: str) -> Iterator[Message | Broken]:
    """Yield the pages of the WARC files in a WACZ."""
    for member in read_zip(file):
        if member.why:
            yield Broken(name, member.name, member.why)
        elif member.name.lower().endswith((".warc", ".warc.gz")):
            yield from read_warc(io.BytesIO(member.content), f"{name}!{member.name}")


def read_har(file: BinaryIO, name: str) -> Iterator[Message | Broken]:
    """Yield the HTML pages of a HAR file (HTTP Archive 1.2); entries of the wrong shape are left out."""
    value = json_in(file)
    if isinstance(value, Unreadable):
        yield Broken(name, "", f"this HAR is not read: {value.why}")
        return
    log = value.get("log") if isinstance(value, dict) else None
    entries = log.get("entries") if isinstance(log, dict) else None
    if not isinstance(entries, list):
        yield Broken(name, "", "this is no HAR that can be read: it holds no log with entries")
        return
    for entry in entries:
        url, kind, text = _answer(entry)
        if url and "html" in kind and text:
            yield text_message(name, url, text, "text/html", url)


def _answer(entry: Any) -> tuple[str, str, str]:
    try:
        content = entry["response"]["content"]
        url, kind, text = str(entry["request"]["url"]), str(content.get("mimeType", "")), content.get("text", "")
        if content.get("encoding") == "base64":
            text = shown(decode(base64.b64decode(text), kind)[0])
    except (KeyError, TypeError, AttributeError, binascii.Error, ValueError):
        return "", "", ""
    return url, kind, text if isinstance(text, str) else ""


def _page(name: str, url: str, body: bytes, content_type: str) -> Message:
    return text_message(name, url, shown(decode(body, content_type)[0]), "text/html", url)
