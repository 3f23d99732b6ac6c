"""Addresses of a host → in whose network and country they are, from tables on this disk: nobody is asked.

No package ships such a table that is kept, dated and free to pass on, so the user brings one: any file in MaxMind's DB format
(`.mmdb`) in the folder `hosting` of the data directory. Known are the fields of GeoLite2, DB-IP Lite and IPinfo Lite. What
the tables told is recorded as answers of the DNS are, so that a replay never looks into another machine's tables.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.proof import WRONG_SHAPE, tidy
from pharmcheck.capture.wire import Ask
from pharmcheck.model import Gap, Hosting, Quote
from pharmcheck.registries.store import StoreError, data_root

FOLDER = "hosting"  # of the data directory
SCHEME = "hosting:"
_MOST = 4  # addresses of one host that are looked up: those of one service lie together
_COUNTRY = re.compile(r"[A-Z]{2}")
_NONE = (
    "hosting: no table of networks is held; put one in MaxMind's format (.mmdb: GeoLite2, DB-IP Lite) into the folder "
    "“hosting” of PHARMCHECK_DATA"
)
_READER = "hosting: a table of networks is held and nothing to read it with; install “pharmcheck[hosting]”"


async def ask_tables(url: str) -> Exchange:
    """Return what the tables on this disk tell of the address in `url` (`hosting:192.0.2.7`), or why they tell nothing."""
    return await asyncio.to_thread(_asked, url)


async def look_up_hosting(addresses: Sequence[str], ask: Ask) -> tuple[tuple[Hosting, ...] | Gap, tuple[Exchange, ...]]:
    """Return in whose networks the addresses are, a Gap where no table tells, and the answers as they came."""
    came = tuple([await ask(f"{SCHEME}{address}") for address in addresses[:_MOST]])
    if not came:
        return Gap("hosting", "hosting: the addresses of the host are not known"), ()
    found = tuple(read for exchange in came if isinstance(read := _read(exchange), Hosting))
    return found or Gap("hosting", came[0].error or f"hosting: the tables hold nothing on {addresses[0]}"), came


def _asked(url: str) -> Exchange:
    try:
        folder = data_root() / FOLDER
        tables = sorted(folder.glob("*.mmdb"))
    except (StoreError, OSError):
        tables = []
    if not tables:
        return Exchange(url, error=_NONE)
    try:
        told = _told(url.removeprefix(SCHEME), tables)
    except ImportError:
        return Exchange(url, error=_READER)
    except ValueError as error:
        return Exchange(url, error=str(error))
    body = json.dumps(told, ensure_ascii=False).encode()
    return Exchange(url, headers=(("Content-Type", "application/json"),), body=body)


def _told(address: str, paths: Sequence[Path]) -> dict[str, Any]:
    """Return AS number, name and country, each from the first table that has it, and those tables with their dates.

    Raises ValueError, with a sentence for people, for a file that is no such table, ImportError without a reader.
    """
    import maxminddb  # noqa: PLC0415 - an extra

    told: dict[str, Any] = {"asn": 0, "name": "", "country": "", "tables": []}
    for path in paths:
        try:
            with maxminddb.open_database(path) as table:
                about = table.metadata()
                fits = about.ip_version == 6 or ip_address(address).version == 4
                row = table.get(address) if fits else None
                built = datetime.fromtimestamp(about.build_epoch, UTC).date()
        except (maxminddb.InvalidDatabaseError, OSError, ValueError, OverflowError):
            name = tidy(path.name)  # without the words of the error, which name folders of this machine
            raise ValueError(f"hosting: {name} cannot be read as a table of networks: it is none, or damaged") from None
        new = {key: value for key, value in _facts(row) if value and not told[key]}
        if new:
            told |= new
            told["tables"].append(f"{tidy(about.database_type)} of {built}")
    return told


def _facts(row: object) -> Iterator[tuple[str, Any]]:
    """Yield what a row tells, in the spellings of the tables that we know."""
    if not isinstance(row, dict):
        return
    number = row.get("autonomous_system_number") or str(row.get("asn") or "").removeprefix("AS")
    if str(number).isdecimal():
        yield "asn", int(str(number))
        yield "name", tidy(row.get("autonomous_system_organization") or row.get("as_name"))
    country = row.get("country")
    code = country.get("iso_code") if isinstance(country, dict) else row.get("country_code") or country
    if isinstance(code, str) and _COUNTRY.fullmatch(code):
        yield "country", code


def _read(exchange: Exchange) -> Hosting | None:
    """Return what was told of an address, None where nothing was."""
    if exchange.error:
        return None
    try:
        told = json.loads(exchange.body)
        asn, name, country = int(told["asn"]), tidy(told["name"]), tidy(told["country"])
        tables = tuple(map(tidy, told["tables"]))
    except WRONG_SHAPE:
        return None
    if not (asn or country):
        return None
    address = exchange.url.removeprefix(SCHEME)
    said = " ".join(filter(None, (f"AS{asn}" if asn else "", name, f"in {country}" if country else "")))
    note = f"{address}: {said} ({', '.join(tables)})"
    return Hosting(
        address, asn, name, country, tables, Quote(exchange.url, "", note, hashlib.sha256(exchange.body).hexdigest())
    )
