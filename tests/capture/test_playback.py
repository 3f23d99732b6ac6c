"""Playing a recording back: in order, to each visitor their own."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import httpx

from pharmcheck.capture.archive import iter_exchanges
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.guard import RefusedError, UnreachedError
from pharmcheck.capture.playback import ReplayTransport
from tests.capture.recordings import http, page


def test_a_file_of_any_size_is_read_one_by_one() -> None:
    """Exchanges as they come, sentences on what is broken, and a last one where the file breaks off."""
    head = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/%d\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    good = [head % (n, len(http()), http()) for n in (1, 2)]
    bad = b"WARC/1.1\r\nWARC-Block-Digest: sha1:AAAA\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"
    note = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"
    found = list(iter_exchanges(io.BytesIO(good[0] + bad + note + good[1] + good[0][:-30]), "crawl.warc"))
    assert [e if isinstance(e, str) else e.url for e in found] == [
        "http://a.example/1",
        "record 2: its content does not match its digest",
        "http://a.example/2",
        "crawl.warc is cut off: its last record is not whole. Record the site again, or repair the file.",
    ]


def played(exchanges: list[Exchange], *asked: tuple[str, str]) -> list[tuple[Any, ...]]:
    """Return what a client gets that asks for URLs as visitors, one after another."""

    async def run() -> list[tuple[Any, ...]]:
        transport = ReplayTransport(exchanges)
        got: list[tuple[Any, ...]] = []
        async with httpx.AsyncClient(transport=transport) as client:
            for url, visitor in asked:
                try:
                    extensions = {"visitor": visitor} if visitor else {}
                    answer = await client.get(url, extensions=extensions)
                    got.append((answer.status_code, answer.reason_phrase, answer.content, answer.extensions.get("cut")))
                except UnreachedError as error:
                    got.append((type(error), str(error)))
        return got

    return asyncio.run(run())


def test_answers_come_in_the_order_in_which_they_were_made() -> None:
    """The last one again and again."""
    url = "http://shop.example/"
    exchanges = [
        page(url, body=b"1"),
        page(url, status=503, reason="Busy", body=b"2"),
        page(url, body=b"3", cut="length"),
    ]
    got = played(exchanges, *[(url, "")] * 4)
    assert got == [
        (200, "OK", b"1", ""),
        (503, "Busy", b"2", ""),
        (200, "OK", b"3", "length"),
        (200, "OK", b"3", "length"),
    ]


def test_each_visitor_gets_their_own() -> None:
    """The same URL gives a crawler another page, and what nobody recorded for them is not ours."""
    url = "http://shop.example/"
    got = played(
        [page(url, body=b"us"), page(url, body=b"them", visitor="crawler")], (url, "crawler"), (url, ""), (url, "phone")
    )
    assert [g[2] if len(g) == 4 else g[1] for g in got] == [b"them", b"us", f"{url} is not in this recording"]


def test_a_failure_fails_again_and_a_refusal_is_refused() -> None:
    """With the sentence of then."""
    a, b = "http://shop.example/a", "http://10.0.0.1/"
    got = played([Exchange(a, error="it broke"), Exchange(b, error="not public", refused=True)], (a, ""), (b, ""))
    assert got == [(UnreachedError, "it broke"), (RefusedError, "not public")]


def test_a_missing_robots_txt_forbids_nothing_and_any_other_page_is_missing() -> None:
    """Other programs keep no robots.txt."""
    got = played([page()], ("http://shop.example/robots.txt", ""), ("http://shop.example/robots.txt/x", ""))
    assert got[0] == (404, "Not Found", b"", None)
    assert got[1] == (UnreachedError, "http://shop.example/robots.txt/x is not in this recording")


def test_it_is_known_what_was_recorded() -> None:
    """By URL, however it is written, of our own asking only."""
    transport = ReplayTransport([page("HTTP://Shop.example/a b"), page("http://shop.example/c", visitor="phone")])
    assert transport.holds("http://shop.example/a%20b")
    assert not transport.holds("http://shop.example/c")
    assert not transport.holds("http://shop.example/d")
    assert not transport.holds("http://shop.example:port/")
