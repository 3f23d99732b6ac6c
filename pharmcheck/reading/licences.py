"""Licence and registration numbers on a page, each with the registry whose shape it has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from pharmcheck.model import Licence, Page, Registry
from pharmcheck.reading.check_digits import WRONG, npi_holds
from pharmcheck.reading.entry_links import numbers_in
from pharmcheck.reading.landmarks import around, landmarks
from pharmcheck.reading.lines import Span
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.passages import quote_of
from pharmcheck.target import host_of

_NPI_REGISTRY = "us-nppes"
_REACH_CHARS = 60  # between a cue and its number stand a few words at most
_LONGEST_CHARS = 35  # of a number, and the character behind it
_CONTEXT_CHARS = 100  # before a general cue a pharmacy must be spoken of, or it is any company's number
_NPI = re.compile(r"[12]\d{9}")

# Words beside which a number is one of that registry's; other registries go by the words of any register. What is added
# here or to `_ANY_CUE` is added to the landmarks `licence` too.
_WORDS = {
    "gb-gphc": r"GPhC|General Pharmaceutical Council|[Pp]remises (?:registration|reg|number)|"
    r"[Pp]harmacy (?:registration|reg\b|premises|number)|[Rr]egistered [Pp]harmacy",
    "gb-mhra-dsl": r"MHRA|distance selling",
    "ie-psi": r"PSI\b|Pharmaceutical Society of Ireland",
    "nl-aanbiedersmedicijnen": r"KvK|[Vv]estigingsnummer|aanbiedersmedicijnen",
    "cz-sukl": r"[Kk]ód (?:lékárny|pracoviště)|SÚKL|[Čč]íslo pracoviště",
    "pl-ra": r"[Zz]ezwoleni\w*|[Ii]dentyfikator apteki|[Rr]ejestr\w* [Aa]ptek|(?:[Nn]r|[Nn]umer) (?:apteki|rejestru)",
    "fr-onp": r"[Ll]icence|ARS\b",
    "be-famhp": r"APB\b|FAGG|AFMPS|FAMHP|[Vv]ergunning\w*|[Nn]° d['’]autorisation",
    "de-bfarm-versandhandel": r"BfArM|DIMDI|[Vv]ersandhandels-?[Rr]egister",
    _NPI_REGISTRY: r"NPI\b|National Provider Identifier",
}
_ANY_CUE = compile_on_use(
    r"(?:[Rr]egistration|[Rr]egister|[Ll]icen[cs]e|[Pp]ermit|[Aa]uthori[sz]ation|[Aa]ccreditation)\s?"
    r"(?:[Nn]o\b|[Nn]r\b|[Nn]umber|№|#|ID\b)|[Rr]egistr(?:ierungs|ations)-?(?:[Nn]r|[Nn]ummer)|NABP|NCPDP|"
    r"[Čč]íslo (?:registrace|povolení)|[Nn]uméro d['’]enregistrement|[Nn]úmero de (?:registro|autorización)|"
    r"[Zz]ulassungsnummer|[Bb]etriebserlaubnis"
)
_CUES = {registry: re.compile(words) for registry, words in _WORDS.items()}
_OTHER_REGISTER = re.compile(
    r"(?:company|companies house|vat|charity|ico|trade ?mark|tax|handels)\W{0,3}\Z", re.IGNORECASE
)
_PHARMACY = re.compile(r"pharmac|apothe|apotek|aptek|lékár|farmac|pharmazie|drogist", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w.,-])(?:[0-9a-f]{32}|\d{2,3}\s?#\s?\d{6}|2[AB]\s?#\s?\d{6}|\d(?:[ \u00a0]?\d){2,14})(?![\w-])"
)


def read_licences(page: Page, registries: Sequence[Registry], countries: Collection[str]) -> Iterator[Licence]:
    """Yield the numbers that stand after a cue or in a link to a registry's host.

    After a cue of any register (`licence no.`) a number goes only to registries of `countries`. A number whose check
    digit is wrong is still one that the site prints; its quote's note says that it fails.
    """
    numbered = [r for r in registries if r.polarity == "positive" and r.number_pattern]
    near = tuple(around(landmarks(page.text).get("licence", ()), 0, _REACH_CHARS + _LONGEST_CHARS, len(page.text)))
    if near:
        shapes = {_NPI_REGISTRY: _NPI} | {r.id: _shape(r.number_pattern) for r in numbered}
        yield from _printed(page, near, shapes, {r.id for r in numbered if r.country in countries})
    yield from _linked(page, numbered)


@lru_cache(maxsize=256)  # to ask `re` for a known pattern takes ten times as long
def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _printed(
    page: Page, near: Sequence[Span], shapes: Mapping[str, re.Pattern[str]], at_home: Collection[str]
) -> Iterator[Licence]:
    """Yield the numbers in those stretches of a page that have words of a cue before them."""
    text = page.text
    for number in (number for start, end in near for number in _NUMBER.finditer(text, start, end)):
        plain = re.sub(r"[\s\u00a0]", "", number[0])
        fitting = [registry for registry, shape in shapes.items() if shape.fullmatch(plain)]
        if not fitting:
            continue
        floor = max(0, number.start() - _REACH_CHARS)
        before = text[floor : number.start()]
        before = "\n".join(before.rsplit("\n", 2)[-2:])  # a label may stand on the line above its number
        for registry in fitting:
            cue = _cue(registry, before, text[max(0, floor - _CONTEXT_CHARS) : floor] + before, at_home)
            if cue is not None:
                start = number.start() - len(before) + cue
                yield Licence(registry, plain, page.quote(start, number.end(), _check(registry, plain)))


def _cue(registry: str, before: str, context: str, at_home: Collection[str]) -> int | None:
    """Return where in `before` the last cue for that registry begins, None if there is none."""
    cues = list(_CUES[registry].finditer(before)) if registry in _CUES else []
    weak = registry in ("de-bfarm-versandhandel", "gb-mhra-dsl")  # any short number has their shape
    if not cues and registry in at_home and not weak and _PHARMACY.search(context):
        cues = list(_ANY_CUE.finditer(before))
    if not cues or _OTHER_REGISTER.search(before, 0, cues[-1].start()) or _NUMBER.search(before, cues[-1].end()):
        return None
    return cues[-1].start()


def _linked(page: Page, registries: Iterable[Registry]) -> Iterator[Licence]:
    linked = {host_of(link.url) for link in page.links}
    hosts = {host: registry for registry in registries for host in registry.hosts if host in linked}
    for link in page.links if hosts else ():
        host = host_of(link.url)
        for number in numbers_in(link.url, hosts[host]) if host in hosts else ():
            yield Licence(hosts[host].id, number, quote_of(page, link.url, "in a link to the register"))


def _check(registry: str, number: str) -> str:
    return WRONG if registry == _NPI_REGISTRY and not npi_holds(number) else ""
