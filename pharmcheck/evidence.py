"""A site, read, and the registries, consulted: everything that signals may ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from pharmcheck.comparison import annotated, authorities_for, bindings_of, dated, elsewhere, resemblance, without_former
from pharmcheck.enquiries import is_about, read_answers
from pharmcheck.model import (
    Consultation,
    Difference,
    Enquiry,
    Evidence,
    Gap,
    Kind,
    Licence,
    Listing,
    Mention,
    Offer,
    Page,
    Pitch,
    Promoted,
    Sighting,
    Site,
    SiteKind,
    Target,
)
from pharmcheck.model.captured import REST_OF_PAGE
from pharmcheck.reading.advice_pages import told_in_advice
from pharmcheck.reading.asserted import Mentions
from pharmcheck.reading.differences import planted, sellers_led_to
from pharmcheck.reading.host import read_host
from pharmcheck.reading.kind import read_kind
from pharmcheck.reading.ladder import read_ladder
from pharmcheck.reading.locate import trace
from pharmcheck.reading.medicines import find_medicines
from pharmcheck.reading.offers import find_offers
from pharmcheck.reading.operator import read_operator
from pharmcheck.reading.phrases import find_mentions
from pharmcheck.reading.pitches import find_pitches
from pharmcheck.reading.prescription import read_prescription
from pharmcheck.reading.promoted import find_promoted
from pharmcheck.reading.refused import mark_refused
from pharmcheck.reading.seals import find_seals, unchecked
from pharmcheck.reading.trade import read_trade
from pharmcheck.reading.vantage import compare
from pharmcheck.reading.warned_lists import restore, spare_warned_lists
from pharmcheck.reading.web_address_words import pitches_in_address
from pharmcheck.registries import Registries, in_order
from pharmcheck.target import TargetError, parse_target

PageReading = tuple[Sequence[Mention], Sequence[Sighting], Sequence[Offer], Sequence[Promoted]]


def gather(site: Site, registries: Registries, ahead: Mapping[Page, PageReading] | None = None) -> Evidence:
    """Return the evidence: each readable page is read once, then the registries are asked for domain and numbers.

    `ahead` holds what `read_one` found on pages that were there before the others.
    """
    own = tuple(p for p in site.pages if p.role != "issuer")
    answers = tuple(read_answers(site.registers, site.target, site.captured.date()))
    enquiries = tuple(a for a in answers if not isinstance(a, Gap))
    site = replace(site, gaps=(*site.gaps, *(a for a in answers if isinstance(a, Gap)), *_rests(own)))
    readable = tuple(p for p in own if p.text and not p.shell)
    vantage = compare(site.views)
    of_site = partial(
        Evidence,
        target=site.target,
        captured=site.captured,
        views=site.views,
        vantage=vantage,
        registration=site.registration,
        dns=site.dns,
        tls=site.tls,
        hosting=site.hosting,
    )
    if not readable:
        return _unread(of_site, site, own, vantage, registries, enquiries)
    mentions, sightings, offers, promoted, pitches = _read_pages(site.target, readable, ahead or {})
    prescription = read_prescription(readable, mentions, sightings, offers)
    operator = read_operator(readable, mentions, registries.all)
    pitches += pitches_in_address(site.target)
    kind = read_kind(site.target, readable, mentions, sightings, offers, promoted, pitches, prescription, operator)
    consulted = _consult(site, operator.licences, registries, enquiries)
    registers = dated(consulted, site.registration)
    bindings = bindings_of(site.target, operator, registers)
    promoted = _with_destinations(promoted, vantage)
    seals = find_seals(site.pages, site.target, authorities_for(site, consulted, registries))
    seals = without_former(seals, registers)
    return of_site(
        pages=readable,
        kind=kind,
        mentions=mentions,
        sightings=sightings,
        offers=offers,
        prescription=prescription,
        checkout=prescription.checkout,
        ladder=read_ladder(kind, prescription, offers, sightings),
        operator=operator,
        seals=seals,
        trade=read_trade(readable, mentions),
        registers=annotated(registers, bindings),
        bindings=bindings,
        host=read_host(site.target, kind, planted(kind, vantage)),
        promoted=tuple(_looked_up(seller, registries) for seller in promoted),
        pitches=pitches,
        resembles=resemblance(site, consulted, registries),
        gaps=(*site.gaps, *unchecked(seals, site.gaps)),
    )


def _with_destinations(promoted: Sequence[Promoted], vantage: Sequence[Difference] | Gap) -> tuple[Promoted, ...]:
    """Add the sellers to which only some visitors are led to those that the pages point to."""
    named = {seller.domain for seller in promoted}
    return (*promoted, *(seller for seller in sellers_led_to(vantage) if seller.domain not in named))


def read_one(target: Target, page: Page) -> PageReading:
    """Return what one page says by itself, whatever stands on the others."""
    return next(_read_each(target, (page,)))


def _read_each(target: Target, pages: Sequence[Page]) -> Iterator[PageReading]:
    """Yield what each page says by itself.

    A reader goes over all pages before the next one begins: its tables, of up to 3 MB, are then in the caches of the
    processor for all pages but the first.
    """
    said = [spare_warned_lists(page, find_mentions(page)) for page in pages]
    seen = [mark_refused(page, s, find_medicines(page)) for page, s in zip(pages, said, strict=True)]
    read = tuple(zip(pages, said, seen, strict=True))
    pointed = [[replace(f, quote=trace(f.quote, p)) for f in find_promoted(target, p, s, m)] for p, s, m in read]
    offers = [find_offers(page, m) for page, _, m in read]
    return zip(said, seen, offers, pointed, strict=True)


def _read_pages(
    target: Target, pages: Sequence[Page], ahead: Mapping[Page, PageReading]
) -> tuple[Mentions, tuple[Sighting, ...], tuple[Offer, ...], tuple[Promoted, ...], tuple[Pitch, ...]]:
    mentions: list[Mention] = []
    sightings: list[Sighting] = []
    offers: list[Offer] = []
    promoted: dict[str, Promoted] = {}
    others = _read_each(target, [page for page in pages if page not in ahead])
    for page in pages:
        said, seen, offered, pointed = ahead[page] if page in ahead else next(others)
        mentions += said
        sightings += seen
        offers += offered
        for found in pointed:
            promoted.setdefault(found.domain or found.name.casefold(), found)
    meant, shown = told_in_advice(restore(mentions, offers, pages), offers, pages)
    settled = Mentions(meant)
    return settled, tuple(sightings), shown, tuple(promoted.values()), _pitches(pages, settled, sightings)


def _pitches(pages: Sequence[Page], mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> tuple[Pitch, ...]:
    said: dict[Page, list[Mention]] = {}
    seen: dict[Page, list[Sighting]] = {}
    for mention in mentions:
        said.setdefault(mention.page, []).append(mention)
    for sighting in sightings:
        seen.setdefault(sighting.page, []).append(sighting)
    return tuple(pitch for page in pages for pitch in find_pitches(page, said.get(page, ()), seen.get(page, ())))


def _unread(
    of_site: partial[Evidence],
    site: Site,
    own: Sequence[Page],
    vantage: Sequence[Difference] | Gap,
    registries: Registries,
    enquiries: tuple[Enquiry, ...],
) -> Evidence:
    """Return the evidence of a site of which no page could be read: the registries still answer for its name."""
    shells = sorted({p.shell for p in own if p.shell})
    why = (
        site.gaps[0].why
        if site.gaps and not shells
        else f"no page could be read ({', '.join(shells) or 'nothing captured'})"
    )
    gap = Gap("pages", why)
    registers = dated(_consult(site, (), registries, enquiries), site.registration)
    return of_site(
        pages=gap,
        kind=Kind(SiteKind.UNREADABLE, why),
        mentions=gap,
        sightings=gap,
        offers=gap,
        prescription=gap,
        checkout=gap,
        ladder=gap,
        operator=gap,
        seals=gap,
        trade=gap,
        pitches=gap,
        registers=registers,
        bindings=gap,
        resembles=resemblance(site, registers, registries),
        gaps=site.gaps or (gap,),
        promoted=tuple(_looked_up(seller, registries) for seller in sellers_led_to(vantage)),
    )


def _rests(pages: Sequence[Page]) -> Iterator[Gap]:
    """Yield a gap for each page that was not read to its end."""
    for page in pages:
        if page.cut:
            yield Gap(REST_OF_PAGE, f"{page.url} was not read to its end, and anything may stand there")


def _looked_up(seller: Promoted, registries: Registries) -> Promoted:
    """Return the promoted seller with what registers and warning lists hold on its domain."""
    if not seller.domain:
        return seller
    try:
        return replace(seller, listings=registries.for_site(parse_target(seller.domain)))
    except TargetError:
        return seller


def _consult(
    site: Site, licences: Sequence[Licence], registries: Registries, enquiries: tuple[Enquiry, ...]
) -> Consultation:
    """Return what registries hold on the site and on where it leads, our copies and those that were asked themselves."""

    def of_number(licence: Licence) -> tuple[Listing, ...]:
        told = (e.listing for e in enquiries if e.listing and is_about(e, licence))
        return (*registries.by_number(licence.registry, licence.number), *told)

    named = (site.target.host, site.target.domain)
    told = (e.listing for e in enquiries if e.listing and e.listing.domain in named)
    led = elsewhere(site, registries)
    warned = (entry for entry in led if entry.status == "warned")
    by_domain = in_order((*registries.for_site(site.target), *told, *warned))
    by_number = tuple((licence, of_number(licence)) for licence in licences)
    of_landing = tuple(entry for entry in led if entry.status != "warned")
    return Consultation(by_domain, by_number, registries.all, enquiries, of_landing)
