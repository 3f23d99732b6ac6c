"""Recordings as a test makes and reads them."""

from __future__ import annotations

from typing import Any

from pharmcheck.capture.exchange import Exchange

HTML = (("Content-Type", "text/html"),)
SENT = (("Host", "shop.example"), ("User-Agent", "x"))


def page(url: str = "http://shop.example/", **more: Any) -> Exchange:
    """Return an answer as the client makes it."""
    given = {"status": 200, "reason": "OK", "headers": HTML, "body": b"<p>words", "sent": SENT, "address": "192.0.2.7"}
    return Exchange(url, **{**given, **more})


def http(body: bytes = b"<p>x", head: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html") -> bytes:
    return head.encode("latin-1") + b"\r\n\r\n" + body
