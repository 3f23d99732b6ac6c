"""What an issuer's page says of a site: that it vouches for it, that the entry is another site's, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, unquote_plus

from pharmcheck.model import Page, Quote, Target
from pharmcheck.target import has_public_suffix, host_of, registrable_domain

_AROUND_CHARS = 250
_MOST_HEADINGS = 20
# Words by which a page on an issuer's host speaks against the site, or says that it found nothing.
_AGAINST = re.compile(
    r"illegal|unlawful|warning|rogue|unapproved|fake|counterfeit|seiz|blocked|suspended|revoked|expired|withdrawn|beware|"
    r"\bnot (?:\w+ )?(?:approved|certified|registered|found|listed|accredited|recommended|verified)|\b0 results|"
    r"\bno (?:results|match)|unverified|probation|lapsed|deregistered|struck off|no longer (?:a )?(?:registered|member|certified)|"
    r"\bstatus\W{1,3}(?:closed|inactive|rogue|removed|cancell?ed)|nelegáln|varován|zrušen|nielegaln|ostrzeże|wykreślon|nieaktywn|"
    r"illegaal|waarschuwing|doorgehaald|warnung|erloschen|widerrufen|nicht gefunden|keine (?:treffer|ergebnisse)|geen resultaten|"
    r"avertissement|illégal|radiée?\b|aucun|alerta|ilegal|sin resultados|dada de baja|illegale|sospes|revocat|nessun|žádn|brak wynik|"
    r"ulovlig|advarsel|laiton|laittom|varoitu|olaglig|varning|nezakonit|upozoren|opozoril|nelegāl|brīdinā|ólögleg|varað við|"
    r"não autorizad",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:is|are|has been) (?:an? |currently |now |legitscript[- ])*"
    r"(?:certified|accredited|approved|verified|registered)|"
    r"\bstatus\W{1,3}(?:certified|accredited|approved|verified|active|registered)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"<h[12]\b[^>]{0,300}>(.{0,300}?)</h[12]", re.IGNORECASE | re.DOTALL)
# The field of an entry that holds the seller's web address, as registers of the area label it.
_FIELD = re.compile(
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

    Where the address of the page carried the name there, the page must speak for it: a search repeats what it is asked.
    """
    names = {target.domain, target.host, f"www.{target.domain}"}
    if _AGAINST.search(f"{page.title}\n{unquote(page.url)}\n{_headings(page)}"):
        return None
    asked = unescape(unquote_plus(unquote(" ".join((page.url, *page.hops))))).lower()
    written = re.compile(rf"(?<![\w.@-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-]|\.\w)", re.IGNORECASE)
    found = [(m.start(), m.end()) for m in written.finditer(page.text)]
    around = [page.text[max(0, start - _AROUND_CHARS) : end + _AROUND_CHARS] for start, end in found]
    if any(_AGAINST.search(place) for place in around):
        return None
    if target.domain in asked:
        telling = [at for at, place in zip(found, around, strict=True) if _FOR.search(place)]
        return page.quote(*telling[0]) if telling else None
    if found:
        return page.quote(*found[0])
    linked = next((link.url for link in page.links if host_of(link.url) in names), "")
    return Quote(page.url, linked[:200], "linked from the entry", page.digest) if linked else None


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
