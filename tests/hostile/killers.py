"""Inputs that stop parsers, made here: each is small to describe, and costs a careless reader minutes or gigabytes."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from tests.readers.making import pdf, xlsx, zipped

_SHOP = b"<title>Shop</title><p>hello, Viagra without prescription $49.00</p>"
_HEAD = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://shop.example/%s\r\nWARC-Date: 2026-11-01T12:00:00Z\r\n"
)
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
GRID = (("Name", "No", "Site"), ("Sample Pharmacy", "1", "sample.example"))


def warc_record(body: bytes, *, headers: bytes = b"", length: int | None = None, path: bytes = b"") -> bytes:
    """Return a WARC record of one page; `length` may lie."""
    block = _HTTP.replace(b"\r\n\r\n", b"\r\n" + headers + b"\r\n") + body
    said = len(block) if length is None else length
    return _HEAD % path + b"Content-Length: %d\r\n\r\n" % said + block + b"\r\n\r\n"


def bomb(megabytes: int) -> bytes:
    """Return gzip that expands to so many megabytes of zeros, made without holding them."""
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(engine.compress(bytes(1_000_000)) for _ in range(megabytes)), engine.flush()])


def overlapping_zip(entries: int, megabytes: int) -> bytes:
    """Return a ZIP whose members are all the same bytes of the file: its sizes are true, and their sum is not."""
    body = bomb(megabytes)[10:-8]
    size = megabytes * 1_000_000
    crc = 0
    for _ in range(megabytes):
        crc = zlib.crc32(bytes(1_000_000), crc)
    name = b"page.html"
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(body), size, len(name), 0) + name + body
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(body), size, len(name), 0, 0, 0, 0, 0, 0
    )
    central = (entry + name) * entries
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, entries, entries, len(central), len(local), 0)
    return local + central + end


def nested_zip(depth: int) -> bytes:
    """Return a ZIP in a ZIP in a ZIP … around one page."""
    inside, name = _SHOP, "page.html"
    for _ in range(depth):
        inside, name = zipped({name: inside}), "inner.zip"
    return inside


def climbing_zip() -> bytes:
    """Return a ZIP whose members name places outside of any folder."""
    return zipped(
        dict.fromkeys(("../../../../tmp/page.html", "/etc/page.html", "C:\\page.html", "a/\x00b.html"), _SHOP)
    )


def multipart(depth: int) -> bytes:
    """Return a mail whose parts hold one another."""
    lines = [b"Subject: Offer"]
    lines += [b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d' % (i, i) for i in range(depth)]
    return b"\n".join([*lines, b"Content-Type: text/plain\n\nhttps://shop.example/"])


def carried(depth: int) -> bytes:
    """Return a mail that carries a mail that carries a mail …"""
    return b"Subject: Offer\nContent-Type: message/rfc822\n\n" * depth + b"Subject: Last\n\nhttps://shop.example/"


def many_parts(number: int) -> bytes:
    """Return a mail of many parts side by side."""
    return (
        b'Subject: Offer\nContent-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nhttps://shop.example/\n" * number
    )


def strange_charset() -> bytes:
    """Return a mail whose charset nobody knows, in its subject and its body, with bytes that are none."""
    subject = b"=?x-no-such-charset?B?4pyT?= =?utf-8?Q?=ff=fe?= =?us-ascii*xx?Q?a?="
    kind = b"text/plain; charset=x-no-such-charset; charset*0*=utf-8''%ff; name*1=b; name*99999999999=c"
    return b"Subject: %s\nContent-Type: %s\n\n\xff\xfe https://shop.example/" % (subject, kind)


def laughs(levels: int) -> bytes:
    """Return XML whose entities are made of entities."""
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, levels))
    return f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "hello">{entities}]><r><pharmacy>&e{levels - 1};</pharmacy></r>'.encode()


def outside_entity() -> bytes:
    """Return XML that wants a file of this machine in its text."""
    return b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]><r><pharmacy><name>&f;</name></pharmacy></r>'


def har_of_wrong_types() -> bytes:
    """Return a HAR in which nothing has the type that it should."""
    odd: tuple[Any, ...] = (
        None,
        5,
        [],
        {},
        "x",
        True,
        1e400,
        {"url": []},
        {"content": 5},
        {"content": {"text": 5, "mimeType": 7}},
    )
    entries = [{"request": a, "response": b} for a in odd for b in odd] + list(odd)
    return json.dumps(
        {"log": {"entries": [*entries, {"request": {"url": 5}, "response": {"content": {"text": {}}}}]}}
    ).encode()


def rdap_of_wrong_types() -> list[bytes]:
    """Return RDAP answers in which one part has a type that it should not."""
    odd: tuple[Any, ...] = (
        None,
        5,
        "x",
        [5, None, [], {}],
        {"a": 1},
        [[["adr", 5, 5]]],
        10**400,
        [{"roles": 5, "vcardArray": [5, [5, []]]}],
    )
    parts = ("ldhName", "events", "entities", "status", "nameservers", "links", "redacted", "objectClassName")
    whole = {"objectClassName": "domain", "ldhName": "shop.example"}
    return [json.dumps({**whole, part: value}).encode() for part in parts for value in odd]


def sheet_of(cells: int) -> bytes:
    """Return a workbook that says that its one cell stands in the last column of the last row."""
    made = zipfile.ZipFile(io.BytesIO(xlsx(GRID)))
    members = {name: made.read(name) for name in made.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].replace(b'r="A1"', b'r="XFD1048576"', 1)
    dimension = b'<dimension ref="A1:XFD%d"/><sheetData>' % cells
    return zipped(members | {"xl/worksheets/sheet1.xml": sheet.replace(b"<sheetData>", dimension)})


def endless_pdf() -> bytes:
    """Return a PDF whose pages are their own parents, and whose table of contents lies."""
    made = pdf([GRID])
    return made.replace(b"/Kids [", b"/Kids [2 0 R 2 0 R ").replace(b"/Count 1", b"/Count 999999999")


# By the door through which it comes; `hello` or the address of the shop may be somewhere in it, but need not come out.
KILLERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "100,000 attributes on one tag": ("judged", lambda: b"<p " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">" + _SHOP),
    "one attribute 100,000 times": ("judged", lambda: b"<p " + b"class=a " * 100_000 + b">" + _SHOP),
    "200,000 nested div": ("judged", lambda: b"<div>" * 200_000 + _SHOP),
    "200,000 nested div, closed": ("judged", lambda: b"<div>" * 200_000 + _SHOP + b"</div>" * 200_000),
    "nested formatting": ("judged", lambda: b"<b><font><i><u><a href=x>" * 20_000 + _SHOP),
    "nested tables": ("judged", lambda: b"<table><tr><td>" * 30_000 + _SHOP),
    "nested forms and selects": ("judged", lambda: b"<form><select><optgroup><option>" * 20_000 + _SHOP),
    "a million entities": ("judged", lambda: _SHOP + b"&nbsp;&lt;" * 190_000),
    "blanks of two megabytes": ("judged", lambda: _SHOP + b" \t" * 1_000_000 + b"x"),
    "unclosed comment": ("judged", lambda: _SHOP + b"<!--" + b"-" * 1_900_000),
    "unclosed script": ("judged", lambda: _SHOP + b"<script>" + b"location='" * 190_000),
    "scripts without end": ("judged", lambda: _SHOP + b"<script>location.href='/x'</script>" * 55_000),
    "refreshes without end": ("judged", lambda: _SHOP + b"<meta http-equiv=refresh content='9;url=/x'>" * 45_000),
    "deep JSON-LD": ("judged", lambda: b"<script type=application/ld+json>" + b'{"a":[' * 100_000 + b"</script>" + _SHOP),
    "wide JSON-LD": ("judged", lambda: b"<script type=application/ld+json>[" + b'{"@type":"Product","offers":{"price":1}},' * 45_000 + b"{}]</script>" + _SHOP),
    "JSON-LD number": ("judged", lambda: b'<script type=application/ld+json>{"@type":"Offer","price":' + b"9" * 500_000 + b"}</script>" + _SHOP),
    "nested items": ("judged", lambda: b"<div itemscope itemtype=http://schema.org/Product><b itemprop=offers>" * 25_000 + _SHOP),
    "a charset that lies": ("judged", lambda: b"<meta charset=iso-2022-jp>" + _SHOP + b"\x1b$B" * 400_000),
    "a register's page, nested": ("answered", lambda: b"<div>" * 100_000 + b"1234567893"),
    "a register's number": ("answered", lambda: b'{"result_count":' + b"1" * 10_000 + b"}"),
    "dashes that end no letter": ("mail", lambda: b"Subject: Offer\n\n" + b"-" * 300_000 + b"x"),
    "dashes before empty lines": ("mail", lambda: b"Subject: Offer\n\n-----" + b"\n" * 1_000_000),
    "a mail of nested parts": ("mail", lambda: multipart(600)),
    "a mail of nested parts, deeper": ("mail", lambda: multipart(20_000)),
    "a mail in a mail": ("mail", lambda: carried(200)),
    "a mail in a mail, deeper": ("mail", lambda: carried(10_000)),
    "20,000 parts": ("mail", lambda: many_parts(20_000)),
    "an unknown charset": ("mail", strange_charset),
    "a subject of a megabyte": ("mail", lambda: b"Subject: " + b"=?utf-8?B?aGVsbG8=?= " * 50_000 + b"\n\nhttps://shop.example/"),
    "parameters without end": ("mail", lambda: b"Content-Type: text/plain" + b";\n a=b" * 100_000 + b"\n\nhttps://shop.example/"),
    "10,000 headers": ("mail", lambda: b"X-A: b\n" * 10_000 + b"\nhttps://shop.example/"),
    "a header without end": ("mail", lambda: b"Subject: " + b"a\n b" * 300_000),
    "quoted-printable without end": ("mail", lambda: b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n" + b"=3Da=\n=" * 200_000),
    "base64 that is none": ("mail", lambda: b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + b"https://shop.example/ " * 50_000),
    "a mailbox of nothing": ("mail", lambda: b"From a\nX: y\n\n" * 50_000),
    "boundaries that are alike": ("mail", lambda: b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--bb\n--b-\n--b --\n" * 60_000),
    "a mail with a bomb": ("mail", lambda: _with_attachment(zipped({"page.html": bytes(120_000_000)}))),
    "a mail with fifty large members": ("mail", lambda: _with_attachment(zipped({f"{n}.html": bytes(9_000_000) for n in range(50)}))),
    "a mail with a thousand members that are not read": ("mail", lambda: _with_attachment(zipped({f"{n}.bin": bytes(900_000) for n in range(1_000)}))),
    "deep JSON": ("json_lines", lambda: b"[" * 100_000),
    "deep JSON objects": ("json_lines", lambda: b'{"url":' * 100_000),
    "a number of 5,000 digits": ("json_lines", lambda: b'[{"url":' + b"9" * 5_000 + b"}]"),
    "words that are no JSON": ("json_lines", lambda: b'[{"url":NaN},{"url":-Infinity},{"url":"\\ud800"},{"url":"a","url":"b"}]'),
    "a HAR of wrong types": ("har", har_of_wrong_types),
    "a deep HAR": ("har", lambda: b'{"log":{"entries":' + b"[" * 100_000),
    "a cell of five megabytes": ("table", lambda: b"url\n" + b"https://shop.example/" + b"a" * 5_000_000),
    "a quote that never ends": ("table", lambda: b'url\n"' + b"https://shop.example/\n" * 100_000),
    "100,000 columns": ("table", lambda: b"url," * 100_000 + b"\n" + b"shop.example," * 100_000),
    "NULs in cells": ("table", lambda: b"u\0rl\nsh\0op.example\0\n" * 1_000),
    "a WARC with a bomb": ("warc", lambda: gzip.compress(warc_record(bomb(100), headers=b"Content-Encoding: gzip\r\n"))),
    "a WARC of ten bombs": ("warc", lambda: b"".join(warc_record(bomb(20), headers=b"Content-Encoding: gzip\r\n", path=b"%d" % i) for i in range(10))),
    "a WARC that lies": ("warc", lambda: warc_record(_SHOP, length=10**15)),
    "a WARC of negative length": ("warc", lambda: warc_record(_SHOP, length=-5) + warc_record(_SHOP)),
    "a WARC header of five megabytes": ("warc", lambda: b"WARC/1.1\r\nX: " + b"a" * 5_000_000 + b"\r\n\r\n" + warc_record(_SHOP)),
    "a WARC of headers": ("warc", lambda: b"WARC/1.1\r\n" + b"X: y\r\n" * 300_000),
    "a WARC of marks": ("warc", lambda: b"WARC/1.1\r\n\r\n" * 90_000),
    "a WARC inside a gzip bomb": ("warc", lambda: bomb(150)),
    "chunks that lie": ("warc", lambda: warc_record(b"fffffffff\r\n" + _SHOP + b"\r\n-5\r\n0x\r\n" * 10_000, headers=b"Transfer-Encoding: chunked\r\n")),
    "a gzip bomb": ("links", lambda: bomb(120)),
    "gzip in gzip in gzip": ("links", lambda: gzip.compress(gzip.compress(gzip.compress(_SHOP)))),
    "an overlapping ZIP": ("links", lambda: overlapping_zip(300, 1)),
    "ZIPs in ZIPs": ("links", lambda: nested_zip(20)),
    "a ZIP that climbs": ("links", climbing_zip),
    "a text of one line": ("links", lambda: b"https://shop.example/" + b"a" * 3_000_000),
    "dots without end": ("links", lambda: b"a." * 1_000_000),
    "brackets without end": ("links", lambda: b"hxxp[:]//" * 100_000),
    "slashes and signs": ("links", lambda: b"http://@:[]/\\%%2e?#&" * 50_000),
    "redirectors in redirectors": ("links", lambda: b"https://google.com/url?q=" * 2_000 + b"https://shop.example/"),
    "laughing entities": ("lists", lambda: laughs(10)),
    "a file of this machine": ("lists", outside_entity),
    "deep XML": ("lists", lambda: b"<pharmacy>" * 30_000),
    "a sheet that says to be full": ("lists", lambda: sheet_of(1_048_576)),
    "a workbook with a bomb": ("lists", lambda: zipped({"xl/worksheets/sheet1.xml": bytes(250_000_000)})),
    "a PDF that is its own parent": ("lists", endless_pdf),
    "a table of one row": ("lists", lambda: b"Name,No,Site\n" + b'"' + b"a" * 3_000_000),
    "a table of tables": ("lists", lambda: b"<table class=list><tr><th>Name<th>No<th>Site" + b"<tr><td><table class=list>" * 5_000),
    "a cell of nested marks": ("lists", lambda: b"<table class=list><tr><th>Name<th>No<th>Site<tr><td>" + b"<i>" * 300_000),
    "WHOIS without end": ("whois", lambda: b"Domain Name: SHOP.EXAMPLE\n" + b"Registrar:" + b" " * 60_000),
    "WHOIS of newlines": ("whois", lambda: b"shop.example" + b"\r\n\t" * 20_000),
    "WHOIS of colons": ("whois", lambda: b"shop.com\n" + b"Creation Date: 2026-13-45\n:" * 2_000),
    "a name that points to itself": ("dns", lambda: b"\0\0\x81\x80\0\1\0\xff\0\0\0\0\xc0\x0c\0\1\0\1" + b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4abcd" * 255),
    "a certificate of other things": ("certificate", lambda: json.dumps({"error": [], "certificate": "-----BEGIN CERTIFICATE-----\n" + "A" * 60_000}).encode()),
    "a report of endless risk": ("saved", lambda: _report_with(risk=1e400)),
    "a report of a huge number": ("saved", lambda: _report_with(risk=10**30)),
    "a deep report": ("saved", lambda: b'{"schema":' * 100_000),
}  # fmt: skip
# More of the same makes these longer, and no worse: the short form takes their first part.
FLOODS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "200,000 links": ("judged", lambda: _SHOP + b"".join(b"<a href=/p%d>Viagra</a>" % i for i in range(60_000))),
    "one line of ten megabytes": ("judged", lambda: _SHOP + b"pills " * 1_700_000),
    "one word of two megabytes": ("judged", lambda: _SHOP + b"a" * 2_000_000),
    "prices without end": ("judged", lambda: _SHOP + b"$49.00 100 mg " * 140_000),
    "numbers without end": ("judged", lambda: _SHOP + b"1 2-3.4/5+" * 190_000),
    "medicines without end": ("judged", lambda: _SHOP + b"Viagra 100 mg $49.00 Add to cart. " * 50_000),
    "phrases without end": ("judged", lambda: b"<p>No prescription needed. We ship worldwide. " * 40_000),
    "commas without end": ("judged", lambda: _SHOP + b"a, b, c; " * 200_000),
    "mail addresses without end": ("judged", lambda: _SHOP + b"a@b.example " * 150_000),
    "at signs without end": ("judged", lambda: _SHOP + b"a@" * 900_000),
    "combining marks without end": ("judged", lambda: _SHOP + b"a" + "\u0301".encode() * 900_000),
    "mixed scripts": ("judged", lambda: _SHOP + "v\u0456\u0430gr\u0430 c\u200bi\u200balis ".encode() * 70_000),
    "UTF-16 without a mark": ("judged", lambda: _SHOP.decode().encode("utf-16-le") * 5_000),
    "bytes of no charset": ("judged", lambda: _SHOP + bytes(range(128, 256)) * 15_000),
    "a register's JSON, deep": ("answered", lambda: b'{"results":' * 100_000),
    "a list of a million rows": ("lists", lambda: b"Name,No,Site\n" + b"a,1,b.example\n" * 600_000),
}  # fmt: skip
# These cost seconds however they are read, up to the caps on what is expanded: for the long form alone.
HEAVY: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a mail with fifty members of schemes": ("mail", lambda: _with_attachment(zipped({f"{n}.txt": b"http://" * 1_280_000 for n in range(50)}))),
    "a large overlapping ZIP": ("links", lambda: overlapping_zip(1_000, 9)),
}  # fmt: skip


def _with_attachment(body: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Offer"
    message.set_content("https://shop.example/")
    message.add_attachment(body, maintype="application", subtype="zip", filename="offer.zip")
    return message.as_bytes()


def _report_with(**changed: object) -> bytes:
    from tests.report.reports import report

    return json.dumps({**report().as_dict(), **changed}).encode()
