"""The registries: dated copies of official lists, and look-ups in them by domain, number or name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pharmcheck.model import Listing, Registry, Target
from pharmcheck.registry_folder import HOST, Folder, RegistryError, entry_url, read_folder
from pharmcheck.registry_store import listing_files

__all__ = (
    "Folder",
    "Registries",
    "RegistryError",
    "entry_url",
    "load_registries",
    "normal_number",
    "read_registries",
)

_RANK = {"warned": 0, "listed": 1, "lifted": 2, "recorded": 3}
_MOST_FOUND = 100  # a search is for a person to read
_ALIKE = 0.85  # difflib's ratio: one letter wrong in seven still finds a name


@dataclass(frozen=True, slots=True, eq=False)
class Registries:
    """All registries with their listings, indexed by host and by number."""

    folders: tuple[Folder, ...]
    listings: tuple[Listing, ...]
    by_host: Mapping[str, tuple[Listing, ...]]
    numbers: Mapping[tuple[str, str], tuple[Listing, ...]]

    @property
    def all(self) -> tuple[Registry, ...]:
        """The registries, in the order of their ids."""
        return tuple(folder.registry for folder in self.folders)

    def for_site(self, target: Target) -> tuple[Listing, ...]:
        """Return the listings of the target's site: warnings first, then entries, then lifted warnings; newest first.

        A listing of a registrable domain covers all its hosts. One of a deeper host, or with a path, covers that
        host and that path only: an entry for `shop.example/pharmacy` says nothing about the rest of `shop.example`.
        """
        path = _path(target.url)
        found = (x for host in _upwards(target.host, target.domain) for x in self.by_host.get(host, ()))
        return _sorted(x for x in found if not x.path or path == x.path or path.startswith(x.path + "/"))

    def by_number(self, registry_id: str, number: str) -> tuple[Listing, ...]:
        """Return the entries of one registry with that number; blanks, dashes and case do not matter."""
        return _sorted(self.numbers.get((registry_id, normal_number(number)), ()))

    def search(self, text: str) -> tuple[Listing, ...]:
        """Return at most 100 listings whose domain, number or name a person may mean by `text`."""
        text = text.strip()[:200]
        host = _host_of(text)
        if host:
            near = (x for x in self.listings if x.domain and _related(x.domain, host))
            return _sorted(near)[:_MOST_FOUND]
        number = normal_number(text).lstrip("0")
        if any(character.isdigit() for character in number):
            same = [x for x in self.listings if x.number and normal_number(x.number).lstrip("0") == number]
            if same:
                return _sorted(same)[:_MOST_FOUND]
        alike = _alike(text, {x.name for x in self.listings})
        return _sorted(x for x in self.listings if x.name in alike)[:_MOST_FOUND]


@cache
def load_registries() -> Registries:
    """Return the registries with the newest list that we hold of each, shipped or the user's, read once."""
    return _read(listing_files().values())


def read_registries(root: Path) -> Registries:
    """Return the registries of all folders in `root`; RegistryError at the first thing not understood."""
    return _read((facts, None) for facts in sorted(root.glob("*/registry.toml")))


def _read(files: Iterable[tuple[Path, Path | None]]) -> Registries:
    folders: list[Folder] = []
    listings: list[Listing] = []
    for facts, entries in files:
        folder, rows = read_folder(facts.parent, entries)
        folders.append(folder)
        listings += rows
    if not folders:
        raise RegistryError("no registry found; reinstall pharmcheck")
    by_host: dict[str, list[Listing]] = {}
    numbers: dict[tuple[str, str], list[Listing]] = {}
    for listing in listings:
        if listing.domain:
            by_host.setdefault(listing.domain, []).append(listing)
        if listing.number:
            numbers.setdefault((listing.registry, normal_number(listing.number)), []).append(listing)
    return Registries(
        tuple(folders),
        tuple(listings),
        {host: tuple(rows) for host, rows in by_host.items()},
        {key: tuple(rows) for key, rows in numbers.items()},
    )


def normal_number(number: str) -> str:
    """Return the letters and digits of a licence number, upper-case."""
    return "".join(character for character in number.upper() if character.isalnum())


def _sorted(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    newest = sorted(listings, key=lambda x: x.since or x.as_of, reverse=True)
    return tuple(sorted(newest, key=lambda x: _RANK[x.status]))


def _upwards(host: str, domain: str) -> Iterator[str]:
    """Yield the host without `www.`, then each parent up to the registrable domain."""
    host = host.removeprefix("www.")
    while host and host != domain:
        yield host
        host = host.partition(".")[2]
    yield domain


def _path(url: str) -> str:
    return unquote(urlsplit(url).path).rstrip("/")


def _host_of(text: str) -> str:
    """Return the host that `text` gives, as an address or bare, defanged or not; "" when it gives none."""
    host = text.replace("[.]", ".").lower().rpartition("://")[2].partition("/")[0].partition(":")[0]
    host = host.strip(".").removeprefix("www.")
    return host if HOST.fullmatch(host) else ""


def _related(one: str, other: str) -> bool:
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _alike(text: str, names: Iterable[str]) -> frozenset[str]:
    """Return the names that contain every word of `text`, or differ from it by a few letters."""
    wanted = _fold(text)
    words = set(wanted.split())
    if not words:
        return frozenset()
    matcher = SequenceMatcher(b=wanted, autojunk=False)

    def fits(name: str) -> bool:
        folded = _fold(name)
        if words <= set(folded.split()):
            return True
        matcher.set_seq1(folded)
        return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE

    return frozenset(name for name in names if name and fits(name))


def _fold(name: str) -> str:
    """Return the words of a name without case, accents and punctuation, one blank between them."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(x if x.isalnum() else " " for x in plain if not unicodedata.combining(x))
    return " ".join(letters.split())
