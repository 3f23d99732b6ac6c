"""One saved page is a site of one page, and offline there is none."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from pharmcheck.capture import offline, saved_page
from pharmcheck.model import Site
from pharmcheck.target import TargetError, parse_target
from tests.capture.shop import NOW

TEXT = "Our invented shop sells soap, and has more than enough words to be taken for a page."


def save(tmp_path: Path, name: str, data: str | bytes, url: str = "https://shop.example/page") -> Site:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return saved_page(path, url, now=NOW)


def test_html(tmp_path: Path) -> None:
    """A saved HTML page is read as if it stood at its URL, at the time that was given."""
    site = save(tmp_path, "a.html", f"<title>Soap</title><p>{TEXT}<a href=/cart>Cart</a>")
    assert (site.captured, site.pages[0].url, site.pages[0].role) == (NOW, "https://shop.example/page", "pasted")
    assert site.pages[0].links[0].url == "https://shop.example/cart"
    assert "only the saved page a.html was read" in site.gaps[0].why


def test_home(tmp_path: Path) -> None:
    """A page saved from a bare host is its home page."""
    assert save(tmp_path, "a.html", f"<p>{TEXT}", "shop.example").pages[0].role == "home"


def test_plain_text(tmp_path: Path) -> None:
    """In plain text, angle brackets are text."""
    assert "if a<b and c>d" in save(tmp_path, "a.txt", f"{TEXT}\nif a<b and c>d").pages[0].text


def letter(html: str = "", text: str = "") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = "Größe zählt", "Shop <order@shop.example>"
    message.set_content(text or "unused")
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_eml(tmp_path: Path) -> None:
    """Of a message, the HTML part is read, below subject and sender."""
    page = save(tmp_path, "a.eml", letter(f"<p>{TEXT}</p>", "other part").as_bytes()).pages[0]
    assert page.text.startswith("Größe zählt\nFrom: Shop <order@shop.example>")
    assert TEXT in page.text
    assert "other part" not in page.text


def test_eml_of_text(tmp_path: Path) -> None:
    """A message of plain text only is read as text; its angle brackets stay."""
    assert (
        "<b>not bold</b>" in save(tmp_path, "a.eml", letter(text=f"{TEXT}\n<b>not bold</b>").as_bytes()).pages[0].text
    )


def test_eml_with_unknown_charset(tmp_path: Path) -> None:
    """A charset that does not exist costs at most some letters, never the message."""
    data = b"Subject: =?x-nope?q?abc?=\nContent-Type: text/plain; charset=x-nope\n\n" + TEXT.encode() + b"\xff\xfe\x00"
    assert TEXT in save(tmp_path, "a.eml", data).pages[0].text


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.7"])
def test_binary(tmp_path: Path, data: bytes) -> None:
    """A file that is no text gives a gap and no page."""
    site = save(tmp_path, "a.html", data)
    assert site.pages == ()
    assert site.gaps[0].why == "a.html is not a text"


def test_empty(tmp_path: Path) -> None:
    """An empty file gives a gap."""
    assert save(tmp_path, "a.html", b"").gaps[0].artifact == "pasted"


def test_bad_url(tmp_path: Path) -> None:
    """A URL that is none is refused."""
    with pytest.raises(TargetError):
        save(tmp_path, "a.html", TEXT, "ftp://shop.example")


def test_offline() -> None:
    """Offline there are no pages, and the gap says that this was asked for."""
    site = offline(parse_target("shop.example"), NOW)
    assert (site.pages, site.captured) == ((), NOW)
    assert site.gaps[0].why == "no page of shop.example was read, as asked (offline)"
