"""Invented registries in memory, and plain scans of them: what the index must answer as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from pharmcheck.model import Listing, Registry, Target
from pharmcheck.registries import Registries
from pharmcheck.registries.folder import Folder
from pharmcheck.registries.index import Index
from pharmcheck.registries.names import STEPS, mistakable, name_of, readings, tokens, words
from pharmcheck.registries.tables import RANK, normal_number

AS_OF = date(2026, 10, 1)


def listing(name: str = "", **more: object) -> Listing:
    """Return an entry of the list `zz-a`, or of the one that is given."""
    facts = {
        "registry": "zz-a",
        "country": "ZZ",
        "number": "",
        "domain": "",
        "status": "listed",
        "url": "",
        "as_of": AS_OF,
    }
    return Listing(**{**facts, "name": name, **more})  # type: ignore[arg-type]


def folder(registry: str, rows: Sequence[Listing]) -> tuple[Folder, tuple[Listing, ...]]:
    made = Registry(
        registry, "ZZ", f"Office {registry}", "positive", "https://a.example/", entries=len(rows), as_of=AS_OF
    )
    return Folder(made, ("pharmacies",), (), (), "", "", "yes", "A law.", "unknown", "", AS_OF), tuple(rows)


def folders(rows: Iterable[Listing]) -> list[tuple[Folder, tuple[Listing, ...]]]:
    """Return the entries in folders, in the order of the registries' ids."""
    kept = tuple(rows)
    ids = sorted({row.registry for row in kept}) or ["zz-a"]
    return [folder(registry, [row for row in kept if row.registry == registry]) for registry in ids]


def registries(rows: Iterable[Listing], files: Sequence[Path] = (), cache: Path | None = None) -> Registries:
    made = folders(rows)
    return Registries(Index(files, lambda: made, cache))


def ranked(rows: Iterable[Listing]) -> tuple[Listing, ...]:
    newest = sorted(rows, key=lambda x: x.since or x.as_of, reverse=True)
    return tuple(sorted(newest, key=lambda x: RANK[x.status]))


def scan_site(rows: Sequence[Listing], target: Target, path: str) -> tuple[Listing, ...]:
    """Return what stands for the host or one above it, from the host upwards, as far as the registrable domain."""
    host, found = target.host.removeprefix("www."), []
    hosts = [host]
    while hosts[-1] not in (target.domain, ""):
        hosts.append(hosts[-1].partition(".")[2])
    for one in hosts:
        found += [x for x in rows if x.domain == one and one]
    return ranked(x for x in found if not x.path or path == x.path or path.startswith(f"{x.path}/"))


def scan_number(rows: Sequence[Listing], registry: str, number: str) -> tuple[Listing, ...]:
    wanted = normal_number(number)
    return ranked(x for x in rows if x.number and x.registry == registry and normal_number(x.number) == wanted)


def scan_names(rows: Sequence[Listing], text: str, limit: int) -> tuple[Listing, ...]:
    """Return the entries of the names that are meant, by comparing each sought word with every word that is held."""
    names = sorted({name_of(x) for x in rows if name_of(x)}, key=lambda n: (*_place(rows, n), words(n), n))
    vocabulary = {word for name in names for word in mistakable(words(name))}
    for errors, in_one in STEPS:
        found = []
        for name in names:
            held = tokens(words(name))
            ways = readings(text)[: 1 if in_one > 1 else None]
            if any(sum(_away(word, held, vocabulary, in_one) for word in way) <= errors for way in ways):
                found.append(name)
        if found:
            hits = [x for x in rows if name_of(x) in found[:limit]]
            return tuple(sorted(ranked(hits), key=lambda x: len(words(name_of(x)))))[:limit]
    return ()


def _place(rows: Sequence[Listing], name: str) -> tuple[int, bool]:
    return len(words(name)), not any(x.status == "warned" for x in rows if name_of(x) == name)


def _away(word: str, held: frozenset[str], vocabulary: set[str], most: int) -> int:
    """Return the errors between a sought word and the nearest of a name's; many where none is near enough."""
    if word in held:
        return 0
    limit = 0 if len(word) < 4 or not word.isalpha() else 1 if len(word) < 8 else 2
    away = [swaps_and_edits(word, other) for other in held & vocabulary]
    near = [(a, o) for a, o in zip(away, held & vocabulary, strict=True) if a <= min(limit, most)]
    return min((a for a, other in near if a < 2 or other[0] == word[0]), default=9)


def swaps_and_edits(one: str, other: str) -> int:
    """Return the optimal string alignment distance, by the book."""
    table = [[max(i, j) for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            cost = one[i - 1] != other[j - 1]
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + cost)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]
