"""Refreshes the user's table of RDAP servers from IANA's bootstrap file: fetched or given, read strictly, then put in use."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pharmcheck.capture.download import DownloadError, Progress
from pharmcheck.capture.options import CaptureOptions
from pharmcheck.capture.servers import BOOTSTRAP, MAX_BOOTSTRAP_BYTES, Bootstrap, BootstrapError, read_bootstrap
from pharmcheck.refresh.fetch import in_time
from pharmcheck.registries.store import StoreError, data_root
from pharmcheck.whole_file import write_whole

URL = "https://data.iana.org/rdap/dns.json"
ORIGIN = "rdap-dns.origin.json"  # beside it: where it came from, for a conditional request
FAILURES = (BootstrapError, StoreError, DownloadError, OSError)  # after each of them the old table is in use as before
MIN_SUFFIXES, MAX_SUFFIXES = 500, 20_000  # the table has had more than a thousand for years
MAX_SHRINK_PERCENT = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """What an update did: how many suffixes the table has, as published when, and what changed."""

    suffixes: int
    published: datetime
    added: int = 0
    removed: int = 0
    moved: int = 0

    @property
    def unchanged(self) -> bool:
        """True when the table is the one that was in use, suffix by suffix."""
        return not (self.added or self.removed or self.moved)


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where the file in use came from; true only of the file with that `sha256`."""

    source: str
    sha256: str
    fetched: str
    etag: str = ""
    last_modified: str = ""


def update_servers(options: CaptureOptions, progress: Progress, *, accept_fewer: bool = False) -> Taken:
    """Download the table and put it in use; with `accept_fewer`, also one that has shrunk. Raises one of FAILURES."""
    held = _held()
    ours = _origin() if held else None

    etag, modified = (ours.etag, ours.last_modified) if ours else ("", "")
    came = in_time("table", options, lambda downloads: downloads.get(URL, progress, etag=etag, last_modified=modified))
    if came.unchanged and held:
        return _compared(held, held)
    tags = (came.etag, came.last_modified)
    return _put(came.body, held, came.url, options.now, tags, accept_fewer=accept_fewer)


def take_servers(file: Path, now: datetime, *, accept_fewer: bool = False) -> Taken:
    """Put a file in use that a person downloaded. Raises one of FAILURES."""
    with file.open("rb") as opened:
        body = opened.read(MAX_BOOTSTRAP_BYTES + 1)
    return _put(body, _held(), f"a file that was given ({file.name})", now, ("", ""), accept_fewer=accept_fewer)


def _put(
    body: bytes, held: Bootstrap | None, source: str, now: datetime, tags: tuple[str, str], *, accept_fewer: bool
) -> Taken:
    """Read what came, compare it with what is in use, and put it in its place in one step."""
    new = read_bootstrap(body)
    count = len(new.servers)
    if not MIN_SUFFIXES <= count <= MAX_SUFFIXES:
        raise BootstrapError(f"it has {count:,} suffixes, expected {MIN_SUFFIXES:,} to {MAX_SUFFIXES:,}")
    if new.published > now + timedelta(days=1):
        raise BootstrapError(f"it says that it was published on {new.published:%Y-%m-%d}, which is yet to come")
    if held and new.published < held.published:
        raise BootstrapError(f"it is of {new.published:%Y-%m-%d}, and the table in use of {held.published:%Y-%m-%d}")
    if held and not accept_fewer and count * 100 < len(held.servers) * (100 - MAX_SHRINK_PERCENT):
        raise BootstrapError(
            f"it has {count:,} suffixes, the table in use {len(held.servers):,}: more than {MAX_SHRINK_PERCENT} % fewer. "
            "Look at it, and use --accept-fewer if that is right"
        )
    root = data_root()
    root.mkdir(parents=True, exist_ok=True)
    origin = _Origin(source, hashlib.sha256(body).hexdigest(), now.isoformat(timespec="seconds"), *tags)
    write_whole(root / BOOTSTRAP, [body])
    write_whole(root / ORIGIN, [json.dumps(asdict(origin), indent=1).encode() + b"\n"])
    return _compared(new, held)


def _compared(new: Bootstrap, held: Bootstrap | None) -> Taken:
    before: Mapping[str, str] = held.servers if held else {}
    moved = sum(before[suffix] != new.servers[suffix] for suffix in before.keys() & new.servers.keys())
    added, removed = len(new.servers.keys() - before.keys()), len(before.keys() - new.servers.keys())
    return Taken(len(new.servers), new.published, added, removed, moved)


def _held() -> Bootstrap | None:
    """Return the table in use; None where there is none, or none that can be read: then whatever comes is better."""
    with suppress(OSError, BootstrapError):
        return read_bootstrap((data_root() / BOOTSTRAP).read_bytes())
    return None


def _origin() -> _Origin | None:
    """Return where the file in use came from; None where that is not known, or is told of another file."""
    with suppress(OSError, ValueError, TypeError):
        origin = _Origin(**json.loads((data_root() / ORIGIN).read_text("utf-8")))
        if origin.sha256 == hashlib.sha256((data_root() / BOOTSTRAP).read_bytes()).hexdigest():
            return origin
    return None
