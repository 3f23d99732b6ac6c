"""What an operator may set; the defaults suit one small machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits, times and places of one running form.

    `names` are the host names under which it answers: a page of another name that leads here learns nothing.
    `check_s` bounds one check on the wall clock. `patience_s` is how long a check goes on with nobody asking for it.
    `lookup_wait_s` is how long a search in the registers waits for those before it.
    `keep_s` is how long a result can be read again, `same_s` how long the same question gets the same check.
    `cpu_s` bounds what one check may compute; one that runs for longer than `unit_s` costs its client that many links.
    Rates are links an hour, `list_links_per_hour` those in lists; the burst is what may come at once, `list_links` in one
    list. `lists` may be worked on at once. `connect_to` and `ca_file` are for tests on loopback.
    With `render` every check runs scripts in a Chromium.
    `contact` is told to owners who disagree. `origins` may use the API from their own pages (CORS).
    """

    names: tuple[str, ...] = LOCAL_NAMES
    workers: int = 2
    queue: int = 40
    check_s: float = 90.0
    cpu_s: float = 15.0  # the slowest site of the cassettes takes half a second
    unit_s: float = 15.0  # most checks take less; a hostile page may hold a worker for six times as long
    patience_s: float = 45.0  # a phone that shows another app for a moment drops its stream
    lookup_wait_s: float = 10.0
    keep_s: float = 86_400.0
    same_s: float = 600.0
    most_kept: int = 1_000
    store: Path | None = None
    client_per_hour: int = 60
    client_burst: int = 10
    list_links_per_hour: int = 400
    list_links: int = 200
    lists: int = 4
    total_per_hour: int = 3_000
    requests_per_minute: int = 600
    streams: int = 500
    streams_per_client: int = 8
    origins: tuple[str, ...] = ()
    log_targets: bool = False
    contact: str = ""
    timeout_s: float = 10.0
    site_timeout_s: float = 45.0
    max_pages: int = 14
    connect_to: tuple[str, ...] = ()
    render: bool = False
    ca_file: Path | None = None
