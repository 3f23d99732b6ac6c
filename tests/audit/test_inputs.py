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

from pharmcheck.audit.inputs import read_bytes, read_inputs
from pharmcheck.audit.links import find_links
from pharmcheck.audit.message import Broken, Message
from tests.audit.compound import compound
from tests.audit.drawn import code, saved
from tests.audit.letters import mail

CASSETTES = Path(__file__).resolve().parents[2] / "cassettes"


def names(items: list[Message | Broken]) -> list[str]:
    """Return who is promoted by messages, in order."""
    return [f.identity for m in items if isinstance(m, Message) for f in find_links(m) if f.left_out is None]


def read(data: bytes, name: str, column: str = "") -> list[Message | Broken]:
    """Return the messages of a file."""
    return list(read_bytes(data, name, column))


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
        duckdb.sql(f"SELECT 1 AS id, '{url}' AS url").write_parquet(str(path))
        return path.read_bytes()


def warc_of(url: str, page: bytes) -> bytes:
    """Return a WARC file of one page."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(page), http_headers=head))
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    """Return a ZIP; `__` in a name is a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


MBOX = b"From a@b.example Thu Jan  1 00:00:00 2026\n" + mail(
    "http://a.pills.example\n\nFrom here you can order\nhttp://b.pills.example"
)
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
    ("a.mbox.gz", gzip.compress(MBOX)),
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
    ("stdin", gzip.compress(mail("http://pills.example/"))),
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


def test_a_named_column_is_read_alone() -> None:
    """By its name or its number; a name that is not there is told."""
    data = b"seen,landing\nhttp://a.example,http://b.example\n"
    assert names(read(data, "a.csv", "landing")) == ["b.example"]
    assert names(read(data, "a.csv", "1")) == ["a.example"]
    assert isinstance(read(data, "a.csv", "absent")[0], Broken)
    assert names(read(b'{"x": "http://a.example", "y": "http://b.example"}\n', "a.jsonl", "y")) == ["b.example"]


def test_parquet_is_read(tmp_path: Path) -> None:
    """Row by row, the column guessed."""
    path = tmp_path / "a.parquet"
    duckdb.sql("SELECT 1 AS id, 'http://pills.example/' AS url").write_parquet(str(path))
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


def test_a_folder_of_any_mix_and_standard_input(tmp_path: Path) -> None:
    """Files in folders, a maildir among them, in the order of their names; `-` is standard input."""
    (tmp_path / "cur").mkdir()
    (tmp_path / "cur" / "1.a:2,S").write_bytes(mail("http://a.example"))
    (tmp_path / "z.txt").write_bytes(b"see http://b.example/")
    assert names(list(read_inputs([str(tmp_path), "-"], io.BytesIO(b"and http://c.example/")))) == [
        "a.example",
        "b.example",
        "c.example",
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", b"PK\x03\x04 broken"),
        ("a.zip", zipped(a__zip=zipped(b__zip=zipped(c__txt=b"http://pills.example")))),
        ("a.gz", gzip.compress(gzip.compress(b"http://pills.example"))),
        ("a.gz", gzip.compress(b"x" * 100_000)[:-20]),
        ("a.warc", b"WARC/1.0\r\nContent-Length: 99999\r\n\r\nx"),
        ("a.har", b"{"),
        ("a.json", b"[" * 100_000),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("a.png", b"\x89PNG\r\n" + bytes(2000)),
    ],
    ids=["zip", "zip-in-zip-in-zip", "gzip-in-gzip", "cut-gzip", "cut-warc", "har", "json", "msg", "png"],
)
def test_what_cannot_be_read_is_named_and_nothing_more(name: str, data: bytes) -> None:
    """A sentence says which file and why."""
    broken = [item for item in read(data, name) if isinstance(item, Broken)]
    assert broken
    assert all(item.why and item.file.startswith("a") for item in broken)


def test_a_bomb_is_left_out() -> None:
    """A ZIP member and a gzip file that expand beyond measure are not held."""
    assert "expands" in read(zipped(a__txt=b"\0" * 60_000_000), "a.zip")[0].why  # type: ignore[union-attr]
    assert "first" in read(gzip.compress(b"a " * 60_000_000, 1), "a.gz")[0].why  # type: ignore[union-attr]


def test_endless_nesting_costs_one_message_not_the_mailbox() -> None:
    """Such a letter is read as plain text, and the next one as usual."""
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(600))
    items = read(b"From a@b.example Thu Jan  1 00:00:00 2026\n" + nested + b"\nhttp://a.example\n\n" + MBOX, "a.mbox")
    assert "pills.example" in names(items)


def test_a_file_that_is_not_there_is_named() -> None:
    """And the others are read."""
    items = list(read_inputs(["/no/such/file.eml", "-"], io.BytesIO(b"see http://c.example/")))
    assert isinstance(items[0], Broken)
    assert names(items) == ["c.example"]


def test_a_link_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    """An unpacked archive may hold links to anything on the machine."""
    (tmp_path / "secret.txt").write_text("https://secret.example/", "utf-8")
    folder = tmp_path / "spam"
    folder.mkdir()
    (folder / "in.txt").write_text("https://pills.example/", "utf-8")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "round.txt").symlink_to(folder / "in.txt")
    found = list(read_inputs([str(folder)], io.BytesIO()))
    assert [m.file for m in found if isinstance(m, Broken)] == ["out.txt"]
    assert "secret.example" not in str(found)
    assert "round.txt" in [m.file for m in found]


def test_each_member_of_a_bomb_is_measured_by_itself(tmp_path: Path) -> None:
    """Many members do not lend each other their size."""
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.txt", b"A" * 25_000_000)
    found = list(read_inputs([str(tmp_path / "bomb.zip")], io.BytesIO()))
    assert ["expands to more than" in m.why for m in found if isinstance(m, Broken)] == [True] * 4
    assert len(found) == 4
