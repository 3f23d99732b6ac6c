"""Reports woven into networks: identifiers spilled to SQLite, sites joined in memory at five bytes each.

No step looks at pairs of sites: identifiers are sorted, and the sites of each are joined in one go, rarest first.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import combinations, groupby, islice
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from pharmcheck.audit.identity import identity_of
from pharmcheck.networks import (
    ACCUSED,
    HUB,
    Carriers,
    Groups,
    Strength,
    are_alike,
    bands,
    key_of,
    most_unrelated,
    strength,
    together,
)

_TABLES = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; PRAGMA temp_store=FILE;
CREATE TABLE sites (number INTEGER PRIMARY KEY, name TEXT UNIQUE, verdict TEXT, risk INTEGER, kind TEXT, root INTEGER);
CREATE TABLE seen (key INTEGER, site INTEGER, kind TEXT, value TEXT, url TEXT, text TEXT, digest TEXT, offset INTEGER);
CREATE TABLE bands (band INTEGER, key INTEGER, words TEXT);
CREATE TABLE same (key INTEGER PRIMARY KEY, as_key INTEGER);
CREATE TABLE weak (site INTEGER, sites INTEGER, key INTEGER, kind TEXT);
CREATE TABLE pairs (one INTEGER, other INTEGER, site INTEGER);
CREATE TABLE ties (one INTEGER, other INTEGER, sites INTEGER, first INTEGER, root INTEGER);
CREATE TABLE hubs (kind TEXT, value TEXT, sites INTEGER, why TEXT);
"""
PREFIX = ".weave-"  # of the working folder, which a process that is killed leaves behind
_PLACE = ("url", "text", "digest")
_MOST_ALIKE = 10_000  # different sentences of one band; a bound on memory
_RAREST = 8  # joint identifiers of a site, paired with one another: 28 pairs at most
_LAWFUL = "a register names a site that prints it: others may have copied it"
_PLATFORM = "it stands on {} sites that nothing rarer relates: a platform's, it seems"


class Weave:
    """Reports in, sites joined; `told.py` reads the result from `base`. A context manager: its working file goes with it."""

    def __init__(self, folder: Path | None = None, hub: int = HUB) -> None:
        self._folder = TemporaryDirectory(dir=folder, prefix=PREFIX)
        self.base = sqlite3.connect(Path(self._folder.name) / "weave.sqlite", isolation_level=None)
        self.base.executescript(_TABLES)
        self.base.execute("BEGIN")
        self._verdicts = bytearray()  # by site: 1 accused, 2 named by a register
        self._hub = hub
        self.without = 0  # reports of an older version, which carry no identifiers

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.base.close()
        self._folder.cleanup()

    def add(self, report: dict[str, Any]) -> None:
        """Take in the identifiers of a report; several reports on one site count as one site, with the gravest verdict."""
        (name, verdict, risk, kind), rows = identifiers_of(report)
        site = self._site(name, verdict, risk, kind)
        self.without += "identifiers" not in report
        self.base.executemany(f"INSERT INTO seen VALUES (?, {site}, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 (a number)

    def _site(self, name: str, verdict: str, risk: int, kind: str) -> int:
        row = self.base.execute("SELECT number, risk, verdict, kind FROM sites WHERE name = ?", (name,)).fetchone()
        rank = 1 if verdict in ACCUSED else 2 if verdict == "legitimate" else 0
        if row is None:
            self._verdicts.append(rank)
            number = len(self._verdicts) - 1
            self.base.execute("INSERT INTO sites VALUES (?, ?, ?, ?, ?, NULL)", (number, name, verdict, risk, kind))
            return number
        number = int(row[0])
        if (risk, verdict, kind) > (int(row[1]), str(row[2]), str(row[3])):
            self._verdicts[number] = rank
            told = (verdict, risk, kind, number)
            self.base.execute("UPDATE sites SET verdict = ?, risk = ?, kind = ? WHERE number = ?", told)
        return number

    def tie(self) -> None:
        """Join the sites; call it once, after the last report."""
        self.base.execute("CREATE INDEX by_key ON seen (key, site)")
        self._same_sentences()
        groups = Groups(len(self._verdicts))
        self._alone(groups)
        self._joint(groups)
        self._note_roots(groups)

    # ---------------------------------------------------------------- sentences

    def _same_sentences(self) -> None:
        """Give sentences that are alike one key: the least of those that they share a band with."""
        base = self.base
        distinct = base.execute("SELECT key, min(value) FROM seen WHERE kind = 'sentence' GROUP BY key")
        for key, words in distinct:
            base.executemany("INSERT INTO bands VALUES (?, ?, ?)", ((band, key, words) for band in bands(words)))
        rows = base.execute("SELECT band, key, words FROM bands ORDER BY band, key")
        for _, group in groupby(rows, itemgetter(0)):
            (_, least, said), *others = islice(group, _MOST_ALIKE)
            alike = [(key, least) for _, key, words in others if are_alike(said, words)]
            base.executemany(
                "INSERT INTO same VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET as_key = min(as_key, excluded.as_key)",
                alike,
            )
        chained = "SELECT 1 FROM same a JOIN same b ON a.as_key = b.key LIMIT 1"
        while base.execute(chained).fetchone():  # each round makes the keys smaller, so it ends
            base.execute(
                "UPDATE same SET as_key = (SELECT b.as_key FROM same b WHERE b.key = same.as_key) "
                "WHERE as_key IN (SELECT key FROM same)"
            )
        base.execute(
            "UPDATE seen SET key = (SELECT as_key FROM same WHERE same.key = seen.key) WHERE key IN (SELECT key FROM same)"
        )
        base.execute("DROP TABLE bands")

    # ---------------------------------------------------------------- joining

    def _alone(self, groups: Groups) -> None:
        """Join sites by what proves one operator alone, rarest first; keep the rest for `_joint`."""
        base = self.base
        base.execute(
            "CREATE TABLE shared AS SELECT key, count(DISTINCT site) AS sites, min(kind) AS kind, min(value) AS value "
            "FROM seen GROUP BY key HAVING min(site) < max(site)"
        )
        base.execute("CREATE UNIQUE INDEX shared_key ON shared (key)")
        for key, kind, value in base.execute("SELECT key, kind, value FROM shared ORDER BY sites, key"):
            on = self._carriers(key)
            proves = strength(kind, value, carried := self._counted(on))
            if proves is Strength.ALONE:
                self._join(groups, on, proves, carried, (key, None), f"{kind}\0{value}")
            elif proves is Strength.JOINT:
                base.executemany("INSERT INTO weak VALUES (?, ?, ?, ?)", ((s, len(on), key, kind) for s in on))
            else:
                base.execute("INSERT INTO hubs VALUES (?, ?, ?, ?)", (kind, value, len(on), _LAWFUL))

    def _joint(self, groups: Groups) -> None:
        """Join sites by two identifiers that they share, of which one is of the drug trade."""
        base = self.base
        weak = base.execute("SELECT site, key, kind FROM weak ORDER BY site, sites, key")
        for site, rows in groupby(weak, itemgetter(0)):
            rarest = [(key, kind) for _, key, kind in islice(rows, _RAREST)]
            pairs = [(*sorted((a, b)), site) for (a, x), (b, y) in combinations(rarest, 2) if together(x, y)]
            base.executemany("INSERT INTO pairs VALUES (?, ?, ?)", pairs)
        base.execute("CREATE INDEX by_pair ON pairs (one, other, site)")
        counted = base.execute(
            "SELECT one, other FROM pairs GROUP BY one, other HAVING count(*) > 1 ORDER BY count(*), one, other"
        )
        for one, other in counted:
            found = base.execute("SELECT site FROM pairs WHERE one = ? AND other = ? ORDER BY site", (one, other))
            on = [int(row[0]) for row in found]
            if (carried := self._counted(on)).mostly_accused:
                self._join(groups, on, Strength.JOINT, carried, (one, other), "")

    def _join(
        self, groups: Groups, on: Sequence[int], proves: Strength, by: Carriers, keys: tuple[int, int | None], what: str
    ) -> None:
        """Join the sites, unless so many of them are unrelated that the identifier must be a platform's."""
        unrelated = groups.unrelated(on)
        if unrelated > most_unrelated(proves, by, self._hub):
            kind, _, value = (what or self._told(keys)).partition("\0")
            self.base.execute(
                "INSERT INTO hubs VALUES (?, ?, ?, ?)", (kind, value, by.sites, _PLATFORM.format(unrelated))
            )
            return
        groups.join(on)
        self.base.execute("INSERT INTO ties VALUES (?, ?, ?, ?, NULL)", (*keys, by.sites, on[0]))

    def _told(self, keys: tuple[int, int | None]) -> str:
        marks = (self.base.execute("SELECT kind, value FROM shared WHERE key = ?", (key,)).fetchone() for key in keys)
        kinds, values = zip(*marks, strict=True)
        return f"{'+'.join(kinds)}\0{' + '.join(values)}"

    def _carriers(self, key: int) -> list[int]:
        rows = self.base.execute("SELECT DISTINCT site FROM seen WHERE key = ? ORDER BY site", (key,))
        return [int(row[0]) for row in rows]

    def _counted(self, on: Sequence[int]) -> Carriers:
        ranks = Counter(self._verdicts[site] for site in on)
        return Carriers(len(on), ranks[1], ranks[2])

    def _note_roots(self, groups: Groups) -> None:
        """Write down for each site of a network, and each tie, which one it is."""
        base = self.base
        sizes = Counter(groups.of(site) for site in range(len(self._verdicts)))
        tied = ((root, site) for site in range(len(self._verdicts)) if sizes[root := groups.of(site)] > 1)
        base.executemany("UPDATE sites SET root = ? WHERE number = ?", tied)
        first = base.execute("SELECT rowid, first FROM ties").fetchall()
        base.executemany("UPDATE ties SET root = ? WHERE rowid = ?", ((groups.of(site), row) for row, site in first))
        base.executescript(
            "CREATE INDEX by_root ON sites (root, name); CREATE INDEX tie_root ON ties (root, sites DESC);"
            "CREATE INDEX tie_one ON ties (one); CREATE INDEX tie_other ON ties (other);"
            "CREATE TABLE named (root INTEGER PRIMARY KEY, id TEXT, sites INTEGER, least TEXT);"
            "CREATE TABLE used (key INTEGER PRIMARY KEY);"
            "INSERT OR IGNORE INTO used SELECT one FROM ties UNION SELECT other FROM ties WHERE other IS NOT NULL;"
            "CREATE INDEX by_site ON seen (site, key)"
        )
        base.execute("BEGIN")
        rows = base.execute("SELECT root, name FROM sites WHERE root IS NOT NULL ORDER BY root, name")
        for root, members in groupby(rows, itemgetter(0)):
            digest, number, least = blake2b(digest_size=6), 0, ""
            for _, name in members:
                digest.update(name.encode("utf-8", "replace") + b"\n")
                number, least = number + 1, least or name
            base.execute("INSERT INTO named VALUES (?, ?, ?, ?)", (root, f"n-{digest.hexdigest()}", number, least))
        base.execute("COMMIT")


def identifiers_of(report: dict[str, Any]) -> tuple[tuple[str, str, int, str], list[tuple[Any, ...]]]:
    """Return name, verdict, risk and kind of a report's site, and its identifiers as rows.

    Raises KeyError, TypeError, ValueError or AttributeError for what is no report/1.
    """
    rows: list[tuple[Any, ...]] = []
    for found in report.get("identifiers", ()):
        quote = found["quote"]
        kind, value, url, text, digest = map(_plain, (found["kind"], found["value"], *map(quote.__getitem__, _PLACE)))
        offset = quote["offset"]
        rows.append((key_of(kind, value), kind, value, url, text, digest, None if offset is None else int(offset)))
    return (_plain(name_of(report)), _plain(report["verdict"]), int(report["risk"]), _plain(report["kind"])), rows


def name_of(report: dict[str, Any]) -> str:
    """Return the site of a report: the domain, or host and path on platforms, where each path is somebody else's."""
    target = report["target"]
    if report["host"]["state"] == "platform":
        return f"{target['host']}{urlsplit(target['url']).path.rstrip('/')}"
    return identity_of(str(target["url"]), str(target["host"]))


def _plain(value: str) -> str:
    """Return text that SQLite takes: lone surrogates are none."""
    return str(value).encode("utf-8", "replace").decode()


def woven(reports: Iterable[dict[str, Any]], folder: Path | None = None, hub: int = HUB) -> Weave:
    """Return the reports woven into networks; the caller closes it."""
    weave = Weave(folder, hub)
    try:
        for report in reports:
            weave.add(report)
        weave.tie()
    except BaseException:
        weave.__exit__(None, None, None)
        raise
    return weave
