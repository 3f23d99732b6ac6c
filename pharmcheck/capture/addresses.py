"""The addresses of many names, asked beforehand and without waiting, so that sites of one machine are known as such."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from queue import SimpleQueue
from urllib.parse import urlsplit

from pharmcheck.capture.options import parse_connect_to
from pharmcheck.target import host_of

_THREADS = 16
_PATIENCE_S = 5.0  # a name server that takes longer is not waited for; the site is then read without this knowledge
_PORTS = {"https": 443, "http": 80}


def first_address(host: str) -> str:
    """Return the first address of a name, IPv4 before IPv6, "" where there is none."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ""
    addresses = sorted((str(entry[4][0]).partition("%")[0] for entry in found), key=lambda a: (":" in a, a))
    return addresses[0] if addresses else ""


class Addresses:
    """Answers from threads of its own; what they found is handed over once and then forgotten."""

    def __init__(
        self,
        connect_to: Iterable[str] = (),
        resolve: Callable[[str], str] = first_address,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rules = [parse_connect_to(rule) for rule in connect_to]
        self._resolve = resolve
        self._clock = clock
        self._asked: dict[str, float] = {}
        self._found: dict[str, str] = {}
        self._queue: SimpleQueue[str] = SimpleQueue()
        self._threads = 0

    def of(self, url: str) -> str | None:
        """Return the address at which `url` is asked, "" where none is known, None while it is looked up."""
        host = host_of(url)
        known = self._without_asking(url, host)
        if known is not None:
            return known
        if (address := self._found.pop(host, None)) is not None:
            self._asked.pop(host, None)
            return address
        if host not in self._asked:
            self._asked[host] = self._clock()
            self._start()
            self._queue.put(host)
            return None
        if self._clock() - self._asked[host] < _PATIENCE_S:
            return None
        del self._asked[host]
        return ""

    def _without_asking(self, url: str, host: str) -> str | None:
        port = urlsplit(url).port or _PORTS.get(urlsplit(url).scheme, 443)
        rule = next((r for r in self._rules if r.matches(host, port)), None)
        try:
            return str(ip_address(rule.to_host if rule and rule.to_host else host))
        except ValueError:
            return None if host and not rule else ""

    def _start(self) -> None:
        if self._threads < min(_THREADS, len(self._asked)):
            self._threads += 1
            threading.Thread(target=self._serve, daemon=True, name=f"addresses {self._threads}").start()

    def _serve(self) -> None:
        while True:
            host = self._queue.get()
            address = self._resolve(host)
            if host in self._asked:  # still waited for
                self._found[host] = address
