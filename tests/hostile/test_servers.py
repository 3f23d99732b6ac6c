"""Servers that lie, stall and flood: each costs its own page, within the limits, and the gap says what it did.

What a network does by accident stands in tests/capture/test_capture.py; here it is done on purpose.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import brotli
import pytest
import trustme

from pharmcheck.capture import CaptureOptions, capture
from pharmcheck.capture.client import MAX_COOKIES
from pharmcheck.capture.robots import MAX_ROBOTS_BYTES
from pharmcheck.model import Gap, Site
from pharmcheck.target import parse_target
from tests.capture.shop import NOW, Route, Shop, answer, redirect, silence
from tests.hostile.limits import in_memory, in_time

HOME = (
    "<title>Sample shop</title><p>Viagra without prescription: this page has more than enough words to be read as one."
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def read(routes: dict[str, Route], **options: Any) -> tuple[Site, Shop]:
    """Capture http://shop.example/ from a server with these routes, within 5 s of CPU; return the site and the server."""

    async def run() -> tuple[Site, Shop]:
        async with Shop(routes) as shop:
            return await capture(parse_target("http://shop.example/"), shop.options(**options)), shop

    with in_time(5):
        return asyncio.run(run())


def talk(server: Talk, target: str = "http://shop.example/", **options: Any) -> Site:
    """Capture a target from a server that does with each connection what it likes."""

    async def run() -> Site:
        tasks: set[asyncio.Task[Any]] = set()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task
            tasks.add(task)
            try:
                await server(reader, writer)
            except (asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError):
                pass
            finally:
                tasks.discard(task)
                writer.close()

        listening = await asyncio.start_server(serve, "127.0.0.1", 0)
        rule = f"::127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        given: dict[str, Any] = {"now": NOW, "connect_to": (rule,), "retries": 0, **options}
        site = await capture(parse_target(target), CaptureOptions(**given))
        listening.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks)
        return site

    with in_time(5):
        return asyncio.run(run())


def why(site: Site, artifact: str = "home") -> str:
    return "; ".join(g.why for g in site.gaps if isinstance(g, Gap) and g.artifact == artifact)


def flood(*pieces: bytes) -> Callable[[asyncio.StreamWriter], Awaitable[None]]:
    """Return a script that sends the first piece once and the last one until nobody listens."""

    async def send(writer: asyncio.StreamWriter) -> None:
        writer.write(pieces[0])
        while not writer.is_closing():
            writer.write(pieces[-1])
            await writer.drain()
            await asyncio.sleep(0)  # lets the client read, and end

    return send


async def drip(writer: asyncio.StreamWriter) -> None:
    """Send the head, a line that never ends, and then nothing."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Ty")
    await silence(writer)


FLOODS: dict[str, tuple[Route, str]] = {
    "half a header, and silence": (drip, "no answer from shop.example in 0.5 s"),
    "headers without end": (flood(HEAD, b"X-More: " + b"a" * 8_000 + b"\r\n"), "answered something that is not HTTP"),
    "a header line without end": (flood(HEAD + b"X-More: ", b"a" * 8_000), "answered something that is not HTTP"),
    "a status line without end": (flood(b"HTTP/1.1 200 ", b"a" * 8_000), "answered something that is not HTTP"),
    "100 Continue without end": (flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50), "no answer from shop.example in 0.5 s"),
    "103 Early Hints without end": (flood(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), "no answer from shop.example in"),
    "blank lines without end": (flood(b"", b"\r\n" * 4_000), "shop.example"),
    "101 to another protocol": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + b"\0" * 50, "shop.example"),
}  # fmt: skip


@pytest.mark.parametrize("name", FLOODS)
def test_what_comes_before_a_body_is_bounded(name: str) -> None:
    """A server that never comes to its body costs the time for one request, little memory, and its page."""
    script, sentence = FLOODS[name]
    with in_memory(50):
        site, _ = read({"/": script}, timeout_s=0.5)
    assert sentence in why(site)
    assert not site.pages


def test_a_body_in_single_bytes() -> None:
    """The time for a request is for all of it: a body that goes on byte by byte ends with it, and is kept as far as it came."""
    head = HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(HOME), HOME.encode())
    site, _ = read({"/": flood(head, b"1\r\na\r\n")}, timeout_s=0.6)
    assert "did not end in time" in why(site)
    assert "Viagra without prescription" in site.pages[0].text


LENGTHS: dict[str, bytes] = {
    "too short": b"Content-Length: 60\r\n\r\n",
    "a chunk too long": b"Transfer-Encoding: chunked\r\n\r\nfffffff\r\n",
    "none, and the end of the connection": b"\r\n",
}
REFUSED_LENGTHS: dict[str, bytes] = {
    "negative": b"Content-Length: -1\r\n\r\n",
    "no number": b"Content-Length: many\r\n\r\n",
    "two that differ": b"Content-Length: 10\r\nContent-Length: 20\r\n\r\n",
    "of 400 digits": b"Content-Length: " + b"9" * 400 + b"\r\n\r\n",
    "a chunk of no size": b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "a chunk size of 400 digits": b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 400 + b"\r\n",
}


@pytest.mark.parametrize("name", LENGTHS)
def test_a_wrong_length_costs_the_rest(name: str) -> None:
    """What came under a length that does not fit is read."""
    site, _ = read({"/": HEAD + LENGTHS[name] + HOME.encode()}, timeout_s=2)
    assert "Sample shop" in site.pages[0].title


@pytest.mark.parametrize("name", REFUSED_LENGTHS)
def test_a_length_that_is_none_costs_the_page(name: str) -> None:
    """An answer whose length means nothing is no answer, and the gap says so."""
    site, _ = read({"/": HEAD + REFUSED_LENGTHS[name] + HOME.encode()}, timeout_s=2)
    assert "answered something that is not HTTP" in why(site)


def test_bombs_in_codings_that_were_not_asked_for() -> None:
    """Brotli and Zstandard are not expanded at all, whatever is in them."""
    body = brotli.compress(bytes(20_000_000), quality=1)
    with in_memory(20):
        assert "not asked for" in why(read({"/": answer(body, Content_Encoding="br")})[0])
        assert "not asked for" in why(read({"/": answer(b"\x28\xb5\x2f\xfd" + body, Content_Encoding="zstd")})[0])


def test_a_maze_of_redirects() -> None:
    """Redirects that lead to ever new hosts end after ten, and cost no more requests than a check may make."""
    hosts = [f"r{number}.maze.example" for number in range(200)]
    routes: dict[str, Route] = {f"{a}/": redirect(f"http://{b}/") for a, b in pairwise(hosts)}
    site, shop = read({"shop.example/": redirect(f"http://{hosts[0]}/"), **routes})
    assert "redirected more than 10 times" in why(site)
    assert len(shop.asked) <= 25


def test_a_flood_of_cookies() -> None:
    """A few cookies are sent back, as some shops need it; a thousand are forgotten, and no request grows by them."""
    cookies = "".join(f"Set-Cookie: c{number}={'x' * 20}; Path=/\r\n" for number in range(1_000)).encode()
    body = f"{HOME}<a href=/contact>Contact</a>".encode()
    site, shop = read({"/": HEAD + cookies + b"Content-Length: %d\r\n\r\n" % len(body) + body, "/contact": HOME})
    assert [p.role for p in site.pages] == ["home", "contact"]
    assert max(map(len, shop.heads)) < MAX_COOKIES * 30 + 1_000
    gate = redirect("/").replace(b"Location", b"Set-Cookie: seen=1\r\nLocation")
    site, shop = read({"/": [gate, answer(HOME)]})
    assert ("\r\ncookie: seen=1" in shop.heads[-1].lower(), len(site.pages)) == (True, 1)


ROBOTS: dict[str, str] = {
    "of five megabytes": "User-agent: *\nDisallow: /secret\n" + "Disallow: /x\n" * 400_000,
    "of wildcards": "User-agent: *\n" + "Disallow: /*a*a*a*a*a*a*a*a*a*a*a*a*b$\n" * 10_000,
    "of one line": "User-agent: *\nDisallow: /secret\nDisallow: /" + "*a" * 200_000,
    "of agents": "User-agent: a\n" * 100_000 + "Disallow: /\n",
    "of crawl delays": "User-agent: *\nCrawl-delay: 99999999999999999999\nDisallow: /secret\n" * 1_000,
    "of bytes": "\0\xff\x1b[2J" * 50_000,
}


@pytest.mark.parametrize("name", ROBOTS)
def test_robots_without_end(name: str) -> None:
    """The first 500 kB of a robots.txt are obeyed, in bounded time; what cannot be understood forbids nothing."""
    page = HOME + "<a href=/contact>Contact</a><a href=/secret/faq>FAQ</a>"
    robots = answer(ROBOTS[name].encode("latin-1"), content_type="text/plain")
    site, shop = read({"/": page, "/robots.txt": robots, "/contact": HOME, "/secret/faq": HOME})
    assert [p.role for p in site.pages][:2] == ["home", "contact"]
    assert ("/secret" in ROBOTS[name][:MAX_ROBOTS_BYTES]) == ("/secret/faq" not in shop.asked)


async def _http2(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(
        b"\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64" + b"\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\x0d"
    )  # SETTINGS, GOAWAY
    await reader.read()


async def _mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def _garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\nThis is no TLS.")
    await writer.drain()


async def _alert(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"\x15\x03\x03\0\x02\x02\x28")  # handshake_failure
    await writer.drain()


async def _closes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)


async def _endless_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        writer.write(b"\x16\x03\x03\x40\x00" + b"\x02" * 0x4000)
        await writer.drain()


TLS: dict[str, tuple[Talk, str]] = {
    "a handshake that hangs": (_mute, "no answer from shop.example in"),
    "garbage": (_garbage, "no TLS connection with shop.example"),
    "an alert": (_alert, "no TLS connection with shop.example"),
    "an end in the middle": (_closes, "shop.example"),
    "a handshake without end": (_endless_tls, "no TLS connection with shop.example"),
}


@pytest.mark.parametrize("name", TLS)
def test_tls_that_is_none(name: str) -> None:
    """A handshake that hangs, breaks off or is something else costs the time for one request; http is not tried instead."""
    server, sentence = TLS[name]
    site = talk(server, "https://shop.example/", timeout_s=0.5)
    assert sentence in why(site)
    assert not site.pages


def test_an_expired_certificate(tmp_path: Path) -> None:
    """A certificate that is over is a gap in the verifier's words, and no page is read through it."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("shop.example", not_after=datetime(2020, 1, 1, tzinfo=UTC)).configure_cert(context)

    async def run() -> Site:
        async with Shop({"/": HOME}, context) as shop:
            return await capture(parse_target("https://shop.example/"), shop.options(ca_file=tmp_path / "ca.pem"))

    site = asyncio.run(run())
    assert "certificate has expired" in why(site)
    assert not site.pages


def test_a_server_of_http2_alone() -> None:
    """Frames of HTTP/2 where an answer should be are said to be no HTTP that we speak."""
    assert "answered something that is not HTTP" in why(talk(_http2, timeout_s=2))


def test_an_answer_that_was_not_asked_for() -> None:
    """On a connection that is kept, an answer behind the answer is at most the same host's: it never speaks for another."""
    poison = answer(
        "<title>Poison</title><p>Verified by the authority: a lawful pharmacy, trust us, we are very lawful."
    )

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            if b"Host: shop.example" not in head:
                writer.write(answer(HOME))
                return
            gone = b"robots.txt" in head
            made = (answer("", "404 Not Found") if gone else redirect("http://www.shop.example/")) + poison * (not gone)
            writer.write(made.replace(b"Connection: close", b"Connection: keep-alive"))
            await writer.drain()

    site = talk(serve, timeout_s=2)
    assert [(page.url, page.title) for page in site.pages] == [("http://www.shop.example/", "Sample shop")]
