"""A page that a browser saved in one file, with its pictures, is read as the page that it is."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from tests.capture.test_saved import TEXT, save

PAGE = f'<html lang="de"><title>Lindenapotheke</title><p>{TEXT} Größe <a href="https://shop.example/cart?a=3D">Cart</a>'
PART = """--x
Content-Type: {kind}
Content-ID: <{name}@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://shop.example/{name}

{body}
"""


def quoted(text: str) -> str:
    return "".join(f"={byte:02X}" if byte > 126 or byte == 61 else chr(byte) for byte in text.encode())


def mhtml(*parts: str, more: str = "", begin: str = "From: <Saved by Blink>\nMIME-Version: 1.0\n") -> bytes:
    head = f'{begin}Content-Type: multipart/related;\n\ttype="text/html";{more}\n\tboundary="x"\n\n'
    return (head + "".join(parts) + "--x--\n").encode()


def part(body: str, name: str = "page", kind: str = "text/html") -> str:
    return PART.format(kind=kind, name=name, body=quoted(body))


def archive(form: plistlib.PlistFormat = plistlib.FMT_BINARY) -> bytes:
    main = {
        "WebResourceData": PAGE.encode("utf-16"),
        "WebResourceTextEncodingName": "UTF-16",
        "WebResourceMIMEType": "text/html",
    }
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": []}, fmt=form)


FILES = {
    "a.mhtml": mhtml(part(PAGE), part("<p>an advertisement in a frame", "frame")),
    "a.mht": mhtml(part("body { color: red }", "style", "text/css"), part(PAGE)),
    "renamed.html": mhtml(part(PAGE)),
    "crlf.html": mhtml(part(PAGE)).replace(b"\n", b"\r\n"),
    "started.mhtml": mhtml(part("<p>a frame", "frame"), part(PAGE), more='\n\tstart="<page@mhtml.blink>";'),
    "a.webarchive": archive(),
    "xml.webarchive": archive(plistlib.FMT_XML),
    "archive.html": archive(),
}


@pytest.mark.parametrize("name", FILES)
def test_the_page_is_read(tmp_path: Path, name: str) -> None:
    """Its main page is read, decoded, without the other parts, whatever the file is called."""
    site = save(tmp_path, name, FILES[name])
    (page,) = site.pages
    assert page.title == "Lindenapotheke"
    assert "Größe" in page.text
    assert [link.url for link in page.links] == ["https://shop.example/cart?a=3D"]
    assert page.url == "https://shop.example/page"
    assert not {"frame", "advertisement", "color:", "Saved by Blink"} & set(page.text.split())
    assert [gap.artifact for gap in site.gaps] == ["site"]


BROKEN = {
    "pictures.mhtml": (mhtml(part("x", "a.png", "image/png")), "pictures.mhtml has no HTML part"),
    "cut.mhtml": (FILES["a.mhtml"][:60], "cut.mhtml has no HTML part"),
    "empty.mhtml": (b"", "empty.mhtml has no HTML part"),
    "cut.webarchive": (archive()[:-40], "cut.webarchive is no whole web archive"),
    "other.webarchive": (plistlib.dumps(["soap"]), "other.webarchive is no whole web archive"),
    "odd.webarchive": (
        plistlib.dumps({"WebMainResource": {"WebResourceData": 7}}),
        "odd.webarchive is no whole web archive",
    ),
    "text.webarchive": (b"<plist", "text.webarchive is no whole web archive"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_without_a_page(tmp_path: Path, name: str) -> None:
    """A file without a page that can be read is a gap that says what to do, and never read as text."""
    data, why = BROKEN[name]
    site = save(tmp_path, name, data)
    assert site.pages == ()
    assert site.gaps[0].why == f"{why}: save the page once more, as HTML only"


def test_nested_without_end(tmp_path: Path) -> None:
    """Parts in parts, thousands deep, are a gap and no failure."""
    nest = b"".join(b'Content-Type: multipart/related; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(2_000))
    assert "nested beyond all measure" in save(tmp_path, "a.mhtml", nest).gaps[0].why


def test_html_that_speaks_of_headers(tmp_path: Path) -> None:
    """A page or a text that shows such headers is no such file."""
    for name in ("a.html", "a.txt"):
        shown = f"<p>{TEXT}\nContent-Type: multipart/related; boundary=x\n\n--x"
        assert TEXT in save(tmp_path, name, shown).pages[0].text
