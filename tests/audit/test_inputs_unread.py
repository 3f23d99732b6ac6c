"""Folders of any mix, and files that cannot be read: each is named, and nothing stops the rest."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from email.message import EmailMessage
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.audit.inputs import read_inputs
from pharmcheck.audit.message import Broken, Message
from pharmcheck.audit.tables import read_table
from tests.audit.compound import compound
from tests.audit.given import MBOX, names, read, zipped
from tests.audit.letters import mail
from tests.growth import LINEAR, growth_of


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
        ("a.gz", gzip.compress(gzip.compress(b"http://pills.example"), mtime=0)),
        ("a.gz", gzip.compress(b"x" * 100_000, mtime=0)[:-20]),
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


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_member_costs_itself_only(method: int) -> None:
    """However it is packed, damage in it is a sentence, and the next member is read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.txt", bytes(range(256)) * 9)
        archive.writestr("b.txt", b"see http://pills.example/")
    data = bytearray(out.getvalue())
    data[60:70] = bytes(10)
    items = read(bytes(data), "a.zip")
    assert ["it cannot be unpacked" in item.why for item in items if isinstance(item, Broken)] == [True]
    assert names(items) == ["pills.example"]


def test_a_member_without_a_name_is_read() -> None:
    """A ZIP may hold a file whose name is empty."""
    packed = bytearray(zipped(a=b"see http://pills.example/"))
    listed = packed.index(b"PK\x01\x02")
    packed[26:30] = b"\0\0\1\0"  # no name: its letter is a field of another kind,
    packed[listed + 28 : listed + 34] = b"\0\0\0\0\1\0"  # and in the list of members a comment
    (found,) = read(bytes(packed), "a.zip")
    assert isinstance(found, Message)


@pytest.mark.parametrize("name", ["a.json", "a.har"])
def test_a_value_that_is_too_large_to_be_held_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not taken for broken, and the sentence says what to do."""
    monkeypatch.setattr("pharmcheck.audit.tables.MAX_JSON_BYTES", 1_000_000)
    (found,) = read(b'{"log": {"entries": [' + b'"http://pills.example", ' * 100_000 + b'"x"]}}', name)
    assert isinstance(found, Broken)
    assert found.why.endswith("is not read: it is larger than 1 MB: cut it into several")


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


def carrying(*archives: bytes) -> Message:
    """Return the message of a mail with ZIPs attached."""
    letter = EmailMessage()
    letter.set_content("http://shop.example/")
    for number, archive in enumerate(archives):
        letter.add_attachment(archive, maintype="application", subtype="zip", filename=f"{number}.zip")
    (found,) = read(letter.as_bytes(), "a.eml")
    assert isinstance(found, Message)
    return found


def test_what_is_not_read_of_a_letters_archives_is_told() -> None:
    """Behind 20 MB a text is cut, a picture left out, and the next ZIP not opened; each is named with its reason."""
    text, picture = b"http://pills.example/ " + bytes(8_999_978), b"\x89PNG\r\n\x1a\n" + bytes(8_999_992)
    found = carrying(
        zipped(a__html=text, b__html=text, c__html=text, d__txt=b"x"), zipped(e__txt=b"http://tabs.example")
    )
    assert [len(part.text) for part in found.letter.parts if part.undone] == [9_000_000, 9_000_000, 2_000_000]
    assert found.notes == (
        "0.zip!c.html: it expands to more than 2 MB; only its first 2,000,000 bytes were read",
        "0.zip: the rest of this ZIP was not read: 100,000 files and 20 MB of it are",
        "1.zip was not read: 20 MB of a letter's ZIPs are",
    )
    found = carrying(zipped(a__html=text, b__html=text, c__png=picture))
    assert not [part for part in found.letter.parts if part.kind == "image"]
    assert found.notes == ("0.zip!c.png: it expands to more than 2 MB",)


def test_what_is_left_out_of_a_letters_archives_has_a_reason() -> None:
    """A member that is damaged, and those behind the fiftieth; of what is never read, as programs, nothing is said."""
    many = zipped(**{f"n{number}__txt": b"x" for number in range(52)})
    damaged = bytearray(zipped(a__txt=b"http://pills.example/ " * 9, b__exe=b"MZ"))
    damaged[40:50] = bytes(10)
    first, second = carrying(many, bytes(damaged)).notes
    assert first == "0.zip!n50.txt and what follows was not read: only the first 50 files of a ZIP are"
    assert second.startswith("1.zip!a.txt: it cannot be unpacked: ")


def test_what_is_left_out_of_archives_and_of_pictures_is_told_together() -> None:
    """One does not take the place of the other."""
    pytest.importorskip("zxingcpp")
    broken = b"\x89PNG\r\n\x1a\n" + bytes(200)
    mail_of_both = EmailMessage()
    mail_of_both.set_content("see inside")
    archive = zipped(a__png=broken, **{f"n{number}__txt": b"x" for number in range(50)})
    mail_of_both.add_attachment(archive, maintype="application", subtype="zip", filename="0.zip")
    (found,) = read_inputs(["-"], io.BytesIO(mail_of_both.as_bytes()))
    assert isinstance(found, Message)
    assert ["0.zip" in note or "QR codes" in note for note in found.notes] == [True, True]


def test_what_an_outlook_message_carries_beyond_fifty_files_is_told() -> None:
    """The first fifty are read, in the order of their names."""
    text = b"<a href=http://pills.example>x</a>".ljust(4096)
    body = "__attach_version1.0_#{:08}/__substg1.0_37010102"
    items = read(compound({body.format(number): text for number in range(51)}), "a.msg")
    assert [item.why for item in items if isinstance(item, Broken)] == [
        "only the first 50 of the 51 files that it carries were read"
    ]
    assert [len(item.letter.parts) for item in items if isinstance(item, Message)] == [50]


def test_each_member_of_a_bomb_is_measured_by_itself(tmp_path: Path) -> None:
    """Many members do not lend each other their size."""
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.txt", b"A" * 25_000_000)
    found = list(read_inputs([str(tmp_path / "bomb.zip")], io.BytesIO()))
    assert ["expands to more than" in m.why for m in found if isinstance(m, Broken)] == [True] * 4
    assert len(found) == 4


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_texts_beyond_the_limit_of_a_json_value_are_told(name: str) -> None:
    """Of 10,001 texts the last one is not read, which is said; of 10,000 all are."""
    for number, whys in ((10_001, ["only its first 10,000 texts were read"]), (10_000, [])):
        items = read(b'{"links": [' + b'"a", ' * (number - 1) + b'"http://pills.example"]}', name)
        assert [item.why for item in items if isinstance(item, Broken)] == whys
        assert names(items) == ([] if whys else ["pills.example"])


def test_a_long_word_in_a_table_costs_what_its_length_does() -> None:
    """A cell of letters alone is looked through once, and not from each of them on."""
    rows = "name,url\n{},http://pills.example\n"
    assert (
        growth_of(
            lambda text: list(read_table(io.BytesIO(text.encode()), "a.csv")), lambda n: rows.format("a" * n), 20_000
        )
        < LINEAR
    )


def test_a_line_without_an_end_is_never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of a single line is read in pieces, in memory that does not grow with it."""
    monkeypatch.setattr("pharmcheck.audit.tables._MAX_CELL_CHARS", 10_000)
    file = io.BytesIO(b"a,http://pills.example/,b\n" * 3 + b"pills.example," * 400_000)
    tracemalloc.start()
    try:
        found = sum(isinstance(item, Message) for item in read_table(file, "a.csv"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found > 200
    assert peak < 10_000_000


class Pipe(io.RawIOBase):
    """What another program writes: so many lines, one after another."""

    def __init__(self, lines: int) -> None:
        self.left = lines

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.left -= 1
        line = b"see http://pills.example/ today\n" if self.left >= 0 else b""
        buffer[: len(line)] = line
        return len(line)


def test_standard_input_is_never_held() -> None:
    """However much another program writes, memory does not grow with it."""
    tracemalloc.start()
    try:
        found = list(islice(read_inputs(["-"], io.BufferedReader(Pipe(400_000))), 2))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [item.name for item in found] == ["part 1", "part 2"]
    assert peak < 8_000_000
