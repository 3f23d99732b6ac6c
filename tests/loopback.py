"""Serves a folder of sites on 127.0.0.1, one folder a host, over http and https: for the recorder and for tests.

`sites/<host>/index.html` answers `/`, `faq.html` answers `/faq`, `shop/index.html` answers `/shop/`; a query is
ignored. `_responses.toml` gives a path (or `*`, all paths) another status and further headers.
"""

from __future__ import annotations

import ssl
import threading
import tomllib
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import trustme

_TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
}
_NOT_FOUND = b"<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"


class Loopback:
    """A running server of `sites`. Use it as a context manager; `connect_to` and `ca_file` go into CaptureOptions.

    `now`, an aware UTC time, stands in every answer, so that the same sites give the same recording.
    Only hosts with a folder answer. Every other host is refused, so that nothing leaves this machine.
    """

    def __init__(self, sites: Path, now: datetime) -> None:
        self.sites = sites
        self._folder = TemporaryDirectory(prefix="pharmcheck-loopback-")
        self.ca_file = Path(self._folder.name, "ca.pem")
        handler = partial(_Handler, sites=sites, date=format_datetime(now, usegmt=True))
        self._plain = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._tls = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._tls.socket = self._context().wrap_socket(self._tls.socket, server_side=True)
        self._threads = [threading.Thread(target=s.serve_forever, args=(0.01,)) for s in (self._plain, self._tls)]

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that answer, by name."""
        return tuple(sorted(folder.name for folder in self.sites.iterdir() if folder.is_dir()))

    @property
    def connect_to(self) -> tuple[str, ...]:
        """Rules that lead the ports 80 and 443 of our hosts here, and everything else to a closed port."""
        ports = ((80, self._plain.server_port), (443, self._tls.server_port))
        ours = [f"{host}:{port}:127.0.0.1:{to}" for host in self.hosts for port, to in ports]
        return (*ours, "::127.0.0.1:1")

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for server in (self._plain, self._tls):
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()
        self._folder.cleanup()

    def _context(self) -> ssl.SSLContext:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca_file)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*self.hosts).configure_cert(context)
        return context


class _Handler(BaseHTTPRequestHandler):
    """Answers GET from the folder of the host that was asked for."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together

    def __init__(self, *args: Any, sites: Path, date: str) -> None:
        self._sites = sites
        self._date = date
        super().__init__(*args)

    def do_GET(self) -> None:
        """Send the file that stands for the path, or 404."""
        host = self.headers.get("Host", "").partition(":")[0].lower()
        path = urlsplit(self.path).path
        file = file_for(self._sites, f"//{host}{path}")
        if file is None and file_for(self._sites, f"//{host}{path}/"):
            self._send(301, {"Location": path + "/"}, b"", "text/html")
            return
        rules = _rules(self._sites / host)
        rule = rules.get(path) or rules.get("*") or {}
        status = rule.get("status", 200 if file else 404)
        if file is None and status != 404:
            file = file_for(self._sites, f"//{host}/")
        kind = _TYPES.get(file.suffix, "text/html; charset=utf-8") if file else "text/html"
        self._send(status, rule.get("headers", {}), file.read_bytes() if file else _NOT_FOUND, kind)

    def _send(self, status: int, headers: dict[str, str], body: bytes, kind: str) -> None:
        self.send_response_only(status)
        own = {"Date": self._date, "Content-Type": kind, "Content-Length": str(len(body))}
        for name, value in {**own, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def file_for(sites: Path, url: str) -> Path | None:
    """Return the file below `sites` that stands for a URL, None where there is none; `_…` files are not served."""
    parts = urlsplit(url)
    site = sites / (parts.hostname or "-")
    inside = unquote(parts.path).lstrip("/")
    names = [inside + "index.html"] if inside.endswith("/") or not inside else [inside, inside + ".html"]
    for name in names:
        file = (site / name).resolve()
        if file.is_relative_to(site.resolve()) and file.is_file() and not file.name.startswith("_"):
            return file
    return None


def _rules(site: Path) -> dict[str, Any]:
    file = site / "_responses.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
