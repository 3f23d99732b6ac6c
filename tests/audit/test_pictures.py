"""QR codes in pictures are links like others; a hostile picture costs itself only."""

from __future__ import annotations

import io
import multiprocessing
import struct
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageOps

from pharmcheck.audit import qr
from pharmcheck.audit.inputs import read_inputs
from pharmcheck.audit.links import FoundLink, find_links
from pharmcheck.audit.message import Broken, Message
from tests.audit.drawn import code, saved

SHOP = "https://pills.example/q?a=1"


def letter(*pictures: bytes, text: str = "Scan and order", html: str = "", kind: str = "png") -> bytes:
    """Return a mail with pictures attached."""
    message = EmailMessage()
    message["From"], message["Subject"] = "a@sender.example", "Offer"
    message.set_content(html or text, subtype="html" if html else "plain")
    for number, picture in enumerate(pictures):
        message.add_attachment(picture, maintype="image", subtype=kind, filename=f"{number}.{kind}")
    return message.as_bytes()


def read(data: bytes) -> list[Message | Broken]:
    """Return the messages of standard input."""
    return list(read_inputs(["-"], io.BytesIO(data)))


def links(data: bytes) -> list[FoundLink]:
    return [f for m in read(data) if isinstance(m, Message) for f in find_links(m)]


def notes(data: bytes) -> list[str]:
    return [note for m in read(data) if isinstance(m, Message) for note in m.notes]


def claiming(width: int, height: int) -> bytes:
    """Return a PNG whose head claims a size, and that holds nothing."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + body + b"\0\0\0\x04IDAT1234" + struct.pack(">I", zlib.crc32(b"IDAT1234")) + bytes(80)


def test_an_attached_code_is_a_link_with_its_place() -> None:
    """File, part, where in it, and that it stood in a QR code; a picture beside it says nothing."""
    found = links(letter(saved(Image.new("L", (60, 60), 200)), saved(code(SHOP))))
    assert [(f.url, f.identity, f.file, f.part, f.offset, f.undone, f.left_out) for f in found] == [
        (SHOP, "pills.example", "stdin", "3 image/png", 0, ("qr",), None)
    ]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_each_kind_of_picture_is_read(kind: str) -> None:
    """By its first bytes, whatever the mail calls it."""
    assert [f.identity for f in links(letter(saved(code(SHOP), kind), kind="bmp"))] == ["pills.example"]


def seen() -> Iterator[Image.Image]:
    drawn = code(SHOP, 6)
    yield drawn.rotate(17, expand=True, fillcolor=255)
    yield ImageOps.invert(drawn)
    yield drawn.convert("1")
    yield drawn.convert("P")
    clear = Image.new("RGBA", drawn.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=ImageOps.invert(drawn))
    yield clear
    photo = Image.effect_noise((1200, 900), 60)
    photo.paste(drawn, (300, 200))
    yield photo


def test_codes_are_read_as_people_meet_them() -> None:
    """Turned, inverted, with two colours, with a palette, on nothing, and small in a large photograph."""
    pictures = [saved(picture) for picture in seen()]
    assert [f.identity for f in links(letter(*pictures))] == ["pills.example"] * 6


def test_a_code_inside_markup_is_read() -> None:
    """A data: address in an attribute or a style; its place is where it begins."""
    coded = b64encode(saved(code(SHOP))).decode()
    html = f'<p>Scan:</p><img alt="x" src="DATA:image/png;name=a;base64,{coded[:70]}\n {coded[70:]}">'
    (found,) = [f for f in links(letter(html=html)) if f.identity == "pills.example"]
    assert (found.part, found.undone) == ("1 text/html", ("qr",))
    assert found.offset == html.index("DATA:")
    style = (
        f'<div style="background:url(data:image/gif;base64,{b64encode(saved(code(SHOP), "GIF")).decode()})">Buy</div>'
    )
    assert [f.identity for f in links(f"<!DOCTYPE html>{style}".encode()) if f.left_out is None] == ["pills.example"]


def test_pictures_in_folders_and_archives_are_read(tmp_path: Path) -> None:
    """A file, one in a ZIP, and one in a ZIP that a mail carries."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("flyer.png", saved(code("https://b.example/")))
    (tmp_path / "1.png").write_bytes(saved(code("https://a.example/")))
    (tmp_path / "2.zip").write_bytes(packed.getvalue())
    message = EmailMessage()
    message.set_content("see inside")
    message.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="x.zip")
    (tmp_path / "3.eml").write_bytes(message.as_bytes())
    found = [f for m in read_inputs([str(tmp_path)], io.BytesIO()) if isinstance(m, Message) for f in find_links(m)]
    assert [(f.file, f.part, f.identity) for f in found] == [
        ("1.png", "1 image", "a.example"),
        ("2.zip!flyer.png", "1 image", "b.example"),
        ("3.eml", "3 image", "b.example"),
    ]


@pytest.mark.parametrize(
    ("said", "identity"),
    [
        ("PILLS.EXAMPLE/A", "pills.example"),
        ("https://t.me/pillvendor", "telegram:pillvendor"),
        ("tel:+442079460018", "phone:+442079460018"),
        ("whatsapp://send?phone=+442079460018", "whatsapp:+442079460018"),
        ("BEGIN:VCARD\nVERSION:3.0\nURL:https://pills.example/\nEND:VCARD", "pills.example"),
    ],
)
def test_what_a_telephone_opens_is_who_is_promoted(said: str, identity: str) -> None:
    """An address, a bare one too, an account, a number, a visiting card."""
    assert [f.identity for f in links(letter(saved(code(said)))) if f.left_out is None] == [identity]


def test_digits_alone_are_nobody() -> None:
    """A code on a parcel or a bill is no telephone."""
    assert links(letter(saved(code("4420794600181")))) == []


def test_a_code_counts_beside_links_and_takes_nothing_from_them() -> None:
    """Readers see both; an address in a letter of plain text stays what it promotes."""
    picture = saved(code(SHOP))
    assert [f.identity for f in links(letter(picture, text="Order at http://tabs.example/")) if f.left_out is None] == [
        "tabs.example",
        "pills.example",
    ]
    html = "<a href=http://tabs.example/>Order</a>"
    assert [f.identity for f in links(letter(picture, html=html)) if f.left_out is None] == [
        "tabs.example",
        "pills.example",
    ]


def test_well_known_sites_in_codes_are_left_out() -> None:
    """A code that opens a shop of apps is nobody's pharmacy."""
    (found,) = links(letter(saved(code("https://apps.apple.com/app/x"))))
    assert found.left_out == "a well-known site"


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (claiming(65_535, 65_535), "65,535 by 65,535 points"),
        (claiming(5_000, 5_000), "5,000 by 5,000 points"),
        (saved(code(SHOP))[:150] + bytes(50), "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "it is no picture that is read"),
        (b"\xff\xd8\xff" + bytes(10_000_000), "larger than 10 MB"),
    ],
    ids=["huge", "large", "cut", "empty", "heavy"],
)
def test_a_picture_that_is_not_looked_through_is_told(picture: bytes, why: str) -> None:
    """The sentence names the part and why; the next picture is read."""
    data = letter(picture, saved(code(SHOP)))
    assert [f.identity for f in links(data)] == ["pills.example"]
    (note,) = notes(data)
    assert note.startswith("not all pictures were looked through for QR codes: 2 image/png, it ")
    assert why in note


def test_thousands_of_marks_do_not_stall_it() -> None:
    """A picture full of the squares by which codes are found is done with like any other."""
    drawn = Image.new("L", (1_440, 1_440), 255)
    pen = ImageDraw.Draw(drawn)
    for x in range(0, 1_440, 24):
        for y in range(0, 1_440, 24):
            for inset, tone in ((0, 0), (3, 255), (6, 0)):
                pen.rectangle((x + inset, y + inset, x + 20 - inset, y + 20 - inset), fill=tone)
    assert notes(letter(saved(drawn))) == []


def test_a_picture_that_takes_too_long_costs_itself_only() -> None:
    """Its process is ended, and the next picture has a new one."""
    reader = qr.Reader(limit_s=0, starting_s=0)
    assert reader.read(saved(code(SHOP))) == ((), "it takes longer than 0 s")
    reader.limit_s = 60
    assert reader.read(saved(code(SHOP))) == ((SHOP,), "")
    reader.close()


def test_a_jpeg_that_takes_minutes_costs_a_second() -> None:
    """A scan that is repeated 3,000 times makes 150 KB of it; the process is ended in time."""
    whole = io.BytesIO()
    Image.new("L", (4_000, 4_000), 200).save(whole, "JPEG", progressive=True)
    plain = whole.getvalue()
    scan = plain[plain.rfind(b"\xff\xda") : -2]
    reader = qr.Reader(limit_s=1)
    assert reader.read(saved(code(SHOP)))[0] == (SHOP,)
    assert reader.read(plain[:-2] + 3_000 * scan + plain[-2:]) == ((), "it takes longer than 1 s")
    reader.close()


def test_a_picture_that_breaks_the_process_costs_itself_only() -> None:
    """A fault in the decoder is not ours."""
    reader = qr.Reader(60)
    assert reader.read(saved(code(SHOP)))[0] == (SHOP,)
    (process,) = multiprocessing.active_children()
    process.kill()
    process.join()
    assert reader.read(saved(code(SHOP))) == ((), "it broke the process that read it")
    assert reader.read(saved(code(SHOP)))[0] == (SHOP,)
    reader.close()


def test_more_pictures_than_a_message_may_have_are_told() -> None:
    """The first fifty are looked through."""
    data = letter(*[saved(code(f"https://s{i}.example/", 2)) for i in range(52)])
    assert len(links(data)) == 50
    assert notes(data) == [
        "not all pictures were looked through for QR codes: only the first 50 of this message, within 30 s"
    ]


def test_without_the_extra_one_sentence_tells_of_all_pictures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Once for each input, with what to install; an input without pictures has none."""
    monkeypatch.setattr(qr, "can_read", lambda: False)
    for number in range(3):
        (tmp_path / f"{number}.png").write_bytes(saved(code(SHOP)))
    (tmp_path / "z.txt").write_text("see https://tabs.example/", "utf-8")
    items = list(read_inputs([str(tmp_path), "-"], io.BytesIO(b"see https://other.example/")))
    assert [i for i in items if isinstance(i, Broken)] == [
        Broken(
            str(tmp_path),
            "pictures",
            "its pictures were not looked through for QR codes: pip install 'pharmcheck[qr]'",
        )
    ]
    assert [f.identity for m in items if isinstance(m, Message) for f in find_links(m)] == [
        "tabs.example",
        "other.example",
    ]
