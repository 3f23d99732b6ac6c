"""What becomes of a seal: where its link leads, and what its issuer's page or our copy of the issuer's list says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from pharmcheck.model import Listing, Page, Quote, Registry, Seal, SealOutcome, Target
from pharmcheck.reading.cite import entry
from pharmcheck.reading.entry_links import entry_in, numbers_in
from pharmcheck.reading.false_hosts import imitated
from pharmcheck.reading.schemes import Issuers, schemes
from pharmcheck.reading.seal_pages import asked_about, names_another, vouches
from pharmcheck.target import host_of, registrable_domain


@dataclass(frozen=True, eq=False)
class Authorities:
    """The issuers' side, as far as it is known: the registries, the entries of the site itself, and entries by number.

    `day` is that of the capture: a copy that is stale then proves nothing.
    """

    registries: Sequence[Registry]
    listed: Sequence[Listing]
    by_number: Callable[[str, str], Sequence[Listing]]
    day: date

    @cached_property
    def issuers(self) -> Issuers:
        return Issuers(self.registries)


class _Outcome(NamedTuple):
    outcome: SealOutcome
    why: str
    proof: Quote | None = None


def read_seal(
    scheme: str, link: str, quote: Quote, target: Target, known: Authorities, issuers: Sequence[Page]
) -> Seal:
    """Return the seal with its outcome; `link` is what it opens, `issuers` are the captured pages of issuers."""
    issuer = schemes()[scheme].issuer if scheme in schemes() else "authority"
    outcome, why, proof = _outcome(scheme, link, target, known, issuers)
    return Seal(scheme, outcome, quote, link, why, issuer, proof)


def _outcome(scheme: str, link: str, target: Target, known: Authorities, issuers: Sequence[Page]) -> _Outcome:
    """Return the outcome, what it rests on, and the issuer's side of it."""
    host = host_of(link)
    british = scheme == "eu-logo" and not host and target.host.endswith(".uk")
    over = known.issuers.ended("gb-mhra-dsl" if british else scheme, host, known.day)
    stale = _Outcome(SealOutcome.ENDED, f"its scheme ended on {over.ended}: it is stale, not false") if over else None
    if not host:
        return stale or _Outcome(SealOutcome.UNLINKED, "a picture that opens nothing")
    if not known.issuers.may_open(scheme, host):
        return _astray(scheme, host, target, known)
    if stale and over and over.links_cut:
        return stale
    answer = _answer(scheme, link, host, target, known, issuers)
    return stale if stale and answer.outcome is SealOutcome.UNCHECKED else answer


def _astray(scheme: str, host: str, target: Target, known: Authorities) -> _Outcome:
    """Return what it means that a seal opens a host at which its issuer is not."""
    own = host in (target.host, target.domain, f"www.{target.domain}")
    right = "" if own else imitated(host, known.issuers.right_hosts(scheme))
    if right:
        return _Outcome(SealOutcome.IMITATED, f"it opens {host}, which is made to look like {right}")
    if registrable_domain(host) != target.domain:
        return _Outcome(SealOutcome.ELSEWHERE, f"it opens {host}, which is not its issuer's")
    if over := known.issuers.ended(scheme, "", known.day):
        return _Outcome(SealOutcome.ENDED, f"its scheme ended on {over.ended}: it is stale, not false")
    return _Outcome(SealOutcome.ITSELF, "it opens the site itself")


def _answer(scheme: str, link: str, host: str, target: Target, known: Authorities, issuers: Sequence[Page]) -> _Outcome:
    """Return what the issuer says: its page that the seal opens, else our copy of its list, else nothing."""
    of_link = (r for r in known.issuers.lawful if host in r.hosts)
    right = known.issuers.hosts_of(scheme).union(*(r.hosts for r in of_link))
    came = [page for page in issuers if _same(link, page) and host_of(page.url) in right]
    reached = [page for page in came if page.url.startswith("https:")]  # else anybody on the way could have written it
    for page in reached:
        if proof := vouches(page, target):
            return _Outcome(SealOutcome.CONFIRMED, f"the page of {host_of(page.url)} names this site", proof)
    asked = asked_about(link, host)
    if asked and registrable_domain(asked) != target.domain:
        return _Outcome(SealOutcome.ANOTHER, f"it asks the issuer about {asked}")
    for page in reached:
        if other := names_another(page, target):
            return _Outcome(SealOutcome.ANOTHER, f"the entry is that of {other.text}", other)
    if joined := _joined(link, host, known):
        return joined
    if reached:
        return _Outcome(SealOutcome.UNCHECKED, f"the page of {host} was read and does not name this site as approved")
    if came:
        return _Outcome(
            SealOutcome.UNCHECKED, f"its page on {host} came over http, where anybody on the way could write it"
        )
    return _Outcome(SealOutcome.UNCHECKED, f"its page on {host} could not be read")


def _joined(link: str, host: str, known: Authorities) -> _Outcome | None:
    """Return what our copy of the list holds under the number that the link carries; None where it holds nothing."""
    for registry in known.issuers.lawful:
        if not registry.entries or host not in registry.hosts:
            continue
        for number in filter(None, dict.fromkeys((*numbers_in(link, registry), entry_in(link, registry)))):
            entries = [e for e in known.by_number(registry.id, number) if e.domain]
            own = [e for e in entries if e in known.listed]
            if own and registry.fresh(known.day):
                return _Outcome(
                    SealOutcome.CONFIRMED, f"entry {number} of {registry.id} names this site", entry(own[0])
                )
            if own:
                why = f"entry {number} names this site in our copy of {registry.id}, which is of {registry.as_of}"
                return _Outcome(SealOutcome.UNCHECKED, why, entry(own[0]))
            if entries:
                why = f"entry {number} of {registry.id} is that of {entries[0].name or entries[0].domain}, {entries[0].domain}"
                return _Outcome(SealOutcome.ANOTHER, why, entry(entries[0]))
    return None


def _same(link: str, page: Page) -> bool:
    """True where the issuer's page is the one that the link opens, directly or through redirects."""
    return _plain(link) in {_plain(url) for url in (page.url, *page.hops)}


def _plain(url: str) -> str:
    return url.partition("#")[0].split("://", 1)[-1].rstrip("/")
