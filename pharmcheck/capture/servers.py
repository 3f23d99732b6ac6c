"""Which RDAP and WHOIS servers answer for a domain: IANA's bootstrap file where the user has it, else our dated table."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.registries.store import StoreError, data_root

BOOTSTRAP = "rdap-dns.json"  # https://data.iana.org/rdap/dns.json as published, in the user's data directory
MAX_BOOTSTRAP_BYTES = 2_000_000  # forty times what IANA publishes

_SUFFIX = compile_on_use(
    r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*", re.IGNORECASE
)
_BASE = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?(?:/[\w.~%/-]*)?", re.IGNORECASE)


class BootstrapError(ValueError):
    """A file is no table of RDAP servers; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """IANA's table: when it was published, and the base URL of the RDAP server by suffix."""

    published: datetime
    servers: Mapping[str, str]


def servers_for(domain: str) -> tuple[str, str]:
    """Return the base URL of the RDAP server and the WHOIS host for `domain`, "" where none is known."""
    rdap, whois = "", ""
    labels = domain.split(".")
    shipped, fetched = _shipped(), _fetched()
    for suffix in (".".join(labels[n:]) for n in range(len(labels) - 1, 0, -1)):  # the longest that matches wins
        known = shipped.get(suffix, (rdap, whois))
        rdap, whois = fetched.get(suffix, known[0]), known[1]
    return rdap, whois


@cache
def _shipped() -> dict[str, tuple[str, str]]:
    text = (files("pharmcheck.capture") / "registration_servers.csv").read_text("utf-8")
    return {row["suffix"]: (row["rdap"], row["whois"]) for row in csv.DictReader(text.splitlines())}


def _fetched() -> Mapping[str, str]:
    """Return what the user's copy of the bootstrap file tells; nothing where it is no such file."""
    try:
        path = data_root() / BOOTSTRAP
        return read_bootstrap(path.read_bytes()).servers if path.stat().st_size <= MAX_BOOTSTRAP_BYTES else {}
    except (OSError, StoreError, BootstrapError):
        return {}


def read_bootstrap(body: bytes) -> Bootstrap:
    """Return what a bootstrap file tells (RFC 9224, sections 4 and 5); suffixes without a server over https are left out.

    Raises BootstrapError for whatever is not of that form, down to a single suffix.
    """
    if len(body) > MAX_BOOTSTRAP_BYTES:
        raise BootstrapError(f"it has more than {MAX_BOOTSTRAP_BYTES:,} bytes")
    try:
        told = json.loads(body)
        if told["version"] != "1.0":
            raise BootstrapError(f"its version is {told['version']!r}, expected '1.0'")
        published = datetime.fromisoformat(told["publication"])
        services = [(tuple(suffixes), tuple(urls)) for suffixes, urls in told["services"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        if isinstance(error, BootstrapError):
            raise
        raise BootstrapError(f"it is no bootstrap file of IANA ({type(error).__name__}: {error})") from None
    if published.tzinfo is None:
        raise BootstrapError("it does not say in which time zone it was published")
    return Bootstrap(published, _servers(services))


def _servers(services: Iterable[tuple[tuple[object, ...], tuple[object, ...]]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for suffixes, urls in services:
        bases = [url for url in urls if isinstance(url, str) and _BASE.fullmatch(url)]
        if not suffixes or not urls or len(bases) < len(urls):
            raise BootstrapError(f"a service of it is not understood: {str((suffixes, urls))[:100]}")
        secure = next((url for url in bases if url.startswith("https://")), "")
        for suffix in suffixes:
            if not isinstance(suffix, str) or not _SUFFIX.fullmatch(suffix) or suffix.lower() in found:
                raise BootstrapError(f"a suffix of it is none, or stands there twice: {str(suffix)[:70]!r}")
            found[suffix.lower()] = secure if secure.endswith("/") or not secure else secure + "/"
    return {suffix: url for suffix, url in found.items() if url}
