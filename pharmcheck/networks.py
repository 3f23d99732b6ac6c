"""Which identifiers tie sites into a network, and how strongly: the rules, without a store (`audit/woven.py` has that).

The rules prefer to miss a tie over wronging somebody: what a platform, an agency or a shopping mall hands to its
tenants ties nobody, nor does what a pharmacy that a register names prints itself, for others may have copied it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from pharmcheck.reading.freemail import is_freemail

ACCUSED = frozenset(("rogue", "suspicious"))
# An identifier on more unrelated sites than this is a platform's. A platform serves lawful sites too: where nearly all are
# accused, it may be one operator's (a network of 2025 had 5,000 domains behind about 60 checkouts), up to the second bound.
HUB = 50
HUB_OF_ACCUSED = {"alone": 5_000, "joint": 500}
_NEARLY_ALL = 0.95
_BANDS = 6  # of two minima: with one word of 18 changed, sentences share a band in 996 of 1,000 cases, with two in 966
_SHINGLE = 3  # words
_ALIKE = 0.5  # of the shingles of both: a name and an adjective may differ
_63_BITS = (1 << 63) - 1


class Strength(StrEnum):
    """What sharing an identifier proves: `alone` one operator; `joint` only beside a second one; `none` nothing."""

    ALONE = "alone"
    JOINT = "joint"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Carriers:
    """On how many sites an identifier stands: on all, on those that we accuse, on those that a register names."""

    sites: int
    accused: int
    lawful: int

    @property
    def mostly_accused(self) -> bool:
        return 2 * self.accused > self.sites


def strength(kind: str, value: str, on: Carriers) -> Strength:
    """Return what it proves that sites share this identifier.

    A wallet, a chat account, a mailbox at a free provider have one holder, and who copies them sends customers elsewhere.
    Telephones, other mail addresses and domains on one certificate count so where most of the sites are accused; elsewhere
    they may be those of a platform, of an agency, or of a pharmacy whose identity was stolen.
    """
    if on.lawful:
        return Strength.NONE
    if kind in ("wallet", "messenger") or (kind == "email" and is_freemail(value.rpartition("@")[2])):
        return Strength.ALONE
    if kind in ("phone", "email", "certificate") and on.mostly_accused:
        return Strength.ALONE
    return Strength.JOINT


def together(one: str, other: str) -> bool:
    """True when two identifiers of these kinds, on the same sites, prove what neither proves alone.

    One has to be of the trade: platforms give their tenants a telephone and a checkout, malls an address, but no sentences
    about customs; and who steals the identity of a pharmacy takes its number and address at once.
    """
    kinds = {one, other}
    return "sentence" in kinds or kinds == {"prices", "checkout"}


def most_unrelated(proves: Strength, on: Carriers, hub: int) -> int:
    """Return on how many unrelated sites an identifier may stand before it counts as a platform's."""
    nearly_all = on.accused >= _NEARLY_ALL * on.sites
    return max(hub, HUB_OF_ACCUSED[proves.value] if nearly_all and proves is not Strength.NONE else hub)


def key_of(kind: str, value: str) -> int:
    """Return 63 bits for an identifier: five million of them collide with odds of one in a million."""
    return _hashed(f"{kind}\0{value}") >> 1


def bands(sentence: str) -> Iterator[int]:
    """Yield keys of which two sentences share at least one when they are probably alike (MinHash, banded)."""
    shingles = [_hashed(s) for s in _shingles(sentence)]
    if not shingles:
        return
    least = [min([mask ^ s for s in shingles]) for mask in _MASKS]
    for band in range(_BANDS):
        yield (least[2 * band] * 31 + least[2 * band + 1] + band) & _63_BITS


def are_alike(one: str, other: str) -> bool:
    """True when two sentences share half of their shingles."""
    a, b = _shingles(one), _shingles(other)
    return bool(a) and len(a & b) >= _ALIKE * len(a | b)


def _shingles(sentence: str) -> set[str]:
    words = sentence.split()
    return {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}


def _hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())


# Fixed masks in place of random permutations of hashes: the same sentence has the same keys everywhere.
_MASKS = tuple(_hashed(f"mask {i}") for i in range(2 * _BANDS))


class Groups:
    """Sites, by number, joined into groups: union-find in four bytes a site."""

    def __init__(self, sites: int) -> None:
        self._above = array("i", range(sites))

    def of(self, site: int) -> int:
        """Return the number that stands for the group of a site."""
        above = self._above
        while above[site] != site:
            above[site] = above[above[site]]
            site = above[site]
        return site

    def join(self, sites: Iterable[int]) -> None:
        """Make one group of the groups of these sites; the least number stands for it."""
        roots = {self.of(site) for site in sites}
        least = min(roots, default=0)
        for root in roots:
            self._above[root] = least

    def unrelated(self, sites: Iterable[int]) -> int:
        """Return in how many groups these sites are."""
        return len({self.of(site) for site in sites})
