"""One registry: its `registry.toml` and `list.csv`, read strictly, into a registry and its listings."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pharmcheck.model import Listing, Registry
from pharmcheck.readers.our_list import COLUMNS, HOST, RegistryError
from pharmcheck.readers.spec import DATE, FLAG, NAMES, TEXT, WHOLE, Reader, SpecError, is_a, read_spec
from pharmcheck.registries.store import held_days, read_origin

LISTS = frozenset(
    (
        *("pharmacies", "sites", "other-retailers", "accredited", "illegal-sites", "warned-sites", "blocked-sites"),
        # What speaks neither for nor against a seller: numbers, prescribing services, ways to registers, an authority
        # without a list of sellers, and lists of nobody who answers for them.
        *("identifiers", "prescribers", "directory", "authority", "unofficial"),
    )
)
STATUSES = {
    "positive": frozenset(("listed",)),
    "negative": frozenset(("warned", "contested", "lifted")),
    "neutral": frozenset(("recorded",)),
}
FORMATS = frozenset(("html", "pdf", "csv", "xls", "xlsx", "json", "xml", "text", "dns", "press-notes"))
_KEYS: Mapping[str, str] = {
    **dict.fromkeys(("authority", "country", "polarity", "url", "exhaustive", "names_sites", "law"), TEXT),
    **dict.fromkeys(("licence", "source", "confidence"), TEXT),
    **dict.fromkeys(("lists", "hosts"), NAMES),
    "max_age_days": WHOLE,
    "facts_as_of": DATE,
}
_OPTIONAL: Mapping[str, str] = {
    **dict.fromkeys(("region", "download_url", "search_url", "entry_url", "number_pattern", "report_url"), TEXT),
    **dict.fromkeys(("caution", "closed", "hosts_confirm"), FLAG),
    "formats": NAMES,
    "entry_max_age_days": WHOLE,
}
_BOUNDS: Mapping[str, str] = {"min_entries": WHOLE, "max_entries": WHOLE}
_OF_LIST: Mapping[str, str] = {"as_of": DATE, **_BOUNDS, "list_source": TEXT}
_CHOICES: Mapping[str, frozenset[str]] = {
    "polarity": frozenset(STATUSES),
    "exhaustive": frozenset(("", "pharmacies", "other-retailers", "sellers", "veterinary")),
    "names_sites": frozenset(("yes", "no", "partly", "unknown")),
    "confidence": frozenset(("high", "medium", "low")),
}


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder of `registries/`: the registry, and what its `registry.toml` says beyond it.

    `lists` are words of LISTS; `names_sites` tells whether the entries carry web addresses (yes, no, partly, unknown);
    `formats` are words of FORMATS, none where nothing is public. `hosts`, `exhaustive` and `number_pattern` are as the
    facts say, also where these rest on memory and the registry therefore does not carry them.
    """

    registry: Registry
    lists: tuple[str, ...]
    formats: tuple[str, ...]
    hosts: tuple[str, ...]
    exhaustive: str
    number_pattern: str
    names_sites: str
    law: str
    licence: str
    download_url: str
    facts_as_of: date


def read_folder(folder: Path, newer: Path | None = None) -> tuple[Folder, tuple[Listing, ...]]:
    """Return one registry and its listings from `registry.toml` and, if there is one, `list.csv`.

    `newer` is a list of the user's, in the place of the one in the folder; the `list.json` beside it then gives date
    and source, in the place of what `registry.toml` says.
    """
    source = newer or folder / "list.csv"
    facts = _facts(folder, has_list=(folder / "list.csv").is_file())
    where = f"{folder.name}/list.csv"
    if source.parent != folder:
        where = str(source)
        if not source.is_file():
            raise RegistryError(f"{where} is missing; remove its folder to use the list before it")
        origin = read_origin(source.parent)
        facts.update(as_of=origin.as_of)
    registry = _registry(folder.name, facts)
    rows: tuple[Listing, ...] = ()
    if source.is_file():
        rows = _counted(source, where, registry, facts)
        if source.parent != folder:
            days = held_days(source.parent)
            rows = tuple(replace(x, held_since=days.get((x.domain, x.number))) if x.domain else x for x in rows)
        if source.parent != folder and not _whole(read_reader(folder), rows):
            registry = replace(registry, exhaustive="")
    keys = ("law", "licence", "download_url", "exhaustive", "number_pattern")
    extra = {key: facts.get(key, "") for key in keys}
    lists, names_sites, day = tuple(facts["lists"]), facts["names_sites"], facts["facts_as_of"]
    formats, hosts = tuple(facts.get("formats", ())), tuple(facts["hosts"])
    registry = replace(registry, entries=len(rows))
    return Folder(registry, lists, formats, hosts, names_sites=names_sites, facts_as_of=day, **extra), rows


def _counted(source: Path, where: str, registry: Registry, facts: Mapping[str, Any]) -> tuple[Listing, ...]:
    """Return the rows of a list; RegistryError where one is not in order or their number is not, of the user's with what to do."""
    try:
        rows = tuple(_listings(source, where, registry))
        low, high = facts.get("min_entries", 1), facts.get("max_entries", len(rows))
        if not low <= len(rows) <= high:
            raise RegistryError(f"{where}: {len(rows)} entries, expected {low} to {high}")
    except RegistryError as error:
        if where == f"{registry.id}/list.csv":
            raise
        again = f"then pharmcheck registries update {registry.id} fetches it anew"
        raise RegistryError(f"{error}; remove the folder {source.parent} to use the list before it; {again}") from None
    return rows


def _registry(name: str, facts: Mapping[str, Any]) -> Registry:
    """Return the registry with what may judge a site.

    Facts from memory prove no absence and give no number its shape. A page on a registry's host can confirm a seal and so
    earn trust: hosts from memory, those of lists that name no sites, and those on which an agency also warns of sites by
    name are left to the folder.
    """
    from_memory = facts["confidence"] == "low"
    names_sites = facts["polarity"] == "positive" and facts["names_sites"] != "no"
    sure = names_sites and not from_memory and facts.get("hosts_confirm", True)
    return Registry(
        id=name,
        hosts=tuple(facts["hosts"]) if sure else (),
        as_of=facts.get("as_of"),
        max_age_days=facts["max_age_days"],
        caution=facts.get("caution", False),
        closed=facts.get("closed", False),
        entry_max_age_days=facts.get("entry_max_age_days", 0),
        exhaustive="" if from_memory else facts["exhaustive"],
        number_pattern="" if from_memory else facts.get("number_pattern", ""),
        accredits="accredited" in facts["lists"],
        **{key: facts[key] for key in ("country", "authority", "polarity", "url", "source", "confidence")},
        **{key: facts.get(key, "") for key in ("entry_url", "region")},
    )


def _whole(reader: Reader | None, rows: Iterable[Listing]) -> bool:
    """Tell whether absence from a list of the user's can prove anything.

    Not where rows were left out (their numbers are real), and not where an entry lacks its address or names a part of a
    site only: a lawful seller would seem to be absent.
    """
    left_out = reader is None or bool(reader.keep or reader.drop)
    return not left_out and all(row.domain and not row.path for row in rows)


def read_reader(folder: Path) -> Reader | None:
    """Return how a registry's published list is read, None where its form is not known; RegistryError as above."""
    return _reader(_toml(folder).get("reader"), f"{folder.name}/registry.toml")


def entry_url(registry: Registry, number: str, domain: str) -> str:
    """Return the address of the entry with that number or domain, or the registry's own where it cannot be built."""
    url = registry.entry_url.replace("{number}", quote(number, safe="") or "{number}")
    url = url.replace("{domain}", quote(domain, safe="") or "{domain}")
    return url if url and "{" not in url else registry.url


def _facts(folder: Path, *, has_list: bool) -> dict[str, Any]:
    """Return the checked values of `registry.toml`."""
    where = f"{folder.name}/registry.toml"
    facts = _toml(folder)
    table = _reader(facts.pop("reader", None), where)
    needed = {**_KEYS, **(_OF_LIST if has_list else _BOUNDS if table else {})}
    known = {**needed, **_OPTIONAL}
    if unknown := sorted(facts.keys() - known.keys()):
        raise RegistryError(f"{where}: unknown key {unknown[0]}" + ("" if has_list else " (there is no list.csv)"))
    if missing := sorted(needed.keys() - facts.keys()):
        raise RegistryError(f"{where}: key {missing[0]} is missing")
    for key, value in facts.items():
        if not is_a(value, known[key]):
            raise RegistryError(f"{where}: {key} must be a {known[key]}")
        if key in _CHOICES and value not in _CHOICES[key]:
            raise RegistryError(f"{where}: {key} is {value!r}, expected one of {sorted(_CHOICES[key])}")
    if complaint := next(_complaints(facts, has_list=has_list), ""):
        raise RegistryError(f"{where}: {complaint}")
    if not all(re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", host) for host in facts["hosts"]):
        raise RegistryError(f"{where}: hosts must be plain host names")
    if strange := re.sub(r"\{(number|domain|slug)\}", "", facts.get("entry_url", "")).count("{"):
        raise RegistryError(
            f"{where}: entry_url has {strange} unknown places; known are {{number}}, {{domain}}, {{slug}}"
        )
    try:
        re.compile(facts.get("number_pattern", ""))
    except re.error as error:
        raise RegistryError(f"{where}: number_pattern: {error}") from None
    return facts


def _complaints(facts: Mapping[str, Any], *, has_list: bool) -> Iterator[str]:
    """Yield what is wrong with the words of lists, and with facts that do not go together."""
    if not set(facts["lists"]) <= LISTS or not facts["lists"]:
        yield f"lists is {facts['lists']}, expected words of {sorted(LISTS)}"
    if not set(facts.get("formats", ())) <= FORMATS:
        yield f"formats is {facts['formats']}, expected words of {sorted(FORMATS)}"
    if facts.get("region") and facts["exhaustive"]:
        yield "a list of one region is exhaustive for nobody: buyers and sellers name a country"
    if "unofficial" in facts["lists"] and (has_list or facts["polarity"] != "neutral"):
        yield "an unofficial list is neutral, and its entries are never held"


def _toml(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / "registry.toml").read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(f"{folder.name}/registry.toml: {error}") from None


def _reader(table: Any, where: str) -> Reader | None:
    if table is None:
        return None
    if not isinstance(table, dict):
        raise RegistryError(f"{where}: reader must be a table")
    try:
        return read_spec(table)
    except SpecError as error:
        raise RegistryError(f"{where}: [reader] {error}") from None


def _listings(source: Path, where: str, registry: Registry) -> Iterator[Listing]:
    """Yield the rows of `list.csv`; RegistryError with file and line at the first one that is not in order."""
    pattern = re.compile(registry.number_pattern)
    seen: set[tuple[str, ...]] = set()
    with source.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, strict=True)
        try:
            if tuple(next(rows, ())) != COLUMNS:
                raise RegistryError(f"{where}, line 1: the columns must be {','.join(COLUMNS)}")
            for row in rows:
                if len(row) != len(COLUMNS):
                    raise RegistryError(f"{where}, line {rows.line_num}: {len(row)} fields, expected {len(COLUMNS)}")
                if (key := tuple(row)) in seen:
                    raise RegistryError(f"{where}, line {rows.line_num}: the same row stands twice")
                seen.add(key)
                try:
                    yield _listing(row, registry, pattern)
                except ValueError as error:
                    raise RegistryError(f"{where}, line {rows.line_num}: {error}") from None
        except (csv.Error, UnicodeDecodeError) as error:
            raise RegistryError(f"{where}, line {rows.line_num}: {error}") from None


def _listing(row: list[str], registry: Registry, pattern: re.Pattern[str]) -> Listing:
    name, number, domain, path, status, since_text, note, url = row
    if status not in STATUSES[registry.polarity]:
        raise ValueError(f"status {status!r} does not belong in a {registry.polarity} list")
    if not (name or number or domain):
        raise ValueError("a row needs a name, a number or a domain")
    if domain and not HOST.fullmatch(domain):
        raise ValueError(f"domain {domain!r} is not a lower-case ASCII host without www.")
    if domain and registry.polarity == "neutral":
        raise ValueError(f"domain {domain!r} in a neutral list, whose entries speak for no site")
    if path and not (domain and path.startswith("/") and not path.endswith("/")):
        raise ValueError(f"path {path!r} must begin with a slash, not end with one, and follow a domain")
    if number and registry.number_pattern and not pattern.fullmatch(number):
        raise ValueError(f"number {number!r} has not the shape {registry.number_pattern}")
    since = date.fromisoformat(since_text) if since_text else None
    as_of = registry.as_of
    assert as_of is not None  # _facts demands it where there is a list
    if since and since > as_of:
        raise ValueError(f"since {since} is later than the list, which is of {as_of}")
    url = url or entry_url(registry, number, domain)
    contested = status == "contested"
    status = "warned" if contested else status
    return Listing(
        registry.id, registry.country, name, number, domain, status, url, as_of, since, path, note, contested
    )
