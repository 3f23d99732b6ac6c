"""What a network can do to us becomes gaps in plain sentences, and what could be read stays."""

from __future__ import annotations

import asyncio
import gzip
import zlib

import pytest

from pharmcheck.capture import capture
from pharmcheck.model import Site
from pharmcheck.target import parse_target
from tests.capture.gathered import HOME, read, why
from tests.capture.shop import NOW, Route, Shop, answer, redirect, silence


def test_plain_page() -> None:
    """A page that is there is read, with its address, status, role and the time that was given."""
    site = read({"/": HOME})
    assert [(p.url, p.role, p.status) for p in site.pages] == [("http://shop.example/", "home", 200)]
    assert site.captured == NOW
    assert "Invented shop" in site.pages[0].text
    assert not why(site)


FAILURES: list[tuple[Route, str]] = [
    (answer("<p>no", "403 Forbidden"), "shop.example answered HTTP 403 (forbidden)"),
    (answer("<p>no", "404 Not Found"), "shop.example answered HTTP 404 (not found)"),
    (
        answer("<p>no", "429 Too Many Requests", Retry_After="86400"),
        "shop.example answered HTTP 429 (too many requests)",
    ),
    (answer("<p>no", "503 Service Unavailable"), "shop.example answered HTTP 503 (service unavailable)"),
    (answer("<p>no", "999 Odd"), "shop.example answered HTTP 999 (not a known status)"),
    (redirect("/"), "redirected more than 10 times"),
    (redirect("file:///etc/hosts"), "file: addresses are not http or https"),
    (answer("", "302 Found"), "without saying where to"),
    (answer(b"\x89PNG\r\n\x1a\n\0\0", content_type="image/png"), "is not a text but image/png"),
    (answer(b"%PDF-1.7 x", content_type="text/html"), "is not a text"),
    (answer(""), "the page is empty"),
    (b"", "shop.example closed the connection without an answer"),
    (b"SSH-2.0-server\r\n\r\n", "answered something that is not HTTP"),
    (answer(b"not gzip", Content_Encoding="gzip"), "claims to be compressed as gzip and is not"),
    (answer(b"xxxx", Content_Encoding="br"), "compressed as 'br', which was not asked for"),
    (answer(b"xxxx", Content_Encoding="gzip, gzip, gzip"), "compressed 3 times"),
]


@pytest.mark.parametrize(("route", "sentence"), FAILURES)
def test_failures(route: Route, sentence: str) -> None:
    """Each failure is a gap that begins with the page and says what happened; nothing is raised."""
    site = read({"/": route})
    assert why(site).startswith("home page: ")
    assert sentence in why(site)
    assert all(p.shell for p in site.pages)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("http://127.0.0.1/secret", "127.0.0.1 is not a public address"),
        ("http://2130706433/secret", "127.0.0.1 is not a public address"),
        ("http://[::ffff:10.0.0.1]/secret", "is not a public address"),
        ("http://localhost/secret", "localhost is a name inside a private network"),
        ("http://other.example:22/secret", "port 22 of other.example is not a web port"),
    ],
)
def test_redirect_to_private(place: str, sentence: str) -> None:
    """A redirect to what is not public is not followed: the rule leads only its own name to loopback."""

    async def run() -> Site:
        async with Shop({"/": redirect(place)}) as shop:
            rule = f"shop.example:80:127.0.0.1:{shop.port}"
            site = await capture(parse_target("http://shop.example"), shop.options(connect_to=(rule,)))
            assert "/secret" not in shop.asked
            return site

    assert sentence in why(asyncio.run(run()))


def test_redirects_are_recorded() -> None:
    """Each hop of a redirect stands in the page, and the page is the last one's."""
    site = read({"/": redirect("/a"), "/a": redirect("http://www.shop.example/b"), "/b": HOME})
    assert site.pages[0].hops == ("http://shop.example/", "http://shop.example/a")
    assert site.pages[0].url == "http://www.shop.example/b"


def test_silence() -> None:
    """A server that never answers costs no more than the time for one request, and is said to have been silent."""
    assert (
        why(read({"/": HOME, "/robots.txt": silence}, timeout_s=0.2))
        == "home page: no answer from shop.example in 0.2 s"
    )


def test_silence_of_one_page() -> None:
    """A page that is not answered is a gap of its own; the others are read."""
    site = read({"/": HOME + "<a href=/contact>Contact</a>", "/contact": silence}, timeout_s=0.3)
    assert why(site, "contact") == "contact page: no answer from shop.example in 0.3 s"
    assert [p.role for p in site.pages] == ["home"]


def test_site_time() -> None:
    """When the time for the site is over, what was not asked is said so."""
    routes: dict[str, Route] = {
        "/": HOME + "<a href=/contact>Contact</a><a href=/faq>FAQ</a>",
        "/contact": silence,
        "/faq": silence,
    }
    site = read(routes, timeout_s=5, site_timeout_s=0.4)
    assert "in 0.3" in why(site, "contact") or "in 0.4" in why(site, "contact")


async def _endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>It never ends.")
    while True:
        writer.write(b"<p>more " + b"x" * 8192)
        await writer.drain()


def test_endless_body() -> None:
    """A body without end is read up to the cap; the page is kept and the gap says that it is not whole."""
    site = read({"/": _endless}, max_bytes=50_000)
    assert "only its first 50,000 bytes were read" in why(site)
    assert "It never ends." in site.pages[0].text


async def _stalls(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>A beginning.")
    await silence(writer)


async def _breaks_off(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<p>A beginning.")


@pytest.mark.parametrize(("script", "word"), [(_stalls, "did not end in time"), (_breaks_off, "broke off")])
def test_half_a_page(script: Route, word: str) -> None:
    """A page that stops in its middle is kept as far as it came, with a gap."""
    site = read({"/": script}, timeout_s=0.4)
    assert word in why(site)
    assert "A beginning." in site.pages[0].text


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "gzip, gzip"])
def test_bomb(encoding: str) -> None:
    """A body that expands a thousandfold is expanded up to the cap only."""
    bomb = (
        zlib.compress(b"<p>" + b"a" * 30_000_000)
        if encoding == "deflate"
        else gzip.compress(b"<p>" + b"a" * 30_000_000)
    )
    body = gzip.compress(bomb) if encoding == "gzip, gzip" else bomb
    site = read({"/": answer(body, Content_Encoding=encoding)}, max_bytes=100_000)
    assert "only its first" in why(site)
    assert len(site.pages[0].source) <= 100_000


def test_compressed_page() -> None:
    """An honest compressed page is read as it was meant."""
    assert "Invented shop" in read({"/": answer(gzip.compress(HOME.encode()), Content_Encoding="gzip")}).pages[0].text


def test_wrong_charset() -> None:
    """A page that lies about its charset, or names one that does not exist, is read all the same."""
    for named in ("utf-8", "x-no-such-charset"):
        page = read(
            {"/": answer(HOME.encode() + "<p>Größe".encode("cp1252"), content_type=f"text/html; charset={named}")}
        )
        assert "invented shop" in page.pages[0].text
