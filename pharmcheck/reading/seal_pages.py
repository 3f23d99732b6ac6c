"""What an issuer's page says of a site: that it vouches for it, that the entry is another site's, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import unquote, unquote_plus, urlsplit

from pharmcheck.model import Page, Quote, Target
from pharmcheck.reading.host import belongs_to_many
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.target import has_public_suffix, host_of, registrable_domain

_AROUND_CHARS = 250
_MOST_HEADINGS = 20
# Words by which a page on an issuer's host speaks against the site, or says that it found nothing.
_AGAINST = compile_on_use(
    r"illegal|unlawful|warning|rogue|unapproved|fake|counterfeit|seiz|blocked|suspended|revoked|expired|withdrawn|beware|"
    r"\bnot (?:\w+ )?(?:approved|certified|registered|found|listed|accredited|recommended|verified)|\b0 results|"
    r"\bno (?:results|match)|unverified|probation|lapsed|deregistered|struck off|no longer (?:a )?(?:registered|member|certified)|"
    r"\bstatus\W{1,3}(?:closed|inactive|rogue|removed|cancell?ed)|nelegáln|varován|zrušen|nielegaln|ostrzeże|wykreślon|nieaktywn|"
    r"illegaal|waarschuwing|doorgehaald|warnung|erloschen|widerrufen|nicht gefunden|keine (?:treffer|ergebnisse)|geen resultaten|"
    r"avertissement|illégal|radiée?\b|aucun|alerta|ilegal|sin resultados|dada de baja|illegale|sospes|revocat|nessun|žádn|brak wynik|"
    r"ulovlig|advarsel|laiton|laittom|varoitu|olaglig|varning|nezakonit|upozoren|opozoril|nelegāl|brīdinā|ólögleg|varað við|"
    r"não autorizad|taken (?:down|offline)|(?:shut|closed) down|enforcement|scam|fraud|(?:could not|couldn.t|cannot|can.t) find|"
    r"nothing (?:was )?found|did not match|betrug|betrüg|abgeschaltet|arnaque|escroquer|estafa|truff|oszus|podvod|oplicht|bedrägeri|"
    r"svindel|huijau|înșel|csaló|prijevar|απάτ|измам|мошенн|шахрай",
    re.IGNORECASE,
)
# Pages that lead to any address they are given.
_LEAVING = re.compile(
    r"you are (?:now |about to )?(?:leav|be redirected|being redirected)|redirecting (?:you )?to|sie verlassen|vous quittez|"
    r"(?:está|esta) (?:saliendo|abandonando)|sta(?:i|te)? lasciando|opuszczasz|opouštíte|u verlaat|du (?:lämnar|forlader)",
    re.IGNORECASE,
)
_APPROVED = r"(?:certified|accredited|approved|verified|registered)"
_FOR = re.compile(rf"\b(?:is|are|has been) (?:an? |currently |now |legitscript[- ])*{_APPROVED}", re.IGNORECASE)
_FOR_WHOLE = re.compile(
    rf"\bthis (?:web ?site|site|pharmacy|merchant|seller) (?:is|has been) (?:an? |currently |now |legitscript[- ])*{_APPROVED}|"
    rf"\bstatus\W{{1,3}}(?:active|{_APPROVED})",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")
_MOST_CODINGS = 5  # an address is decoded by each server that hands it on
_UNSEEN = re.compile(r"<[^<>]{0,100}>|[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_HEADING = re.compile(r"<h[12]\b[^>]{0,300}>(.{0,300}?)</h[12]", re.IGNORECASE | re.DOTALL)
# The field of an entry that holds the seller's web address, as registers of the area label it.
_FIELD = compile_on_use(
    r"(?:web ?site|web ?address|internet address|internetadresse|internetseite|web ?seite|site internet|adresse internet|"
    r"adresse du site|sitio web|página web|dirección web|sito (?:web|internet)|indirizzo (?:web|internet)|strona internetowa|"
    r"adres (?:strony|www)|www|webov[áé] stránk[ay]|webbplats|webbadress|nettsted|hjemmeside|verkkosivu|webadres|url)"
    r"[ \t]{0,3}(?::|\n)\s{0,3}(?:https?://)?(?P<host>(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}[a-z]{2,24})(?![\w@-])",
    re.IGNORECASE,
)
# Keys of a query by which issuers look a web address up.
_ASKED = re.compile(r"[?&](?:checker_keywords|domain|website|site|url|web|host)=([^&#]{4,300})", re.IGNORECASE)
_LEGITSCRIPT = re.compile(r"/(?:pharmacy|websites)/([^/?#]{4,100})", re.IGNORECASE)


def vouches(page: Page, target: Target) -> Quote | None:
    """Return where the issuer's page names the site and nothing on it speaks against that; None otherwise.

    Where the address of the page carried the name there, the page must speak for it: a search repeats what it is asked. On a
    platform, which belongs to many, only the whole address of the page or a host of its own names the site.
    """
    names = _named_as(target)
    if not names or _AGAINST.search(f"{page.title}\n{unquote(page.url)}\n{_headings(page)}"):
        return None
    written = re.compile(
        rf"(?<![\w.@-])(?:www\.)?(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-]|\.\w)", re.IGNORECASE
    )
    found = [(m.start(), m.end()) for m in written.finditer(page.text)]
    around = [page.text[max(0, start - _AROUND_CHARS) : end + _AROUND_CHARS] for start, end in found]
    if any(_AGAINST.search(place) for place in around):
        return None
    asked = [decoded for url in (page.url, *page.hops) if target.domain in (decoded := _decoded(url))]
    if any(re.search(r"\s", url.strip()) for url in asked):
        return None  # a sentence was asked, and what the page says may be the question
    if asked:
        telling = [at for at, place in zip(found, around, strict=True) if _speaks_for(page.text, at, place)]
        return page.quote(*telling[0]) if telling else None
    if found:
        return page.quote(*found[0])
    if _LEAVING.search(page.text):
        return None
    linked = next((link.url for link in page.links if _links_to(link.url, names)), "")
    return Quote(page.url, linked[:200], "linked from the entry", page.digest) if linked else None


def _speaks_for(text: str, at: tuple[int, int], around: str) -> bool:
    """True where the sentence that names the site approves of it, or what stands around speaks of one approved site."""
    before = max((m.end() for m in _SENTENCE_END.finditer(text, max(0, at[0] - _AROUND_CHARS), at[0])), default=0)
    after = _SENTENCE_END.search(text, at[1])
    return bool(_FOR_WHOLE.search(around) or _FOR.search(text[before : after.start() if after else len(text)]))


def _decoded(url: str) -> str:
    """Return an address as a page may repeat it: decoded as often as it can be, without tags and signs that are not seen."""
    for _ in range(_MOST_CODINGS):
        before, url = url, unescape(unquote_plus(url))
        if url == before:
            break
    return _UNSEEN.sub("", url).lower()


def _named_as(target: Target) -> frozenset[str]:
    """Return what an entry may call the site, without `www.`; of a part of a platform that part only."""
    host, path = target.host.removeprefix("www."), urlsplit(target.url).path.rstrip("/").lower()
    if not belongs_to_many(target):
        return frozenset((target.domain, host))
    alone = host != target.domain and not belongs_to_many(replace(target, host=host, domain=host))
    return frozenset([host] if alone else [f"{host}{path}"] if path else [])


def _links_to(url: str, names: frozenset[str]) -> bool:
    place = url.partition("://")[2].partition("?")[0].partition("#")[0].lower().removeprefix("www.").rstrip("/")
    return host_of(url).removeprefix("www.") in names or place in names


def names_another(page: Page, target: Target) -> Quote | None:
    """Return the web address that an entry's page gives as the seller's, where it is the only one and not this site's."""
    own = {registrable_domain(host_of(page.url)), target.domain}
    fields = [m for m in _FIELD.finditer(page.text) if has_public_suffix(m["host"].lower())]
    domains = {registrable_domain(m["host"].lower()) for m in fields}
    if len(domains) != 1 or domains & own or target.domain in page.text.lower():
        return None
    return page.quote(*fields[0].span("host"))


def asked_about(link: str, issuer: str) -> str:
    """Return the host about which a link to an issuer asks, "" for none; `issuer` is the host that the link opens."""
    for given in _given(link, issuer):
        host = unquote(given).lower().rpartition("://")[2].partition("/")[0].removeprefix("www.")
        if re.fullmatch(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}", host) and has_public_suffix(host):
            return "" if registrable_domain(host) == registrable_domain(issuer) else host
    return ""


def _given(link: str, issuer: str) -> Iterator[str]:
    yield from _ASKED.findall(link)
    if issuer.endswith("legitscript.com"):
        yield from _LEGITSCRIPT.findall(link)


def _headings(page: Page) -> str:
    found = (m[1] for _, m in zip(range(_MOST_HEADINGS), _HEADING.finditer(page.source), strict=False))
    return re.sub(r"<[^>]{0,300}>", " ", "\n".join(found))
