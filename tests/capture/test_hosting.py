"""In whose network a host is: from tables on this disk, recorded, and never from another machine's tables on replay."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.capture import capture, replay
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.hosting import ask_tables, look_up_hosting
from pharmcheck.model import Gap, Hosting, Site
from pharmcheck.pipeline import judge
from pharmcheck.target import parse_target
from tests.capture.mmdb import write_table
from tests.capture.world import ASKED, World, forbid, look, rdap_answer

ASN: dict[str, dict[str, Any]] = {
    "192.0.2.0/24": {"autonomous_system_number": 64500, "autonomous_system_organization": "Sample Hosting"}
}
COUNTRY: dict[str, dict[str, Any]] = {
    "192.0.2.0/24": {"country": {"iso_code": "RU", "names": {"en": "Russia"}}},
    "2001:db8::/32": {"country": {"iso_code": "DE"}},
}


@pytest.fixture(autouse=True)
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data directory is an empty one, and nothing leaves this machine; return the folder for tables."""
    monkeypatch.setenv("PHARMCHECK_DATA", str(tmp_path / "data"))
    forbid(monkeypatch, lambda address: isinstance(address, tuple) and address[0] == "127.0.0.1")
    return tmp_path / "data" / "hosting"


def told(*addresses: str) -> tuple[Hosting, ...] | Gap:
    """Return what the tables tell of addresses."""
    return asyncio.run(look_up_hosting(addresses, ask_tables))[0]


def test_number_and_country_from_two_tables(tables: Path) -> None:
    """Each from the first table that has it, with the tables and their dates; IPv6 as well."""
    write_table(tables / "GeoLite2-ASN.mmdb", ASN, "GeoLite2-ASN")
    write_table(tables / "GeoLite2-Country.mmdb", COUNTRY, "GeoLite2-Country")
    found = told("192.0.2.7", "2001:db8::7")
    assert isinstance(found, tuple)
    assert [(h.address, h.asn, h.name, h.country) for h in found] == [
        ("192.0.2.7", 64500, "Sample Hosting", "RU"),
        ("2001:db8::7", 0, "", "DE"),
    ]
    assert found[0].tables == ("GeoLite2-ASN of 2026-10-01", "GeoLite2-Country of 2026-10-01")
    assert found[0].quote.note.startswith("192.0.2.7: AS64500 Sample Hosting in RU (GeoLite2-ASN of 2026-10-01")
    assert found[0].quote.digest


@pytest.mark.parametrize(
    "row",
    [
        {"asn": "AS64500", "as_name": "Sample Hosting", "country_code": "RU", "country": "Russia"},  # IPinfo Lite
        {"asn": "AS64500", "as_name": "Sample Hosting", "country": "RU"},
        {"autonomous_system_number": 64500, "autonomous_system_organization": "Sample Hosting", "country_code": "RU"},
    ],
)
def test_one_table_in_another_spelling(tables: Path, row: dict[str, str]) -> None:
    """Number, name and country as other publishers write them, also in a table of IPv4 only."""
    write_table(tables / "a.mmdb", {"192.0.2.0/24": row}, version=4)
    found = told("192.0.2.7", "2001:db8::7")
    assert isinstance(found, tuple)
    assert [(h.asn, h.name, h.country) for h in found] == [(64500, "Sample Hosting", "RU")]


@pytest.mark.parametrize(
    "row",
    [
        {"autonomous_system_organization": "Sample"},
        {"asn": "private", "country": "Russia"},
        {"country": {"iso_code": "ru"}},
        {"country": {"names": {}}},
        {"country_code": "R\x1b"},
    ],
)
def test_what_is_not_understood_is_a_gap(tables: Path, row: dict[str, object]) -> None:
    """A row without a number and a country in letters that we know tells nothing."""
    write_table(tables / "a.mmdb", {"192.0.2.0/24": row})
    found = told("192.0.2.7")
    assert isinstance(found, Gap)
    assert found.why == "hosting: the tables hold nothing on 192.0.2.7"


@pytest.mark.parametrize(
    "body", ["[]", "[" * 100_000, "{}", '{"asn": Infinity, "name": "", "country": "", "tables": []}']
)
def test_a_recorded_row_that_is_none_is_a_gap(body: str) -> None:
    """What a recording holds in place of a row of a table tells nothing, whatever it is."""

    async def recorded(url: str) -> Exchange:
        return Exchange(url, body=body.encode())

    found, _ = asyncio.run(look_up_hosting(["192.0.2.7"], recorded))
    assert isinstance(found, Gap)


def test_without_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gap says what to put where, and names no folder of this machine; without a home directory it is the same."""
    found = told("192.0.2.7")
    assert isinstance(found, Gap)
    assert "put one in MaxMind's format" in found.why
    assert "/" not in found.why
    monkeypatch.delenv("PHARMCHECK_DATA")
    monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert told("192.0.2.7") == found


def test_without_a_reader(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table without the extra is a gap that names the extra."""
    write_table(tables / "a.mmdb", ASN)
    monkeypatch.setitem(sys.modules, "maxminddb", None)
    found = told("192.0.2.7")
    assert isinstance(found, Gap)
    assert "pharmcheck[hosting]" in found.why


@pytest.mark.parametrize("cut", [0, 7, 300, -20])
def test_a_damaged_table_is_named(tables: Path, cut: int) -> None:
    """A file that is no table, or half of one, is a gap with its name, never a wrong answer."""
    path = write_table(tables / "broken.mmdb", ASN)
    path.write_bytes(path.read_bytes()[:cut])
    found = told("192.0.2.7")
    assert isinstance(found, Gap)
    assert "broken.mmdb cannot be read as a table of networks" in found.why
    assert "/" not in found.why


def recorded(world: World, path: Path) -> Site:
    """Return the site of a live capture that is recorded to `path`."""
    return look(world, record=path)


def test_a_replay_takes_what_was_recorded(tables: Path, tmp_path: Path) -> None:
    """Another table on the machine of the replay, or none, changes nothing: the report is the same, byte for byte."""
    table = write_table(tables / "asn.mmdb", ASN)
    write_table(tables / "country.mmdb", COUNTRY)
    live = recorded(World({ASKED: rdap_answer()}), tmp_path / "a.warc.gz")
    assert isinstance(live.hosting, tuple)
    assert live.hosting[0].asn == 64500
    table.unlink()
    write_table(tables / "country.mmdb", {"192.0.2.0/24": {"country_code": "CN"}})
    again = replay(tmp_path / "a.warc.gz")
    assert again.hosting == live.hosting
    assert judge(again).as_dict() == judge(live).as_dict()


def test_a_replay_takes_the_gap_that_was_recorded(tables: Path, tmp_path: Path) -> None:
    """What was not known then is not known now, though a table has come since; the report names the gap."""
    live = recorded(World({ASKED: rdap_answer()}), tmp_path / "a.warc.gz")
    write_table(tables / "asn.mmdb", ASN)
    again = replay(tmp_path / "a.warc.gz")
    assert again.hosting == live.hosting
    assert isinstance(again.hosting, Gap)
    assert again.hosting in again.gaps
    assert judge(again).as_dict() == judge(live).as_dict()


def test_older_recordings_have_no_gap_for_what_nobody_asked(
    tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recording from before there were tables gives the report that it gave."""
    from pharmcheck.capture import lookups

    world = World({ASKED: rdap_answer()})
    with monkeypatch.context() as before:
        before.setattr(lookups, "look_up_hosting", _nothing)
        live = recorded(world, tmp_path / "a.warc.gz")
    live = replace(live, hosting=Site(live.target, live.captured, ()).hosting)
    write_table(tables / "asn.mmdb", ASN)
    again = replay(tmp_path / "a.warc.gz")
    assert "hosting" not in {gap.artifact for gap in again.gaps}
    assert judge(again).as_dict() == judge(live).as_dict()


async def _nothing(*_: object) -> tuple[tuple[Hosting, ...], tuple[()]]:
    return (), ()


def test_nobody_is_asked(tables: Path) -> None:
    """The look-up is a read on this disk: no name server, no other host hears the address."""
    write_table(tables / "asn.mmdb", ASN)
    world = World({ASKED: rdap_answer()})

    async def run() -> Site:
        async with world:
            return await capture(parse_target("https://shop.example"), world.options())

    site = asyncio.run(run())
    assert isinstance(site.hosting, tuple)
    assert not any("192.0.2" in line or "hosting" in line for line in world.asked)
