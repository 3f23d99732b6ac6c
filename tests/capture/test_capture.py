"""What a network can do to us becomes gaps in plain sentences, and what could be read stays."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import trustme

from pharmcheck.capture import capture
from pharmcheck.model import Site
from pharmcheck.target import parse_target
from tests.capture.shop import NOW, Route, Shop, answer, not_found, redirect, silence

HOME = "<title>Invented shop</title><p>We are an invented shop with more than enough words to count as a page.</p>"


def read(routes: Mapping[str, Route], target: str = "http://shop.example", **options: Any) -> Site:
    """Capture `target` from a loopback server with these routes."""

    async def run() -> Site:
        async with Shop(routes) as shop:
            return await capture(parse_target(target), shop.options(**options))

    return asyncio.run(run())


def why(site: Site, artifact: str = "home") -> str:
    return next((gap.why for gap in site.gaps if gap.artifact == artifact), "")


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


def test_retry() -> None:
    """A server that is busy for a moment is asked again, after the time it asks for; one that stays so is a gap."""
    busy = answer("", "503 Service Unavailable", Retry_After="0")
    assert read({"/": [busy, busy, HOME]}, retries=2).pages[0].status == 200
    assert "HTTP 503" in why(read({"/": [busy, busy, busy, HOME]}, retries=2))


def test_retry_after_is_no_trap() -> None:
    """A wait that would not fit into the time for the site is not begun."""
    busy = answer("", "503 Service Unavailable", Retry_After="99999")
    assert "HTTP 503" in why(read({"/": [busy, HOME]}, retries=2, site_timeout_s=1))


def test_refused() -> None:
    """A closed port is said to refuse the connection."""

    async def port() -> int:
        async with Shop({}) as shop:
            return shop.port

    site = read({}, connect_to=(f"::127.0.0.1:{asyncio.run(port())}",))
    assert "shop.example refused the connection" in why(site)


def test_no_such_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is not in the DNS is a gap in a sentence, over https and http alike."""
    monkeypatch.setattr(socket, "getaddrinfo", not_found)
    site = read({}, "nowhere.invalid", connect_to=())
    assert why(site).startswith("home page: nowhere.invalid could not be found in the DNS")
    assert site.pages == ()


def test_robots() -> None:
    """What robots.txt forbids to us is not read, and the gap says whose file asks for it."""
    routes: dict[str, Route] = {
        "/robots.txt": answer("User-agent: pharmcheck\nDisallow: /faq\n", content_type="text/plain"),
        "/": HOME + "<a href=/faq>FAQ</a><a href=/contact>Contact</a>",
        "/contact": "<p>Write to us.",
        "/faq": "<p>secret",
    }
    site = read(routes)
    assert why(site, "faq") == "faq: robots.txt of shop.example asks programs not to read /faq"
    assert {p.role for p in site.pages} == {"home", "contact"}


def test_robots_forbids_all() -> None:
    """Where robots.txt forbids everything, nothing is read."""
    site = read({"/robots.txt": "User-agent: *\nDisallow: /\n", "/": HOME})
    assert why(site) == "home page: robots.txt of shop.example asks programs not to read /"
    assert site.pages == ()


def test_robots_error() -> None:
    """A robots.txt that fails on the server's side forbids everything (RFC 9309)."""
    site = read({"/robots.txt": answer("", "500 Internal Server Error"), "/": HOME})
    assert "robots.txt of shop.example answered HTTP 500" in why(site)


def test_bot_wall_is_kept() -> None:
    """A bot wall is a gap; its page is kept, marked as a shell."""
    site = read({"/": answer("<title>Just a moment...</title><p>Checking your browser", "403 Forbidden")})
    assert [p.shell for p in site.pages] == ["bot-wall"]
    assert why(site).startswith("home page: shop.example answered HTTP 403 (forbidden); a check against robots")


def test_at_most_two_at_once() -> None:
    """Never are more than two requests open at one host."""
    now = most = 0
    both = asyncio.Event()

    async def page(writer: asyncio.StreamWriter) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        if now >= 2:
            both.set()
        await both.wait()
        for _ in range(100):  # lets every other request that would be open arrive
            await asyncio.sleep(0)
        now -= 1
        writer.write(answer("<p>A page."))

    names = ["contact", "prescription", "cart", "terms", "faq", "about", "returns", "privacy"]
    links = "".join(f"<a href=/{name}>{name}</a>" for name in names)
    site = read({"/": HOME + links, **{f"/{name}": page for name in names}})
    assert most == 2
    assert len(site.pages) == 9


def _certificate(name: str) -> tuple[trustme.CA, ssl.SSLContext]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return authority, context


def _read_tls(context: ssl.SSLContext, target: str, **options: Any) -> Site:
    async def run() -> Site:
        async with Shop({"/": HOME}, context) as shop:
            return await capture(parse_target(target), shop.options(**options))

    return asyncio.run(run())


def test_untrusted_certificate() -> None:
    """A certificate of an unknown authority is a gap with the verifier's words."""
    _, context = _certificate("shop.example")
    told = why(_read_tls(context, "https://shop.example"))
    assert "certificate of shop.example is not to be trusted: unable to get local issuer certificate" in told


def test_certificate_of_another_name(tmp_path: Path) -> None:
    """The certificate is checked against the name, not against the address connected to."""
    authority, context = _certificate("other.example")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    told = why(_read_tls(context, "https://shop.example", ca_file=tmp_path / "ca.pem"))
    assert "certificate is not valid for 'shop.example'" in told


def test_trusted_certificate(tmp_path: Path) -> None:
    """With an authority given as trusted, the page is read over https."""
    authority, context = _certificate("shop.example")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    site = _read_tls(context, "shop.example", ca_file=tmp_path / "ca.pem")
    assert ([p.url for p in site.pages], why(site)) == (["https://shop.example/"], "")


def test_http_where_https_fails() -> None:
    """A bare name is tried over http where https gives no answer, and the report can say so; a given https is not."""

    async def run(target: str) -> Site:
        async with Shop({"/": HOME}) as shop:
            return await capture(
                parse_target(target), shop.options(connect_to=(f":80:127.0.0.1:{shop.port}", ":443:127.0.0.1:1"))
            )

    site = asyncio.run(run("shop.example"))
    assert [p.url for p in site.pages] == ["http://shop.example/"]
    assert why(site, "https").startswith("home page: read over http, because over https shop.example refused")
    assert asyncio.run(run("https://shop.example")).pages == ()
