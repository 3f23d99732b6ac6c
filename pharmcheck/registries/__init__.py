"""The registries: dated copies of official lists, and look-ups in them by domain, number or name."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property, partial
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from pharmcheck.model import Listing, Registry, Target
from pharmcheck.readers.our_list import HOST, RegistryError
from pharmcheck.registries.folder import Folder, read_folder
from pharmcheck.registries.index import Index, cache_folder
from pharmcheck.registries.search import find_names
from pharmcheck.registries.store import HELD, listing_files, registry_folders
from pharmcheck.registries.tables import RANK, normal_number, number_key, site_key, unpack_folder, unpack_listing
from pharmcheck.target import TargetError, given_url

__all__ = (
    "Folder",
    "Registries",
    "RegistryError",
    "in_order",
    "load_registries",
    "normal_number",
    "read_registries",
)

MOST_FOUND = 100  # a search is for a person to read
_ALL = "SELECT entry FROM listings ORDER BY id"
_LISTED_SITES = "SELECT entry FROM listings WHERE rank = ? AND site > '' ORDER BY id"
_OF_SITE = "SELECT entry FROM listings WHERE site = ? ORDER BY id"
_OF_NUMBER = "SELECT entry FROM listings WHERE code = ? AND registry = ? ORDER BY id"
_ANY_NUMBER = "SELECT entry FROM listings WHERE code = ? ORDER BY rank, day DESC, id LIMIT ?"
_AROUND = """SELECT entry FROM listings WHERE id IN (
  SELECT id FROM listings WHERE site >= ? AND site < ?
  UNION SELECT id FROM listings WHERE site IN (SELECT value FROM json_each(?))
) ORDER BY rank, day DESC, id LIMIT ?"""
_NAMED = """SELECT entry FROM listings WHERE name IN (SELECT value FROM json_each(?))
ORDER BY (SELECT size FROM names WHERE arrival = listings.name), rank, day DESC, id LIMIT ?"""


class Registries:
    """All registries with their listings, looked up in an index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @cached_property
    def folders(self) -> tuple[Folder, ...]:
        """The folders of the registries, in the order of their ids."""
        return tuple(unpack_folder(facts) for (facts,) in self._rows("SELECT facts FROM folders ORDER BY no"))

    @cached_property
    def all(self) -> tuple[Registry, ...]:
        """The registries, in the order of their ids."""
        return tuple(folder.registry for folder in self.folders)

    @property
    def listings(self) -> tuple[Listing, ...]:
        """All listings, registry by registry; this reads the whole index."""
        return self._listings(_ALL)

    @property
    def listed_sites(self) -> tuple[Listing, ...]:
        """The listings that name a lawful seller's web site."""
        return tuple(unpack_listing(x) for (x,) in self._rows(_LISTED_SITES, RANK["listed"]))

    def for_site(self, target: Target) -> tuple[Listing, ...]:
        """Return the listings of the target's site: warnings first, then entries, then lifted warnings; newest first.

        A listing of a registrable domain covers all its hosts. One of a deeper host, or with a path, covers that
        host and that path only: an entry for `shop.example/pharmacy` says nothing about the rest of `shop.example`.
        """
        path = _path(target.url)
        hosts = _upwards(target.host, target.domain)
        found = (x for host in hosts for x in self._listings(_OF_SITE, site_key(host)))
        return in_order(x for x in found if not x.path or path == x.path or path.startswith(x.path + "/"))

    def by_number(self, registry_id: str, number: str) -> tuple[Listing, ...]:
        """Return the entries of one registry with that number; blanks, dashes and case do not matter."""
        wanted = normal_number(number)
        same = self._listings(_OF_NUMBER, number_key(number), registry_id)
        return in_order(x for x in same if normal_number(x.number) == wanted)

    def search(self, text: str) -> tuple[Listing, ...]:
        """Return at most 100 listings whose domain, number or name a person may mean by `text`, an address in any form.

        A name is meant where each word of `text` is one of its words, in any order: if there is no such name, with one
        typing error in all, and else with two. Names with the fewest other words come first, of those warnings.
        """
        text = text.strip()[:200]
        if (host := _host_of(text)) and (found := self._around(host)):
            return found
        number = number_key(text)
        same = self._listings(_ANY_NUMBER, number, MOST_FOUND) if any(x.isdigit() for x in number) else ()
        return same or self._named(text)

    def _around(self, host: str) -> tuple[Listing, ...]:
        """Return the listings of a host, of those below it and of those above it."""
        key = site_key(host)
        above = [site_key(".".join(host.split(".")[i:])) for i in range(1, host.count("."))]
        return self._listings(_AROUND, key, key[:-1] + "/", json.dumps(above), MOST_FOUND)  # / comes after .

    def _named(self, text: str) -> tuple[Listing, ...]:
        names = self._index.ask(partial(find_names, text=text, limit=MOST_FOUND))
        return self._listings(_NAMED, json.dumps(names), MOST_FOUND)

    def _listings(self, sql: str, *values: str | int) -> tuple[Listing, ...]:
        return tuple(unpack_listing(entry) for (entry,) in self._rows(sql, *values))

    def _rows(self, sql: str, *values: str | int) -> list[tuple[str]]:
        return self._index.ask(lambda base: base.execute(sql, values).fetchall())


@cache
def load_registries() -> Registries:
    """Return the registries with the newest list that we hold of each, shipped or the user's, and their index."""
    return _indexed(tuple(listing_files().values()), cache_folder())


def read_registries(root: Path, kept: Path | None = None) -> Registries:
    """Return the registries of all folders in `root`, with their index in the folder `kept`, or in memory without one.

    RegistryError at the first thing not understood.
    """
    return _indexed([(folder / "registry.toml", folder / "list.csv") for folder in registry_folders(root)], kept)


def _indexed(lists: Collection[tuple[Path, Path | None]], kept: Path | None) -> Registries:
    """Return the registries of these facts and lists; beside a list of the user's, list.json holds its date."""
    if not lists:
        raise RegistryError("no registry was found; reinstall pharmcheck")
    files = [file for facts, entries in lists for file in (facts, *_with_date(entries))]
    return Registries(Index(files, lambda: (read_folder(facts.parent, entries) for facts, entries in lists), kept))


def _with_date(entries: Path | None) -> tuple[Path, ...]:
    return (entries, entries.with_name("list.json"), entries.with_name(HELD)) if entries else ()


def in_order(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    """Return listings by weight: warnings first, then entries, then lifted warnings; the newest first."""
    newest = sorted(listings, key=lambda x: x.since or x.as_of, reverse=True)
    return tuple(sorted(newest, key=lambda x: RANK[x.status]))


def _upwards(host: str, domain: str) -> Iterator[str]:
    """Yield the host without `www.`, then each parent up to the registrable domain."""
    host = host.removeprefix("www.")
    while host and host != domain:
        yield host
        host = host.partition(".")[2]
    yield domain


def _path(url: str) -> str:
    """Return the path that a server serves: `/pharmacy/../pills` is no part of `/pharmacy`."""
    return normpath(unquote(urlsplit(url).path).replace("\\", "/")).rstrip("/")


def _host_of(text: str) -> str:
    """Return the host that a pasted address means, defanged, international or not; "" where the text means none."""
    if "." not in text or " " in text:
        return ""
    try:
        host = given_url(text)[1].removeprefix("www.")
    except TargetError:
        return ""
    return host if HOST.fullmatch(host) else ""
