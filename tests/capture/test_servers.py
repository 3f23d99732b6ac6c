"""Which servers are asked about a domain: our table, IANA's file in the user's data directory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.capture.world import (
    ASKED,
    SERVERS,
    TEXT,
    WHOIS,
    World,
    look,
    rdap_answer,
    registration,
)


def test_bootstrap_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bootstrap file of IANA in the user's data directory goes before our table; another file is passed over."""
    monkeypatch.setenv("PHARMCHECK_DATA", str(tmp_path))
    services = [[["example"], ["http://plain.example/", "https://rdap.registry.example/v1"]]]
    (tmp_path / "rdap-dns.json").write_text(
        json.dumps({"version": "1.0", "publication": "2026-10-01T20:00:00Z", "services": services})
    )
    site = look(World({ASKED: rdap_answer()}), registration_servers=None)
    assert registration(site).source == "rdap"
    (tmp_path / "rdap-dns.json").write_text("<html>")
    site = look(
        World(whois={"whois.iana.org": "refer: whois.registry.example\n", WHOIS: TEXT}), registration_servers=None
    )
    assert registration(site).source == "whois"


def test_servers_of_our_table() -> None:
    """Our table has RDAP and WHOIS hosts of well-known suffixes, over https, each with source and day."""
    from pharmcheck.capture.servers import servers_for

    assert servers_for("shop.co.uk") == ("https://rdap.nominet.uk/uk/", "whois.nic.uk")
    assert servers_for("shop.de") == ("", "whois.denic.de")
    assert servers_for("shop.example") == ("", "")
    assert SERVERS[0].startswith("https://")
