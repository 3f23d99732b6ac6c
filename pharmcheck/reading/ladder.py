"""The prescription ladder for each medicine: what the words promise for it, and what its forms and steps ask for.

Added words can only keep or lower what is said, and can only end an agreement with what is done: a site that says two things
is taken at the lower one. Only a form lifts what is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pharmcheck.model import Kind, Ladder, Offer, Page, Prescription, Quote, Rung, Sighting, SiteKind, Statement, Step
from pharmcheck.reading.intake import ASKS_FOR_NONE, ASKS_FOR_ONE, PRESCRIPTION_TAKEN, ordered_on_site
from pharmcheck.reading.sellers import SELLERS

_MOST_QUOTES = 2
_PROMOTES = frozenset({SiteKind.PROMOTION, SiteKind.HACKED_HOST})  # speaks for a seller, where it speaks


def read_ladder(
    kind: Kind, prescription: Prescription, offers: Sequence[Offer], sightings: Sequence[Sighting]
) -> Ladder:
    """Return the steps: the site's own first (medicine ""), then those of its prescription medicines, lowest first.

    A medicine that is offered only as a pharmacist may supply it without a prescription has no step.
    """
    if kind.name not in SELLERS and not (kind.name in _PROMOTES and prescription.said):
        return _nothing_to_ask(Rung.NOT_A_SELLER, kind.quotes[:1])
    site = _Shared(prescription, offers, sightings)
    names = _medicines(prescription, offers, sightings)
    own = [_step(site, name) for name in names]
    general = _step(site, "")
    if not names and general.lowest is None and offers and not any(o.needs_prescription for o in offers):
        return _nothing_to_ask(Rung.OTC_ONLY, (offers[0].quote,))
    own.sort(key=lambda step: (step.lowest.height if step.lowest else len(Rung), step.medicine))
    return Ladder((general, *own), _lowest_of((general, *own)))


def _nothing_to_ask(rung: Rung, quotes: tuple[Quote, ...]) -> Ladder:
    return Ladder((Step("", rung, None, rung, quotes=quotes),), rung)


def _medicines(prescription: Prescription, offers: Sequence[Offer], sightings: Sequence[Sighting]) -> list[str]:
    """Return the prescription medicines that are offered, and those of which something is said, by name."""
    known = {m.name: m for m in (*(s.medicine for s in sightings), *(o.medicine for o in offers))}
    sold = {o.medicine.name for o in offers if o.needs_prescription and not o.medicine.never_approved}
    freely = {o.medicine.name for o in offers} - {o.medicine.name for o in offers if o.needs_prescription}
    named = {s.medicine for s in (*prescription.said, *prescription.done) if s.medicine in known}
    return sorted(sold | {name for name in named - freely if known[name].prescription_only})


class _Shared:
    """What the steps of all medicines share, worked out once."""

    def __init__(self, prescription: Prescription, offers: Sequence[Offer], sightings: Sequence[Sighting]) -> None:
        said = {(s.medicine, s.rung, s.quote.url): s for s in reversed(prescription.said)}
        self.said = tuple(reversed(said.values()))  # each page speaks once of a rung, however often it repeats it
        self.done, self.checkout = prescription.done, prescription.checkout
        self.ordered = {o.medicine.name for o in ordered_on_site(offers)}
        self.offered: dict[str, set[str]] = {}
        for o in offers:
            self.offered.setdefault(o.medicine.name, set()).add(o.page.url)
        self.own: dict[str, set[str]] = {}
        for s in sightings:
            name, url = s.medicine.name, s.page.url
            if s.start < len(s.page.title) and s.page.role != "home" and url in self.offered.get(name, ()):
                self.own.setdefault(name, set()).add(url)
        self.owned = {url for urls in self.own.values() for url in urls}

    def others(self, medicine: str) -> set[str]:
        """Return the pages that belong to other medicines only.

        A page belongs to a medicine that is offered there and named in its title, but the home page to all. What has no
        such page belongs wherever it is offered; what has one is elsewhere offered in passing.
        """
        return self.owned - (self.own.get(medicine) or self.offered.get(medicine, set()))


def _step(site: _Shared, medicine: str) -> Step:
    """Return the step of a medicine, "" for the site's own: what is said of it, or else in general, and what is done."""
    others = site.others(medicine)
    spoken = [s for s in site.said if not s.medicine and s.quote.url not in others]
    own = [s for s in site.said if medicine and s.medicine == medicine]
    said, done = _low(own) or _low(spoken), _done(site, medicine)
    broken = _broken([*own, *spoken], said, done)
    told = broken[:_MOST_QUOTES] or ([said] if said else [])
    quotes = [replace(s.quote, note="the words") for s in told]
    quotes += [replace(done.quote, note=done.quote.note or "the mechanism")] if done else []
    rungs = said.rung if said else None, done.rung if done else None
    return Step(medicine, *rungs, _lowest(*rungs), not broken, tuple(quotes))


def _done(site: _Shared, medicine: str) -> Statement | None:
    """Return what the mechanism asks for: the highest that a form on the way of the medicine stands for, for all are passed.

    Forms on pages of other medicines are theirs. Nothing is asked for only where the order form was read, the medicine goes
    into the cart, and its own page was read or no page of the site asks for anything.
    """
    others = site.others(medicine)
    seen = [s for s in site.done if s.quote.url not in others]
    if seen:
        return max(seen, key=lambda s: s.rung.height)
    ordered = medicine in site.ordered if medicine else bool(site.ordered)
    if not ordered or not isinstance(site.checkout, Page):
        return None
    if site.done and medicine not in site.own:
        return None  # its own page was not read: it may ask there, as another's does
    url = site.checkout.url
    return Statement(Rung.NONE, Quote(url, "", f"sought a prescription step in the order form of {url}"))


def _broken(statements: Iterable[Statement], said: Statement | None, done: Statement | None) -> list[Statement]:
    """Return the words, the strongest first, that promise more than is done: any check where nobody checks, or more than a
    questionnaire where all words promise more."""
    if done is None:
        return []
    if done.rung in ASKS_FOR_NONE:
        promised = [s for s in statements if s.rung.height >= Rung.CONSULTATION.height]
        return sorted(promised, key=lambda s: -s.rung.height)
    more = said is not None and said.rung.height > done.rung.height
    return [said] if said and more and done.rung is Rung.QUESTIONNAIRE else []


def _lowest(said: Rung | None, done: Rung | None) -> Rung | None:
    """Return the lower of words and mechanism. Where a form takes the prescription, it supersedes words that ask for
    something; words that ask for nothing stand."""
    if done in PRESCRIPTION_TAKEN and said not in ASKS_FOR_NONE:
        return done
    return min(filter(None, (said, done)), key=lambda rung: rung.height, default=None)


def _lowest_of(steps: Sequence[Step]) -> Rung | None:
    """Return the lowest rung of all steps; words that ask for a prescription add nothing where a form takes one."""
    taken = any(step.done in PRESCRIPTION_TAKEN for step in steps)
    rungs = [
        step.lowest
        for step in steps
        if step.lowest and not (taken and step.done is None and step.lowest in ASKS_FOR_ONE)
    ]
    return min(rungs, key=lambda rung: rung.height, default=None)


def _low(statements: Iterable[Statement]) -> Statement | None:
    return min(statements, key=lambda s: s.rung.height, default=None)
