"""Schemes whose seals shops show: how their pictures are named, and the hosts to which they may link."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pharmcheck.model import Registry
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.target import registrable_domain

_EEA_CODES = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO"
_EEA = frozenset(_EEA_CODES.split())
_CLICK = r"(?:click|klick|cliqu|klik|pulse|haga clic|clicca|clique|faceți clic|tarkista|kattint)"
_LEGAL = r"(?:legal|legál|légal|lovlig|laglig|zákon|rechtmäßig|lailli|jogszer|legalnoś)"

EU_PHRASE = compile_on_use(rf"{_CLICK}.{{0,80}}{_LEGAL}|{_LEGAL}.{{0,60}}{_CLICK}", re.IGNORECASE)
_CLICKS = ("click", "klick", "cliqu", "klik", "pulse", "clic", "tarkista", "kattint")
# Of these each pattern of seals.toml needs one: most pictures of a page hold none, and are told apart without a search.
_NEEDED = (
    "logo", "gphc", "pharmac", "mhra", "legit", "vipps", "nabp", "cipa", "versand", "dimdi", "bfarm", "vmd", "retailer",
    "aanbieders", "approved", "certified", "licen", "registered", "verified", "accredited", "seal", "badge",
    "distafarma", "bbb", "business",
)  # fmt: skip
_MOST_WORDS = 10  # a longer alt is a caption to a picture, not the name of a seal
_OF_BOARDS = re.compile(r"nabp|pharm|seal|cert|accredit|verif|vet|internet", re.IGNORECASE)
_PAYMENT = re.compile(r"pay|betal|vipps\.no|mobilepay|kort|klarna", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One table of `seals.toml`. `registries` are ids, or `EEA` for all registers of the area; `ended` is its last day."""

    id: str
    issuer: str
    pictures: re.Pattern[str]
    registries: tuple[str, ...]
    hosts: tuple[str, ...]
    ended: date | None
    links_cut: bool


@cache
def schemes() -> dict[str, Scheme]:
    """Return the schemes by id, in the order in which pictures are tried; raises KeyError for a table that lacks a value."""
    return {
        name: Scheme(
            name,
            table["issuer"],
            compile_on_use(table["pictures"], re.IGNORECASE),
            tuple(table.get("registries", ())),
            tuple(table.get("hosts", ())),
            table.get("ended"),
            table.get("links_cut", False),
        )
        for name, table in _tables().items()
        if name != "eea"
    }


def may_ask_to_click(words: str) -> bool:
    """True when words may hold the common logo's sentence; many words are asked for at the price of a few."""
    lowered = words.lower()
    return any(word in lowered for word in _CLICKS)


def may_name_a_seal(words: str) -> bool:
    """True when what all pictures of a page are called may hold the name of a seal, or the common logo's sentence."""
    lowered = words.lower()
    return any(word in lowered for word in (*_NEEDED, *_CLICKS))


def scheme_of(alt: str, file: str) -> str:
    """Return the scheme whose seal a picture with this alt text and file name shows, "" for none."""
    if alt and may_ask_to_click(alt) and EU_PHRASE.search(alt):
        return "eu-logo"
    lowered = f"{alt}\n{file}".lower()
    if not any(word in lowered for word in _NEEDED):
        return ""
    named = alt if len(alt.split()) <= _MOST_WORDS else ""
    for name, scheme in schemes().items():
        if scheme.pictures.search(named) or scheme.pictures.search(file):
            return "" if name == "vipps" and _is_wallet(alt, file) else name
    return ""


def _is_wallet(alt: str, file: str) -> bool:
    """True for a Norwegian way to pay that has the name of a seal: written as a name, and nothing beside it speaks of pharmacies."""
    told = f"{alt} {file}"
    return _PAYMENT.search(told) is not None or ("Vipps" in alt and not _OF_BOARDS.search(told))


class Issuers:
    """Where the issuers of seals are, as the registries at hand tell; what is asked twice is worked out once."""

    def __init__(self, registries: Sequence[Registry]) -> None:
        self.lawful = tuple(
            r for r in registries if r.polarity == "positive"
        )  # their pages and lists can confirm a seal
        self._rights: dict[str, frozenset[str]] = {}
        self._domains: dict[str, frozenset[str]] = {}

    def hosts_of(self, scheme: str) -> frozenset[str]:
        """Return the hosts on which the scheme's registries stand: only their pages can confirm a seal."""
        return frozenset(host for r in self.lawful if _belongs(r, scheme) for host in r.hosts)

    def right_hosts(self, scheme: str) -> frozenset[str]:
        """Return all hosts that a seal of the scheme may open."""
        if scheme not in self._rights:
            known = schemes().get(scheme)
            agencies = _tables()["eea"].values() if known and "EEA" in known.registries else ()
            registered = (host for r in self.lawful if _belongs(r, scheme) for host in r.hosts)
            others = known.hosts if known else ()
            self._rights[scheme] = frozenset((*registered, *others, *(h for hosts in agencies for h in hosts)))
        return self._rights[scheme]

    def may_open(self, scheme: str, host: str) -> bool:
        """True where a seal of the scheme rightly opens a page on `host`, whether that page can confirm it or not.

        A host is right when it is one of the scheme's, or lies in the registrable domain of one.
        """
        if scheme not in self._domains:
            self._domains[scheme] = frozenset(map(registrable_domain, self.right_hosts(scheme)))
        return registrable_domain(host) in self._domains[scheme]

    def ended(self, scheme: str, host: str, day: date) -> Scheme | None:
        """Return the ended scheme to which a seal that opens `host` belongs, None where the scheme still runs on `day`.

        A common logo that opens a host of the British scheme is a logo of that one. With `host` empty, only a scheme
        whose links were taken away has ended for the seal: of another one, a picture without a link is but a picture.
        """
        for name in (scheme, "gb-mhra-dsl") if scheme == "eu-logo" and host else (scheme,):
            known = schemes().get(name)
            if known is None or known.ended is None or known.ended >= day:
                continue
            if self.may_open(name, host) if host else known.links_cut:
                return known
        return None


def _belongs(registry: Registry, scheme: str) -> bool:
    known = schemes().get(scheme)
    wanted = known.registries if known else (scheme,)
    return registry.id in wanted or ("EEA" in wanted and registry.country in _EEA)


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("pharmcheck.reading").joinpath("seals.toml").read_text("utf-8"))
