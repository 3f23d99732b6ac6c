"""Refuses whatever would leave this machine, and writes it down; Python imports this at the start of each process.

The folder stands in PYTHONPATH while tests run, so that the processes that they start are watched as well. What was
tried is a line of the file that PHARMCHECK_LEFT_LOOPBACK names; `tests/conftest.py` fails the test that it belongs to.
"""

from __future__ import annotations

import os
import sys
from typing import Any

LOG = "PHARMCHECK_LEFT_LOOPBACK"
_ADDRESSED = ("socket.connect", "socket.sendto", "socket.sendmsg")
_NAMED = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


class LeftLoopbackError(PermissionError):
    """Something tried to leave this machine."""


def stays(host: object, *, resolves: bool = False) -> bool:
    """Tell whether a host is this machine; to resolve an address, or nothing, asks nobody."""
    from ipaddress import ip_address

    name = host.decode("ascii", "replace") if isinstance(host, (bytes, bytearray)) else host
    if not isinstance(name, str) or name in ("", "localhost"):
        return True
    try:
        address = ip_address(name.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(address, "ipv4_mapped", None) or address
    return resolves or inner.is_loopback or inner.is_unspecified


def watch(event: str, args: tuple[Any, ...]) -> None:
    """Raise LeftLoopbackError for an event of the audit that would leave this machine."""
    if event in _ADDRESSED:
        to = args[1]
        kept = not isinstance(to, tuple) or stays(to[0])  # a path, or nothing where the socket is connected
    elif event in _NAMED:
        to = args[0]
        kept = stays(to, resolves=True)
    else:
        return
    if kept:
        return
    if log := os.environ.get(LOG):
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(descriptor, f"{event} {to!r}\n".encode("utf-8", "replace"))
        os.close(descriptor)
    raise LeftLoopbackError(f"a test tried to leave this machine: {event} {to!r}")


if __name__ == "sitecustomize":
    sys.addaudithook(watch)
