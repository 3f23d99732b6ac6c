"""Networks, told: as networks.json, and in the report of each site."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from pharmcheck.audit.woven import Weave, name_of
from pharmcheck.networks import Strength
from pharmcheck.whole_file import write_whole

SCHEMA = "pharmcheck/networks/1"
_MOST_TIES, _MOST_QUOTED, _MOST_HUBS = 50, 5, 1_000  # of a network, of a tie, of all
_MOST_IN_REPORT = 3  # identifiers


def write_networks(path: Path, weave: Weave) -> None:
    """Write networks.json, whole or not at all; the same reports give the same bytes. Raises OSError."""
    write_whole(path, _pieces(weave.base))


def _pieces(base: Connection) -> Iterator[bytes]:
    """Yield the file, a line a network."""
    yield f'{{"schema": "{SCHEMA}",\n"networks": ['.encode()
    for number, network in enumerate(networks(base)):
        yield (",\n" if number else "\n").encode() + _line(network)
    yield b'],\n"hubs": ['
    for number, hub in enumerate(hubs(base)):
        yield (",\n" if number else "\n").encode() + _line(hub)
    yield b"]}\n"


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def networks(base: Connection) -> Iterator[dict[str, Any]]:
    """Yield the networks, those of most sites first: `id`, `sites`, `verdicts`, `members`, `ties`, `more_ties`."""
    for root, name, number in base.execute("SELECT root, id, sites FROM named ORDER BY sites DESC, least"):
        members = base.execute("SELECT name, verdict, risk, kind FROM sites WHERE root = ? ORDER BY name", (root,))
        sites = [{"site": n, "verdict": verdict, "risk": risk, "kind": kind} for n, verdict, risk, kind in members]
        ties = base.execute("SELECT count(*) FROM ties WHERE root = ?", (root,)).fetchone()[0]
        yield {
            "id": name,
            "sites": number,
            "verdicts": dict(sorted(Counter(str(s["verdict"]) for s in sites).items())),
            "members": sites,
            "ties": list(_ties(base, root)),
            "more_ties": max(0, ties - _MOST_TIES),
        }


def _ties(base: Connection, root: int) -> Iterator[dict[str, Any]]:
    """Yield what ties the sites of a network, what is on most of them first, with the quotes on both sides."""
    rows = base.execute(
        "SELECT one, other, sites FROM ties WHERE root = ? ORDER BY sites DESC, one, other LIMIT ?", (root, _MOST_TIES)
    )
    for one, other, number in rows:
        keys = [one] if other is None else [one, other]
        marks = (base.execute("SELECT kind, value FROM shared WHERE key = ?", (key,)).fetchone() for key in keys)
        yield {
            "strength": str(Strength.ALONE if other is None else Strength.JOINT),
            "identifiers": [{"kind": kind, "value": value} for kind, value in marks],
            "sites": number,
            "quotes": [*_quotes(base, keys[0], keys[-1]), *(_quotes(base, keys[-1], keys[0]) if len(keys) > 1 else ())],
        }


def _quotes(base: Connection, key: int, beside: int) -> Iterator[dict[str, Any]]:
    """Yield where an identifier stands, on the first of the sites, by name, that have another one too."""
    rows: Iterator[Sequence[Any]] = base.execute(
        "SELECT sites.name, seen.kind, value, url, text, digest, offset FROM seen JOIN sites ON number = site WHERE key = ?1 "
        "AND EXISTS (SELECT 1 FROM seen o WHERE o.key = ?2 AND o.site = number) "
        "ORDER BY name, value, url, text, digest, offset",
        (key, beside),
    )
    for name, places in islice(groupby(rows, itemgetter(0)), _MOST_QUOTED):
        _, kind, value, url, text, digest, offset = next(places)
        yield {
            "site": name,
            "kind": kind,
            "value": value,
            "quote": {"url": url, "text": text, "digest": digest, "offset": offset},
        }


def hubs(base: Connection) -> Iterator[dict[str, Any]]:
    """Yield what many share and what ties nobody, the most frequent first."""
    rows = base.execute(
        "SELECT kind, value, sites, why FROM hubs ORDER BY sites DESC, kind, value LIMIT ?", (_MOST_HUBS,)
    )
    for kind, value, sites, why in rows:
        yield {"kind": kind, "value": value, "sites": sites, "why": why}


def network_of(base: Connection, report: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the report of a site says of its network (`network` of schema.json), None where it belongs to none."""
    row = base.execute(
        "SELECT number, id, sites FROM sites JOIN named USING (root) WHERE name = ?", (name_of(report),)
    ).fetchone()
    if row is None:
        return None
    tied = base.execute(
        "SELECT DISTINCT kind, value FROM seen WHERE site = ? AND key IN (SELECT key FROM used) ORDER BY kind, value LIMIT ?",
        (row[0], _MOST_IN_REPORT),
    )
    identifiers = [{"kind": kind, "value": value} for kind, value in tied]
    return {"id": row[1], "others": row[2] - 1, "identifiers": identifiers, "strongest": _strongest(base, row[0])}


def _strongest(base: Connection, site: int) -> dict[str, Any]:
    """Return what ties a site best: what proves one operator alone, then what stands on most sites."""
    kind, value, url, text, digest, offset, joint, sites = base.execute(
        "SELECT kind, value, url, text, digest, offset, other IS NOT NULL AS joint, sites FROM seen "
        "JOIN (SELECT one AS key, other, sites FROM ties UNION ALL SELECT other, other, sites FROM ties WHERE other IS NOT NULL) "
        "USING (key) WHERE site = ? ORDER BY joint, sites DESC, kind, value, url, text, digest, offset LIMIT 1",
        (site,),
    ).fetchone()
    quote = {"url": url, "text": text, "digest": digest, "offset": offset}
    return {"kind": kind, "value": value, "sites": sites, "alone": not joint, "quote": quote}
