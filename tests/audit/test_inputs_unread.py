"""Folders of any mix, and files that cannot be read: each is named, and nothing stops the rest."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from pharmcheck.audit.inputs import read_inputs
from pharmcheck.audit.message import Broken
from tests.audit.given import MBOX, names, read, zipped
from tests.audit.letters import mail


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
