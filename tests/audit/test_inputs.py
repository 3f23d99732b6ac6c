"""Every kind of input is read, and nothing hostile stops the rest."""

from __future__ import annotations

import base64
import gzip
import io
import json
import tempfile
import zipfile
from pathlib import Path

import duckdb
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pharmcheck.audit.inputs import read_inputs
from pharmcheck.audit.links import find_links, not_counted
from pharmcheck.audit.message import Broken, Message
from tests.audit.compound import compound
from tests.audit.drawn import code, saved
from tests.audit.given import MBOX, names, read, zipped
from tests.audit.letters import mail

CASSETTES = Path(__file__).resolve().parents[2] / "cassettes"


def stored(name: str, content: bytes) -> bytes:
    """Return a ZIP of one member that is not packed, of 5,000 bytes or more."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content.ljust(5_000))
    return out.getvalue()


def parquet_of(url: str) -> bytes:
    """Return a Parquet file with a column of numbers and one of addresses."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        duckdb.execute(f"COPY (SELECT 1 AS id, '{url}' AS url) TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


def warc_of(url: str, page: bytes) -> bytes:
    """Return a WARC file of one page."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(page), http_headers=head))
    return out.getvalue()


HAR = json.dumps(
    {
        "log": {
            "entries": [
                {
                    "request": {"url": "http://blog.example/"},
                    "response": {"content": {"mimeType": "text/html", "text": "<a href=http://pills.example>x</a>"}},
                },
                {"request": 1, "response": None},
            ]
        }
    }
).encode()
RECORDED = warc_of("http://blog.example/", b"<html><a href=http://pills.example>x</a></html>")
PARQUET = parquet_of("http://pills.example/")
KINDS = [
    ("a.txt", b"Buy at http://pills.example/ now, it is cheap"),
    ("list", b"pills.example\nhxxp://pills[.]example/b\n"),
    ("a.csv", b"id,url,note\n1,http://pills.example/,x\n2,pills.example,y\n"),
    ("a.csv", "\ufeffid;link\r1;http://pills.example/\r".encode()),
    ("a.csv", "id\turl\n1\thttp://pills.example/\n".encode("utf-16")),
    ("a.tsv", b"http://pills.example/\t7\n"),
    ("a.jsonl", b'{"text": "buy http://pills.example/"}\n\nnot json\n{"n": NaN}\n'),
    ("a.json", b'[{"a": {"b": ["pills.example"]}}]'),
    ("a.html", b"<p><a href=http://pills.example>x</a>"),
    ("page", b"<!DOCTYPE html><a href=http://pills.example>x</a>"),
    ("a.eml", mail("http://pills.example/")),
    ("1234.M5P6.host", mail("http://pills.example/")),
    ("a.eml", b"From: a@b.example\rSubject: x\r\rhttp://pills.example\r"),
    ("a.mbox", MBOX),
    ("a.zip", zipped(a__eml=mail("http://pills.example/"), b__txt=b"pills.example")),
    ("a.mbox.gz", gzip.compress(MBOX, mtime=0)),
    ("a.har", HAR),
    (
        "a.wacz",
        zipped(
            archive__one__warc=RECORDED,
            datapackage__json=b'{"resources": [{"path": "http://not-promoted.example/"}]}',
            pages__jsonl=b'{"url": "http://blog.example/"}',
        ),
    ),
    ("stdin", b'{"text": "buy http:\\/\\/pills.example\\/"}\n{"text": "x"}\n'),
    ("stdin", b"id,url,note\n1,pills.example,x\n2,http://pills.example/,y\n"),
    ("stdin", HAR),
    ("stdin", MBOX),
    ("stdin", gzip.compress(mail("http://pills.example/"), mtime=0)),
    ("stdin", PARQUET),
    ("a.zip", zipped(in__parquet=PARQUET)),
    ("a.msg", compound({"__substg1.0_1013001E": b"<a href=http://pills.example>Buy</a>".ljust(5000)})),
    (
        "a.msg",
        compound(
            {
                "__substg1.0_0037001F": "See inside".ljust(3000).encode("utf-16-le"),
                "__attach_version1.0_#00000000/__substg1.0_3707001F": "offer.html".ljust(3000, "\0").encode(
                    "utf-16-le"
                ),
                "__attach_version1.0_#00000000/__substg1.0_37010102": b"<a href=http://pills.example>x</a>".ljust(5000),
            }
        ),
    ),
    (
        "a.msg",
        compound(
            {
                "__substg1.0_0037001F": "See inside".ljust(3000).encode("utf-16-le"),
                "__attach_version1.0_#00000000/__substg1.0_37010102": stored(
                    "a.html", b"<a href=http://pills.example>x</a>"
                ),
            }
        ),
    ),
    ("a.msg", compound({"__substg1.0_1000001F": "Buy at http://pills.example/".ljust(3000).encode("utf-16-le")})),
    (
        "a.eml",
        b"From: a@b.example\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(zipped(a__html=b"<a href=http://pills.example>x</a>")),
    ),
]


@pytest.mark.parametrize(("name", "data"), KINDS, ids=[f"{n}-{i}" for i, (n, _) in enumerate(KINDS)])
def test_a_kind_of_input_is_read(name: str, data: bytes) -> None:
    """Each gives the shop that it promotes and nobody else."""
    assert set(names(read(data, name))) == {"pills.example"}


def test_each_row_and_letter_is_a_message_of_its_own() -> None:
    """A removal link of one letter leaves the shop of another alone."""
    two = MBOX + b"\n" + MBOX.replace(b"pills", b"tabs")
    assert [m.name for m in read(two, "a.mbox") if isinstance(m, Message)] == ["1", "2"]
    rows = read(b"n,url\n1,http://a.example\n2,http://b.example\n", "a.csv")
    assert [m.name for m in rows] == ["row 2", "row 3"]


@pytest.mark.parametrize("sign", [";", ",", "|", "\t"])
@pytest.mark.parametrize("begin", ["sep={}\n", "\ufeffsep={}\r\n", '"sep={}"\r\n'])
def test_the_line_that_tells_a_spreadsheet_how_cells_are_parted_is_none_of_the_table(begin: str, sign: str) -> None:
    """The next one names the columns, and rows count as in the file; on standard input as well."""
    rows = ("shop,goes to", "a,http://a.example/1", "b,http://b.example/2", "c,http://c.example/3")
    data = (begin.format(sign) + "\n".join(row.replace(",", sign) for row in rows)).encode()
    for name, column in (("a.csv", "goes to"), ("a.csv", ""), ("stdin", "")):
        found = read(data, name, column)
        assert names(found) == ["a.example", "b.example", "c.example"]
        assert [item.name for item in found] == ["row 3", "row 4", "row 5"]
    assert "no column" in read(data, "a.csv", f"sep={sign}")[0].why  # type: ignore[union-attr]


def test_a_named_column_is_read_alone() -> None:
    """By its name or its number; a name that is not there is told."""
    data = b"seen,landing\nhttp://a.example,http://b.example\n"
    assert names(read(data, "a.csv", "landing")) == ["b.example"]
    assert names(read(data, "a.csv", "1")) == ["a.example"]
    for absent in ("absent", "3"):
        assert "no column" in next(item.why for item in read(data, "a.csv", absent) if isinstance(item, Broken))
    assert names(read(b'{"x": "http://a.example", "y": "http://b.example"}\n', "a.jsonl", "y")) == ["b.example"]


def test_parquet_is_read(tmp_path: Path) -> None:
    """Row by row, the column guessed."""
    path = tmp_path / "a.parquet"
    path.write_bytes(parquet_of("http://pills.example/"))
    assert names(list(read_inputs([str(path)], io.BytesIO()))) == ["pills.example"]
    path.write_bytes(b"PAR1 and nothing more")
    assert isinstance(next(read_inputs([str(path)], io.BytesIO())), Broken)


def test_recorded_pages_are_read() -> None:
    """The pages of a WARC file are messages by their addresses."""
    items = list(read_inputs([str(CASSETTES / "bestcheapmeds4u.example.warc.gz")], io.BytesIO()))
    assert any(isinstance(m, Message) and m.own.startswith("http") for m in items)


def test_a_table_on_standard_input_is_read_row_by_row() -> None:
    """What stands in one row says nothing of another; prose with commas stays a text."""
    rows = b"seen,landing\n1,pills.example\n2,http://tabs.example/\n3,drugs.example\n"
    assert [m.name for m in read(rows, "stdin")] == ["row 2", "row 3", "row 4"]
    assert names(read(rows, "stdin")) == ["pills.example", "tabs.example", "drugs.example"]
    prose = b"Hello, friend of ours\nbuy at http://pills.example/, today\nbest wishes, Bob\n"
    assert [m.name for m in read(prose, "stdin")] == [""]
    assert names(read(b"a;b\nhttp://a.example;http://b.example\n", "stdin", "b")) == ["b.example"]


def test_what_an_outlook_message_carries_is_as_in_a_mail() -> None:
    """A picture with a QR code, beside the text of the message."""
    data = compound(
        {
            "__substg1.0_1000001F": "Scan and order".ljust(3000).encode("utf-16-le"),
            "__attach_version1.0_#00000000/__substg1.0_37010102": saved(code("https://pills.example/", 8), "GIF").ljust(
                4096, b"\0"
            ),
        }
    )
    (link,) = [f for m in read_inputs(["-"], io.BytesIO(data)) if isinstance(m, Message) for f in find_links(m)]
    assert (link.identity, link.part, link.undone) == ("pills.example", "2 file", ("qr",))


def test_a_maildir_is_read_whole(tmp_path: Path) -> None:
    """New and read letters, in subfolders too; what the mail server keeps for itself says nothing."""
    for place, who in (("new/1.M1.host", "a"), ("cur/2.M2.host:2,S", "b"), (".Junk/cur/3.M3.host:2,S", "c")):
        path = tmp_path / place
        path.parent.mkdir(parents=True)
        path.write_bytes(mail(f"http://{who}.example"))
    (tmp_path / "tmp").mkdir()
    (tmp_path / "dovecot-uidlist").write_text("3 V1 N4\n1 :1.M1.host\n", "utf-8")
    (tmp_path / ".uidvalidity").write_text("http://not-read.example", "utf-8")
    found = list(read_inputs([str(tmp_path)], io.BytesIO()))
    assert sorted(names(found)) == ["a.example", "b.example", "c.example"]
    assert not [m for m in found if isinstance(m, Broken)]


@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("line", ["http://shop{}.example/", "Order at http://shop{}.example/ today, señor" + "." * 300])
def test_lists_and_long_texts_of_any_charset_are_read(charset: str, line: str) -> None:
    """As Windows writes them: each line of a list, and of a text all pieces, in two bytes a sign as in one."""
    text = "\r\n".join(line.format(number) for number in range(4_000))
    assert len(set(names(read(text.encode(charset), "a.txt")))) == 4_000


def test_addresses_beyond_the_limit_of_a_text_are_told() -> None:
    """Of a text with more than 5,000 addresses the rest is not read in silence."""
    many = read(json.dumps({"links": [f"http://shop{number}.example/" for number in range(6_000)]}).encode(), "a.json")
    few = read(b'{"links": ["http://pills.example/"]}', "a.json")
    said = [not_counted(list(find_links(m))) for m in (*many, *few) if isinstance(m, Message)]
    assert said == ["of one of its texts only the first 5,000 addresses count", ""]
