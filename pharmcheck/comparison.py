"""A site held against what registers know: whose entry it shows, whose seal, and whose name it borrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

from pharmcheck.model import (
    Binding,
    Consultation,
    Gap,
    Listing,
    Operator,
    Registration,
    Resemblance,
    Seal,
    SealOutcome,
    Site,
    Target,
)
from pharmcheck.model.captured import FIRST
from pharmcheck.reading.differences import led_away
from pharmcheck.reading.identity import best, bind, claims_of, told
from pharmcheck.reading.lookalikes import KnownName, KnownNames, index_names, well_known_names
from pharmcheck.reading.seal_outcomes import Authorities
from pharmcheck.registries import Registries
from pharmcheck.target import host_of, registrable_domain


def landing(site: Site) -> Target | None:
    """Return the address on another domain to which the page leads that was given; None where it stands on its own."""
    role = "pasted" if site.target.is_page else "home"
    ends = [page.url for page in site.pages if page.role == role and page.hops]
    ends += [view.url for view in led_away(site.views) if view.asked == site.target.url]
    host = host_of(ends[0]) if ends else ""
    domain = registrable_domain(host)
    return Target(ends[0], ends[0], host, domain) if host and domain != site.target.domain else None


def elsewhere(site: Site, registries: Registries) -> tuple[Listing, ...]:
    """Return what is listed of the domain to which the given page leads: warnings, and all else if no page stands anywhere else."""
    led = landing(site)
    if led is None:
        return ()
    stand = {registrable_domain(host_of(page.url)) for page in site.pages if page.role != "issuer"}
    return tuple(e for e in registries.for_site(led) if e.status == "warned" or stand <= {led.domain})


def bindings_of(target: Target, operator: Operator, registers: Consultation) -> tuple[Binding, ...]:
    """Return the entry of each printed number, and of the entries for this domain the one that fits best, held against the site."""
    claims = claims_of(target, operator)
    numbered = [
        best(bind(entry, claims, licence) for entry in entries if entry.status not in ("warned", "lifted"))
        for licence, entries in registers.by_number
    ]
    own = best(bind(entry, claims) for entry in registers.by_domain if entry.positive)
    return tuple(binding for binding in (own, *numbered) if binding is not None)


def dated(registers: Consultation, registration: Registration | Gap) -> Consultation:
    """Return the consultation with every entry marked as `former` that a register made before the domain was registered anew.

    A domain that was created after a register named it had lapsed in between: whoever holds it now need not be whom the
    register means. What the same register says later may be the same entry, never cleared, unless it dates it anew.
    """
    if isinstance(registration, Gap) or registration.created is None:
        return registers
    created = registration.created.date()
    before = {e.registry for e in registers.by_domain if e.status == "listed" and e.named_on < created}

    def former(entry: Listing) -> Listing:
        anew = entry.since is not None and entry.since >= created
        if entry.status != "listed" or entry.registry not in before or anew:
            return entry
        note = f"the domain was registered anew on {created}, after the register had named it"
        return replace(entry, status="former", note="; ".join(filter(None, (entry.note, note))))

    return replace(registers, by_domain=tuple(map(former, registers.by_domain)))


def without_former(seals: Sequence[Seal], registers: Consultation) -> tuple[Seal, ...]:
    """Return the seals; those confirmed by a register that named the domain before it was registered anew prove nothing."""
    former = {e.registry for e in registers.by_domain if e.status == "former"}
    hosts = {host for r in registers.consulted if r.id in former for host in r.hosts}

    def doubted(seal: Seal) -> Seal:
        issuer = {host_of(seal.link), host_of(seal.proof.url) if seal.proof else ""}
        if seal.outcome is not SealOutcome.CONFIRMED or not issuer & hosts:
            return seal
        why = f"{seal.why}, as it did before the domain was registered anew"
        return replace(seal, outcome=SealOutcome.UNCHECKED, why=why)

    return tuple(map(doubted, seals))


def annotated(registers: Consultation, bindings: Sequence[Binding]) -> Consultation:
    """Return the consultation with what agrees and what differs in the note of the entry that was held against the site."""
    notes = {id(b.listing): told(b) for b in bindings if b.licence is None}
    by_domain = tuple(
        replace(entry, note="; ".join(filter(None, (entry.note, notes.get(id(entry), "")))))
        for entry in registers.by_domain
    )
    return replace(registers, by_domain=by_domain)


def authorities_for(site: Site, registers: Consultation, registries: Registries) -> Authorities:
    """Return the issuers' side of the seals of a site, as our copies of the registers have it."""
    listed = tuple(entry for entry in registers.by_domain if entry.status == "listed")
    return Authorities(registries.all, listed, partial(_listed_under, registries), site.captured.date())


def _listed_under(registries: Registries, registry: str, number: str) -> tuple[Listing, ...]:
    return tuple(entry for entry in registries.by_number(registry, number) if entry.status == "listed")


def resemblance(site: Site, registers: Consultation, registries: Registries) -> tuple[Resemblance, ...]:
    """Return the known pharmacy whose name the host borrows, unless a register lists the site or all of it leads to that pharmacy."""
    if site.target.host.endswith(".pharmacy") or any(entry.positive for entry in registers.by_domain):
        return ()
    found = _known_names(registries).like(site.target)
    ended_at = {registrable_domain(host_of(page.url)) for page in site.pages if page.role in FIRST}
    return (found,) if found and ended_at != {registrable_domain(found.domain)} else ()


@lru_cache(maxsize=2)
def _known_names(registries: Registries) -> KnownNames:
    names = (KnownName(e.name, e.domain, "" if e.path else "listed") for e in registries.listed_sites)
    return index_names((*well_known_names(), *names))
