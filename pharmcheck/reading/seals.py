"""Seals that a site shows, where a click on them leads, and whether their issuer's page names the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from pharmcheck.model import Image, Link, Page, Quote, Registry, Seal, Target
from pharmcheck.reading.passages import quote_of
from pharmcheck.reading.schemes import EU_PHRASE, hosts_of, may_ask_to_click, may_open, scheme_of
from pharmcheck.target import host_of

MAX_SEALS = 50  # the most telling are kept
_TELLING = ("confirmed", "elsewhere", "unlinked", "issuer")
_BADGE = re.compile(
    r"verif|check|seal|logo|accredit|certif|registered|überprüf|kontroll|controle|sprawd|ověř", re.IGNORECASE
)
_AROUND_CHARS = 250
# Words by which a page on an issuer's host speaks against the site, or says that it found nothing.
_AGAINST = re.compile(
    r"illegal|unlawful|warning|rogue|unapproved|fake|counterfeit|seiz|blocked|suspended|revoked|expired|withdrawn|beware|"
    r"\bnot (?:\w+ )?(?:approved|certified|registered|found|listed|accredited|recommended|verified)|\b0 results|"
    r"\bno (?:results|match)|unverified|probation|nelegáln|varován|nielegaln|ostrzeże|illegaal|waarschuwing|warnung|"
    r"nicht gefunden|keine (?:treffer|ergebnisse)|geen resultaten|avertissement|illégal|aucun|alerta|ilegal|"
    r"sin resultados|illegale|nessun|žádn|brak wynik",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:is|are|has been) (?:an? |currently |now |legitscript[- ])*"
    r"(?:certified|accredited|approved|verified|registered)|"
    r"\bstatus\W{1,3}(?:certified|accredited|approved|verified|active|registered)",
    re.IGNORECASE,
)


def find_seals(pages: Sequence[Page], target: Target, registries: Sequence[Registry]) -> tuple[Seal, ...]:
    """Return the seals on the site's own pages, each once for each place that it opens.

    Only pictures, and links that read like one (`click to verify …`), are seals: naming a regulator is none.
    `confirmed` needs a captured page of role `issuer`, reached from the seal, on a host of the scheme's registry, that
    names the site's host and says nothing against it; where the link carried the name there, it must speak for it.
    """
    issuers = [page for page in pages if page.role == "issuer" and page.status == 200 and not page.shell]
    by_host = {host: r.id for r in registries if r.polarity == "positive" for host in r.hosts}
    found: dict[tuple[str, str], Seal] = {}
    for page in pages:
        if page.role == "issuer" or page.shell:
            continue
        for scheme, link, quote in (*_pictures(page, by_host), *_badges(page, by_host)):
            opened = "" if link in (page.url, f"{page.url}#") else link
            if (scheme, opened) not in found:
                outcome = _outcome(scheme, opened, target, registries, issuers)
                found[scheme, opened] = Seal(scheme, outcome, quote, opened)
    confirmed = {seal.scheme for seal in found.values() if seal.outcome == "confirmed"}
    kept = [s for s in found.values() if s.outcome != "unlinked" or s.scheme not in confirmed]
    return tuple(sorted(kept, key=lambda s: _TELLING.index(s.outcome))[:MAX_SEALS])


def _pictures(page: Page, by_host: Mapping[str, str]) -> Iterator[tuple[str, str, Quote]]:
    """Yield pictures of a seal; `by_host` maps the hosts of registries to the schemes."""
    for image in page.images:
        file = unquote(image.url.partition("?")[0].rpartition("/")[2])
        scheme = scheme_of(image.alt, file) or (_linked_scheme(image.link, by_host) if image.link else "")
        if not scheme and host_of(image.url) == "static.legitscript.com":
            scheme = "us-legitscript"
        if scheme:
            yield scheme, image.link, _picture_quote(page, image, file)


def _badges(page: Page, by_host: Mapping[str, str]) -> Iterator[tuple[str, str, Quote]]:
    """Yield text links that stand for a seal: the common logo's sentence, or `Verify …` that opens an entry."""
    pictured = {image.link for image in page.images if image.link}
    asks = may_ask_to_click("\n".join(link.text for link in page.links))
    for link in page.links:
        if link.url in pictured:
            continue
        if asks and EU_PHRASE.search(link.text):
            yield "eu-logo", link.url, quote_of(page, link.text[:200])
        elif (host := host_of(link.url)) in by_host and _BADGE.search(link.text) and _is_deep(link):
            yield by_host[host], link.url, quote_of(page, link.text[:200])


def _linked_scheme(link: str, by_host: Mapping[str, str]) -> str:
    """Return the scheme on whose host the link ends, or whose host another one imitates (`gphc.org.shop.example`)."""
    host = host_of(link)
    if host in by_host:
        return by_host[host]
    return next((scheme for right, scheme in by_host.items() if host.startswith(right) and host[len(right)] == "."), "")


def _is_deep(link: Link) -> bool:
    return bool(link.url.split("//", 1)[-1].partition("/")[2].strip("/"))


def _picture_quote(page: Page, image: Image, file: str) -> Quote:
    note = f"picture {file}" if file else "picture"
    return quote_of(page, image.alt or file or image.url, note)


def _outcome(scheme: str, link: str, target: Target, registries: Sequence[Registry], issuers: Sequence[Page]) -> str:
    host = host_of(link)
    if not link:
        return "unlinked"
    if not may_open(scheme, host, registries):
        return "elsewhere"
    right = hosts_of(scheme, registries) | {h for r in registries if host in r.hosts for h in r.hosts}
    reached = [page for page in issuers if _same(link, page) and host_of(page.url) in right]
    return "confirmed" if any(_confirms(page, target) for page in reached) else "issuer"


def _same(link: str, page: Page) -> bool:
    """True where the issuer's page is the one that the link opens, directly or through redirects."""
    return _plain(link) in {_plain(url) for url in (page.url, *page.hops)}


def _plain(url: str) -> str:
    return url.partition("#")[0].split("://", 1)[-1].rstrip("/")


def _confirms(page: Page, target: Target) -> bool:
    names = {target.domain, target.host, f"www.{target.domain}"}
    if _AGAINST.search(page.title):
        return False
    asked = unquote(unquote(" ".join((page.url, *page.hops)))).lower()
    carried = target.domain in asked
    written = re.compile(rf"(?<![\w.@-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-]|\.\w)", re.IGNORECASE)
    places = [
        page.text[max(0, m.start() - _AROUND_CHARS) : m.end() + _AROUND_CHARS] for m in written.finditer(page.text)
    ]
    if any(_AGAINST.search(place) for place in places):
        return False
    if carried:  # a search page repeats whatever it is asked for
        return any(_FOR.search(place) for place in places)
    return bool(places) or any(host_of(link.url) in names for link in page.links)
