"""Which RDAP and WHOIS servers answer for a domain: IANA's bootstrap file where the user has it, else our dated table."""

from __future__ import annotations

import csv
import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from pharmcheck.registries.store import StoreError, data_root

BOOTSTRAP = "rdap-dns.json"  # https://data.iana.org/rdap/dns.json as published, in the user's data directory
MAX_BOOTSTRAP_BYTES = 2_000_000  # forty times what IANA publishes


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


def _fetched() -> dict[str, str]:
    """Return what the user's copy of the bootstrap file holds (RFC 9224, section 4); nothing where it is no such file."""
    try:
        path = data_root() / BOOTSTRAP
        return _read(path) if path.stat().st_size <= MAX_BOOTSTRAP_BYTES else {}
    except (OSError, StoreError, ValueError, TypeError, KeyError, RecursionError):
        return {}


def _read(path: Path) -> dict[str, str]:
    services = json.loads(path.read_text("utf-8"))["services"]
    return {
        str(suffix).lower(): url if url.endswith("/") else url + "/"
        for suffixes, urls in services
        for url in [next((str(u) for u in urls if str(u).startswith("https://")), "")]
        for suffix in suffixes
        if url
    }
