"""One saved page is a site of one page, and offline there is none."""

from __future__ import annotations

import time
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


def test_a_message_larger_than_what_is_read(tmp_path: Path) -> None:
    """Of a message of more than 20 MB the rest is a gap, and what stands before is read."""
    whole = letter(f"<p>{TEXT}</p>").as_bytes()
    site = save(tmp_path, "a.eml", whole + b" \n" * 10_000_000)
    assert TEXT in site.pages[0].text
    assert "only the first 20 MB of a.eml were read" in [gap.why for gap in site.gaps]
    assert "page" not in {gap.artifact for gap in save(tmp_path, "a.eml", whole).gaps}


def test_a_mailbox(tmp_path: Path) -> None:
    """Of several messages in a file each gives subject, sender and body."""
    one, two = letter(f"<p>{TEXT}</p>").as_bytes(), letter(text="The second one.").as_bytes()
    page = save(tmp_path, "a.eml", b"From a@x.example Mon\n" + one + b"\n\nFrom b@x.example Tue\n" + two).pages[0]
    assert page.text.startswith("Größe zählt\nFrom: Shop <order@shop.example>")
    assert TEXT in page.text
    assert "Subject: Größe zählt\nFrom: Shop <order@shop.example>\nThe second one." in page.text


def test_a_message_in_a_message(tmp_path: Path) -> None:
    """A forwarded message is read after the one that carries it."""
    outer = letter(text="See below.")
    outer.add_attachment(letter(f"<p>{TEXT} <a href='https://other.example/x'>there</a></p>"))
    page = save(tmp_path, "a.eml", outer.as_bytes()).pages[0]
    assert 0 < page.text.index("See below.") < page.text.index(TEXT)
    assert page.links[0].url == "https://other.example/x"


def test_eml_with_unknown_charset(tmp_path: Path) -> None:
    """A charset that does not exist costs at most some letters, never the message."""
    data = b"Subject: =?x-nope?q?abc?=\nContent-Type: text/plain; charset=x-nope\n\n" + TEXT.encode() + b"\xff\xfe\x00"
    assert TEXT in save(tmp_path, "a.eml", data).pages[0].text


NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(2_000))


@pytest.mark.parametrize("start", [NESTED, b"Content-Type: message/rfc822\n\n" * 2_000], ids=["parts", "messages"])
def test_eml_nested_without_end(tmp_path: Path, start: bytes) -> None:
    """Messages in messages, thousands deep, are a gap and no failure."""
    site = save(tmp_path, "a.eml", start + b"Content-Type: text/html\n\n<p>" + TEXT.encode())
    assert site.pages == ()
    assert site.gaps[0].why == "a.eml: its parts are nested beyond all measure"


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Type: text/html;" + b"a=b;" * 500_000,
        b"content-type: text/plain;" + b'\n a="b;' * 300_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 100_000,
    ],
    ids=["parameters", "folded", "subject"],
)
def test_eml_with_a_header_without_end(tmp_path: Path, header: bytes) -> None:
    """A header of two megabytes takes time in proportion; in its square it would take minutes."""
    begin = time.process_time()
    site = save(tmp_path, "a.eml", header + b"\n\n" + TEXT.encode())
    assert time.process_time() - begin < 5
    assert TEXT in site.pages[0].text


def test_only_the_first_two_megabytes(tmp_path: Path) -> None:
    """What lies behind the part that is read of a page is a gap, in a message too."""
    page = f"<p>{TEXT}</p>" + "<br>" * 600_000
    for name, data in (("a.html", page.encode()), ("a.eml", letter(page).as_bytes())):
        assert "only the first 2 MB of " in save(tmp_path, name, data).gaps[-1].why


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
