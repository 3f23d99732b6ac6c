"""What kind of file bytes are: by how they begin, where that tells, then by the name's end, then by a look inside."""

from __future__ import annotations

import json
import re

from pharmcheck.audit.formats import formats
from pharmcheck.audit.pictures import is_picture
from pharmcheck.audit.tables import looks_like_table
from pharmcheck.reading.decode import is_binary

_HEADER = re.compile(
    rb"\A(?:From [^\n]+\n)?(?:(?:return-path|received|from|to|subject|date|message-id|mime-version|content-type|delivered-to|x-[\w-]+|"
    rb"reply-to|sender|dkim-signature|authentication-results|arc-[\w-]+|envelope-to|status)[ \t]*:[^\n]*\r?\n)",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    rb"\A\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|\?xml|table|div|p|a|meta|title|!--)", re.IGNORECASE
)
_HAR = re.compile(rb'\A\s*\{\s*"log"\s*:\s*\{[\s\S]*?"(?:entries|creator|pages)"\s*:')
_BEGINNINGS = {
    b"WARC/": "warc",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\x1f\x8b": "gzip",
    b"PAR1": "parquet",
}
_ENDINGS = {
    (".eml", ".email", ".mht", ".mhtml"): "mail",
    (".csv", ".tsv", ".tab"): "table",
    (".html", ".htm", ".xhtml"): "html",
    (".txt", ".text", ".md", ".log"): "text",
}


def kind_of(name: str, head: bytes, column: str = "") -> str:
    """Return the kind of a file, "" for none that is read; `column` tells that somebody takes it for a table."""
    name = name.lower()
    if name.endswith(".wacz"):
        return "wacz"
    if name.endswith((".warc", ".warc.gz")):
        return "warc"
    if is_picture(head):
        return "picture"
    for begin, kind in _BEGINNINGS.items():
        if head.startswith(begin):
            return kind
    for kind, known in formats().items():
        if head.startswith(known.beginnings) or (name.endswith(known.endings) and not (known.text and is_binary(head))):
            return kind
    for ends, kind in _ENDINGS.items():
        if name.endswith(ends) and (kind == "mail" or not is_binary(head)):
            return kind
    return _by_look(head, column)


def _by_look(head: bytes, column: str) -> str:
    if head.startswith(b"From "):
        return "mailbox"
    if _HEADER.match(head):
        return "mail"
    if is_binary(head):
        return ""
    if _MARKUP.match(head):
        return "html"
    if _HAR.match(head):
        return "har"
    if _is_object(head.partition(b"\n")[0]):
        return "jsonl"
    return "table" if column or looks_like_table(head) else "text"


def _is_object(line: bytes) -> bool:
    if not line.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
