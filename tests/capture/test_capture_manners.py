"""Asking politely: retries, robots.txt, bot walls, few at once, and certificates."""

from __future__ import annotations

import asyncio
import gc
import socket
import ssl
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme

from pharmcheck.capture import capture
from pharmcheck.model import Site
from pharmcheck.target import parse_target
from tests.capture.gathered import HOME, read, why
from tests.capture.shop import Route, Shop, answer, not_found


def test_retry() -> None:
    """A server that is busy for a moment is asked again, after the time it asks for; one that stays so is a gap."""
    busy = answer("", "503 Service Unavailable", Retry_After="0")
    assert read({"/": [busy, busy, HOME]}, retries=2).pages[0].status == 200
    assert "HTTP 503" in why(read({"/": [busy, busy, busy, HOME]}, retries=2))


def test_retry_after_is_no_trap() -> None:
    """A wait that would not fit into the time for the site is not begun."""
    busy = answer("", "503 Service Unavailable", Retry_After="99999")
    assert "HTTP 503" in why(read({"/": [busy, HOME]}, retries=2, site_timeout_s=1))


def test_what_was_read_waits_for_no_collector() -> None:
    """Answers with their bodies are gone with the site: where thousands are read, they would be most of the memory."""
    read({"/": HOME})  # what stays is there then
    gc.collect()
    gc.disable()
    try:
        assert read({"/": HOME}).pages
        left = [o for o in gc.get_objects() if isinstance(o, httpx.Response | httpx.Request)]
    finally:
        gc.enable()
    assert left == []


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
    assert why(site, "https").startswith("https: home page read over http, because shop.example refused")
    assert asyncio.run(run("https://shop.example")).pages == ()
