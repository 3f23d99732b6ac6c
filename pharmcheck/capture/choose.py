"""Which links of a site are worth reading, by role; pure and in a fixed order."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from pharmcheck.model import Page, Target
from pharmcheck.model.captured import FIRST
from pharmcheck.reading.medicine_table import load_medicines
from pharmcheck.target import TargetError, host_of, normal_url, registrable_domain

# Pages of a role that are read, where more than one: an empty cart shows no order form, the checkout behind it may.
PLACES = {"product": 3, "checkout": 2, "further": 50}
MAX_ISSUER_PAGES = 3
_MAX_TEXT_CHARS = 80  # a longer link text is a teaser, not a label
# A GET of these could change something: a session, a basket, a subscription.
_ACTION = re.compile(
    r"(?:^|[/?&=_.\-])(?:add|addtocart|add2cart|remove|delete|clear|empty|log-?out|log-?off|sign-?out|unsubscribe|"
    r"vote|compare|wishlist|abmelden|deconnexion|cerrar-sesion|odhlasit|wyloguj)(?:[/?&=_.\-]|$)",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|svg|webp|ico|css|js|json|xml|rss|zip|gz|docx?|xlsx?|mp[34]|avi|apk|exe|woff2?)$",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[\W_]+")


def scope_of(target: Target, pages: Sequence[Page]) -> frozenset[str]:
    """Return the hosts whose pages count as the site's: of the domain, or, for a pasted page, of its host.

    `pages` are those read so far, without those of issuers.
    """
    linked = set(map(host_of, {k.url for p in pages for k in p.links} | {p.url for p in pages}))
    start = [target.host, *(host_of(p.url) for p in pages if p.role in FIRST)]
    if target.is_page:
        return frozenset(h for h in linked if any(_bare(h) == _bare(s) for s in start))
    domains = {registrable_domain(h) for h in start}
    return frozenset(h for h in linked if h and registrable_domain(h) in domains)


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def candidates(pages: Iterable[Page], in_scope: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return for each role the URLs that links of these pages offer for it, best first, then as they stand.

    `in_scope` holds hosts; a link to another host, to a file, or that would do something, is left out.
    """
    scores: dict[str, dict[str, int]] = {role: {} for role in _words()}
    for text, address in dict.fromkeys((k.text, k.url) for p in pages for k in p.links):
        url, host = _readable(address)
        if url and host in in_scope:
            for role, score in _scores(text, url):
                scores[role][url] = max(score, scores[role].get(url, 0))
    return {role: tuple(sorted(found, key=lambda u: -found[u])) for role, found in scores.items()}


def further(pages: Iterable[Page], in_scope: frozenset[str], offered: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return what else these pages of the site link to: lists of products, of what is `offered`, then as the links stand."""
    linked = map(_readable, dict.fromkeys(k.url for p in pages for k in p.links))
    return tuple(dict.fromkeys((*offered["shelf"], *(url for url, host in linked if url and host in in_scope))))


def issuer_links(pages: Iterable[Page], issuer_hosts: Iterable[str]) -> tuple[str, ...]:
    """Return at most three addresses on hosts of seal issuers to which images, in the first place, or links lead."""
    pages = tuple(pages)
    return _on_hosts((*_image_links(pages), *(k.url for p in pages for k in p.links)), issuer_hosts)


def seal_links(pages: Iterable[Page], issuer_hosts: Iterable[str]) -> tuple[str, ...]:
    """Return those of `issuer_links` to which images lead: further pages take no place from them."""
    return _on_hosts(_image_links(pages), issuer_hosts)


def _image_links(pages: Iterable[Page]) -> Iterator[str]:
    return (i.link for p in pages for i in p.images if i.link)


def _on_hosts(linked: Iterable[str], hosts: Iterable[str]) -> tuple[str, ...]:
    known = frozenset(h.lower() for h in hosts)
    found: dict[str, None] = {}
    for address in dict.fromkeys(linked):
        if not known.isdisjoint(_with_parents(host_of(address))) and (url := _normal(address)):
            found.setdefault(url)
    return tuple(found)[:MAX_ISSUER_PAGES]


def _with_parents(host: str) -> Iterator[str]:
    """Yield a name and those above it."""
    while host:
        yield host
        host = host.partition(".")[2]


def roles() -> tuple[str, ...]:
    """Return the roles of pages that are looked for, the most telling first."""
    return tuple(role for role in _words() if role != "shelf")


@lru_cache(maxsize=4_000)  # the links of all pages are gone through before each round
def _readable(address: str) -> tuple[str, str]:
    """Return the normal address of what may be read and its host, two empty strings for a file or what would do something."""
    url = _normal(address)
    parts = urlsplit(url)
    if not url or _FILE.search(parts.path) or _ACTION.search(f"{parts.path}?{parts.query}"):
        return "", ""
    return url, host_of(url)


@lru_cache(maxsize=8_000)  # a menu stands on every page of a site; 16 are read at once, 5 MB
def _scores(text: str, url: str) -> tuple[tuple[str, int], ...]:
    """Return the roles of a link: 6 points for its whole text, 3 for words of its text, 2 for words of its path."""
    label = _plain(text).strip() if len(text) <= _MAX_TEXT_CHARS else ""
    path = _plain(unquote(urlsplit(url).path))
    said, pathed = _phrases(label), _phrases(path)
    found: list[tuple[str, int]] = []
    for role, words in _words().items():
        score = 6 if label in words else 0 if said.isdisjoint(words) else 3
        score += 0 if pathed.isdisjoint(words) else 2
        if role == "product":
            score += _medicine_named(said | pathed)
        if score:
            found.append((role, score))
    return tuple(found)


def _medicine_named(words: set[str]) -> int:
    """Return 12 where a prescription medicine is named, 8 for another medicine, else 0."""
    names = _medicine_names()
    return max((12 if names[word] else 8 for word in words & names.keys()), default=0)


def _phrases(plain: str) -> set[str]:
    """Return all runs of one to four words."""
    words = plain.split()
    return {" ".join(words[at : at + size]) for size in range(1, 5) for at in range(len(words) - size + 1)}


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("pharmcheck.capture").joinpath("crawl_words.toml").read_text("utf-8"))
    return {role: frozenset(_plain(word).strip() for word in entry["words"]) for role, entry in table.items()}


@cache
def _medicine_names() -> dict[str, bool]:
    """Return names of one word, plain, and whether the medicine is prescription-only everywhere that we know."""
    names: dict[str, bool] = {}
    for medicine in load_medicines():
        for name in (medicine.name, *medicine.brands, *(brand for brand, _ in medicine.export_brands)):
            plain = _plain(name).strip()
            if len(plain) >= 5 and " " not in plain:
                names[plain] = names.get(plain, False) or medicine.prescription_only
    return names


def _plain(text: str) -> str:
    bare = text.casefold()
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
        bare = bare.replace("ł", "l").replace("ø", "o").replace("ı", "i")
    return _NOT_WORD.sub(" ", bare)


def _normal(address: str) -> str:
    try:
        return normal_url(address)[0]
    except (TargetError, ValueError):
        return ""
