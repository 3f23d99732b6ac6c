"""Seals that a site shows, where a click on them leads, and whether their issuer's own entry names the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import unquote

from pharmcheck.model import Gap, Image, Link, Page, Quote, Seal, SealOutcome, Target
from pharmcheck.reading.passages import quote_of
from pharmcheck.reading.schemes import EU_PHRASE, may_ask_to_click, may_name_a_seal, scheme_of
from pharmcheck.reading.seal_outcomes import Authorities, read_seal
from pharmcheck.target import host_of

MAX_SEALS = 50
_TELLING = (  # the most telling first
    SealOutcome.CONFIRMED, SealOutcome.ANOTHER, SealOutcome.IMITATED, SealOutcome.ELSEWHERE, SealOutcome.ITSELF,
    SealOutcome.UNLINKED, SealOutcome.UNCHECKED, SealOutcome.ENDED,
)  # fmt: skip
_BADGE = re.compile(
    r"verif|check|seal|logo|accredit|certif|registered|überprüf|kontroll|controle|sprawd|ověř", re.IGNORECASE
)
# It draws picture and link in the visitor's browser.
_SCRIPT = re.compile(r"static\.legitscript\.com/seals/\d{1,12}\.js")


def find_seals(pages: Sequence[Page], target: Target, known: Authorities) -> tuple[Seal, ...]:
    """Return the seals on the site's own pages, each once for each place that it opens.

    Only pictures, and links that read like one (`click to verify …`), are seals: naming a regulator is none. `confirmed`
    needs the issuer's side: a captured page of role `issuer`, reached from the seal, on a host of the scheme's registry,
    that names the site and says nothing against it, or an entry of a fresh copy that the link's number leads to.
    """
    issuers = [page for page in pages if page.role == "issuer" and page.status == 200 and not page.shell]
    by_host = {host: r.id for r in known.issuers.lawful for host in r.hosts}
    found: dict[tuple[str, str], Seal] = {}
    for page in pages:
        if page.role == "issuer" or page.shell:
            continue
        pictures = tuple(_pictures(page, by_host))
        for scheme, link, quote in (*pictures, *_badges(page, by_host, {link for _, link, _ in pictures})):
            opened = "" if link in (page.url, f"{page.url}#") else link
            if (scheme, opened) not in found:
                found[scheme, opened] = read_seal(scheme, opened, quote, target, known, issuers)
        drawn = _SCRIPT.search(page.source)
        if drawn:
            why = "a script of the issuer draws it, and scripts are not run here"
            script = Seal("us-legitscript", SealOutcome.UNCHECKED, quote_of(page, drawn[0]), "", why, "accreditor")
            found.setdefault((script.scheme, drawn[0]), script)
    confirmed = {seal.scheme for seal in found.values() if seal.outcome is SealOutcome.CONFIRMED}
    kept = [s for s in found.values() if s.outcome is not SealOutcome.UNLINKED or s.scheme not in confirmed]
    return tuple(sorted(kept, key=lambda s: _TELLING.index(s.outcome))[:MAX_SEALS])


def unchecked(seals: Sequence[Seal], gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """Return a gap for each scheme of which a seal could not be checked, but for pages of issuers that are gaps already."""
    told = [gap.why for gap in gaps if gap.artifact == "issuer"]
    found: dict[str, Gap] = {}
    for seal in seals:
        known = bool(seal.link) and any(host_of(seal.link) in why for why in told)
        if seal.outcome is SealOutcome.UNCHECKED and seal.official and not known:
            found.setdefault(seal.scheme, Gap("seals", f"{seal.scheme}: {seal.why}"))
    return tuple(found.values())


def _pictures(page: Page, by_host: Mapping[str, str]) -> Iterator[tuple[str, str, Quote]]:
    """Yield pictures of a seal; `by_host` maps the hosts of registries to the schemes."""
    pictures = [(image, unquote(image.url.partition("?")[0].rpartition("/")[2])) for image in page.images]
    named = may_name_a_seal("\n".join(f"{image.alt}\n{file}" for image, file in pictures))
    opened = {host: _linked_scheme(host, by_host) for host in {host_of(i.link) for i in page.images if i.link}}
    for image, file in pictures:
        scheme = scheme_of(image.alt, file) if named else ""
        scheme = scheme or (opened[host_of(image.link)] if image.link else "")
        if not scheme and "legitscript" in image.url.lower() and host_of(image.url) == "static.legitscript.com":
            scheme = "us-legitscript"
        if scheme:
            yield scheme, image.link, _picture_quote(page, image, file)


def _badges(page: Page, by_host: Mapping[str, str], pictured: Collection[str]) -> Iterator[tuple[str, str, Quote]]:
    """Yield text links that stand for a seal: the common logo's sentence, or `Verify …` that opens an entry.

    `pictured` are the links of seals that are pictures; any other picture beside the words takes nothing back.
    """
    asks = may_ask_to_click("\n".join(link.text for link in page.links))
    for link in page.links:
        if link.url in pictured:
            continue
        if asks and EU_PHRASE.search(link.text):
            yield "eu-logo", link.url, quote_of(page, link.text[:200])
        elif (host := host_of(link.url)) in by_host and _BADGE.search(link.text) and _is_deep(link):
            yield by_host[host], link.url, quote_of(page, link.text[:200])


def _linked_scheme(host: str, by_host: Mapping[str, str]) -> str:
    """Return the scheme on whose host a link ends, or whose host another one imitates (`gphc.org.shop.example`)."""
    if host in by_host:
        return by_host[host]
    begun = {host[:at] for at, sign in enumerate(host) if sign == "."}
    return next((scheme for right, scheme in by_host.items() if right in begun), "") if begun & by_host.keys() else ""


def _is_deep(link: Link) -> bool:
    return bool(link.url.split("//", 1)[-1].partition("/")[2].strip("/"))


def _picture_quote(page: Page, image: Image, file: str) -> Quote:
    note = f"picture {file}" if file else "picture"
    return quote_of(page, image.alt or file or image.url, note)
