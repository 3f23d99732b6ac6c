"""What a capture may do: times, sizes, pages, and the only way to an address that is not public."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

MAX_PAGES = 14  # of one site: home, one for each of ten roles, two more products, a checkout behind an empty cart
MAX_PAGE_BYTES = 2_000_000  # the largest lawful shop page measured was 0.6 MB
_BESIDE_PAGES = 11  # requests: 1 for robots.txt, 3 for look-ups, 5 for other visitors of one page, 2 for a seal
_REPLAY_S = 3600.0
_PORTED = re.compile(r"(\[[^\]]*\]|[^:]*):(\d*):(\[[^\]]*\]|[^:]*):(\d*)")


@dataclass(frozen=True, slots=True)
class ConnectTo:
    """One `HOST:PORT:ADDR:PORT` rule as in curl: an empty host or port matches any, an empty target part keeps it."""

    host: str
    port: str
    to_host: str
    to_port: str

    def matches(self, host: str, port: int) -> bool:
        return self.host in ("", host) and self.port in ("", str(port))


@dataclass(frozen=True, slots=True)
class CaptureOptions:
    """The time and the limits of one capture.

    `now` is an aware UTC time, the date of all that is captured.
    `timeout_s` is for one request from name look-up to last byte, `site_timeout_s` for all requests of the site.
    `max_bytes` caps a body, compressed and expanded. `max_pages` counts the site's pages, home included; pages of
    seal issuers (`issuer_hosts`, at most three), answers of registers (with `live_registries`, at most eight, and
    `register_pause_s` between two requests to one host) and robots.txt come on top. `record` is where the WARC goes.
    `max_requests` and `max_site_bytes` bound the whole check, redirects, robots.txt, further views and look-ups included
    (`capture/budget.py`); more pages raise the former, and live registers come on top. `markup_hops` follows pages that
    lead on by themselves; `vantage` looks at the home page and the pasted page as others see them, too.
    `ca_file` names further certificate authorities to trust (PEM). With `look_ups` registration, DNS and certificate are
    looked up, of `registration_servers` (RDAP base and WHOIS host, "" for none), or, where that is None, of those that
    our table names. With `render` a browser draws the home page, the pasted page, and pages that stand empty without
    scripts; for what they ask, it has `render_requests`, `render_bytes` and `render_s` besides. Raises ValueError for a
    bad `connect_to`.
    """

    now: datetime
    timeout_s: float = 10.0
    site_timeout_s: float = 60.0
    max_pages: int = MAX_PAGES
    max_bytes: int = MAX_PAGE_BYTES
    retries: int = 2
    connect_to: tuple[str, ...] = ()
    issuer_hosts: tuple[str, ...] = ()
    live_registries: bool = False
    register_pause_s: float = 1.0
    record: Path | None = None
    ca_file: Path | None = None
    max_requests: int = MAX_PAGES + _BESIDE_PAGES
    max_site_bytes: int = 8_000_000
    markup_hops: bool = True
    vantage: bool = False
    look_ups: bool = False
    registration_servers: tuple[str, str] | None = None
    render: bool = False
    render_requests: int = 80
    render_bytes: int = 12_000_000
    render_s: float = 40.0

    def __post_init__(self) -> None:
        for rule in self.connect_to:
            parse_connect_to(rule)

    @property
    def requests_allowed(self) -> int:
        """How many requests a check may make: at least eleven more than its pages. Live registers come on top."""
        return max(self.max_requests, self.max_pages + _BESIDE_PAGES)


def replayed(now: datetime, **more: Any) -> CaptureOptions:
    """Return options under which a replay meets no clock: no retries, no time limit that could be reached."""
    limits = {"timeout_s": _REPLAY_S, "site_timeout_s": _REPLAY_S, "retries": 0, "register_pause_s": 0.0}
    return CaptureOptions(now=now, **{**limits, **more})


def parse_connect_to(text: str) -> ConnectTo:
    """Return the rule that `HOST:PORT:ADDR:PORT` means; raises ValueError with a sentence for people."""
    found = _PORTED.fullmatch(text.strip())
    if not found or any(p and not 0 < int(p) < 65536 for p in (found[2], found[4])):
        raise ValueError(f"--connect-to takes HOST:PORT:ADDR:PORT, not “{text}”")
    return ConnectTo(found[1].strip("[]").lower(), found[2], found[3].strip("[]"), found[4])
