"""May this site sell what it offers to a buyer in a country: lawful, not lawful and why, or not known and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from pharmcheck import law
from pharmcheck.model import (
    Buyer,
    Evidence,
    Gap,
    Ladder,
    Listing,
    Medicine,
    Offer,
    Reason,
    Registry,
    Rung,
    RungLaw,
    SiteKind,
    Step,
    Verdict,
)
from pharmcheck.reading.intake import controlled_and_unseen
from pharmcheck.reading.sellers import SELLERS

# What no country of law.csv allows, whoever sells: prescription medicines without one, controlled ones to anybody.
_LAWFUL_NOWHERE = frozenset({"no-prescription-needed", "controlled-medicine-for-sale", "no-prescription-intake"})

_OLDEST_PROOF_DAYS = 400  # pharmacies renew yearly: an older copy still speaks for a site, and no longer proves
ASKED = {
    Rung.NONE: "no prescription",
    Rung.WAIVED: "a prescription of the seller's own",
    Rung.OPTIONAL: "a prescription only of who has one",
    Rung.QUESTIONNAIRE: "only a questionnaire",
    Rung.CONSULTATION: "a consultation",
    Rung.REQUIRED: "a prescription",
    Rung.UPLOAD: "a picture of a prescription",
    Rung.E_PRESCRIPTION: "an electronic prescription",
    Rung.ORIGINAL: "a prescription by post",
}


def buyers(
    evidence: Evidence, verdict: Verdict, reasons: Sequence[Reason], countries: Sequence[str]
) -> tuple[Buyer, ...]:
    """Return, for each country, whether this site may sell there what it offers: `yes`, `no` or `unknown`, and why.

    `yes` and `no` rest on a list of an authority that is not too old, or a law of more than low confidence; words of the
    site can only take a `yes` back.
    """
    if verdict is Verdict.NOT_A_PHARMACY:
        return ()
    nowhere = next((in_sentence(r.title) for r in reasons if r.signal in _LAWFUL_NOWHERE), "")
    found = tuple(_buyer(evidence, verdict, nowhere, country) for country in countries)
    if controlled_and_unseen(evidence.offers, evidence.checkout):
        found = tuple(_unseen(buyer) for buyer in found)
    told = ladder_at_law(evidence, countries)
    return found if isinstance(told, Gap) else tuple(_less_sure(buyer, told) for buyer in found)


def proves(entry: Listing, day: date) -> bool:
    """True for an entry of a register in a copy that is recent enough to vouch for the site."""
    return entry.status == "listed" and (day - entry.as_of).days <= _OLDEST_PROOF_DAYS


def in_force(entry: Listing, registry: Registry, day: date) -> bool:
    """True when our copy is fresh, and the entry, of a list that warns of sellers, is not too old to speak for itself."""
    limit = registry.entry_max_age_days
    aged = bool(limit) and entry.since is not None and (day - entry.since).days > limit
    return registry.fresh(day) and not registry.caution and not aged


def _unseen(buyer: Buyer) -> Buyer:
    """Return the buyer's answer without a `yes`, for what is asked behind the cart of controlled medicines was not read."""
    if buyer.lawful != "yes":
        return buyer
    why = f"controlled medicines go into a cart whose checkout was not seen. {buyer.why[:1].upper()}{buyer.why[1:]}"
    return Buyer(buyer.country, "unknown", why)


def ladder_at_law(evidence: Evidence, countries: Sequence[str]) -> Ladder | Gap:
    """Return the ladder with what the law of each country says of each step; of sellers of medicines for people only."""
    ladder, day = evidence.ladder, evidence.captured.date()
    if isinstance(ladder, Gap) or evidence.kind.name not in SELLERS - {SiteKind.VET_PHARMACY}:
        return ladder
    sightings = () if isinstance(evidence.sightings, Gap) else evidence.sightings
    known = {m.name: m for m in (*(s.medicine for s in sightings), *(o.medicine for o in _offers(evidence)))}
    steps = (replace(step, law=_law(step, known.get(step.medicine), countries, day)) for step in ladder.steps)
    return replace(ladder, steps=tuple(steps))


def _law(step: Step, medicine: Medicine | None, countries: Sequence[str], day: date) -> tuple[RungLaw, ...]:
    if step.lowest is None or (medicine and medicine.use != "human"):
        return ()
    found = [(country, law.rung_answer(country, step.lowest, medicine, day)) for country in countries]
    return tuple(
        RungLaw(country, a.answer, a.why, a.source, a.since.isoformat() if a.since else "", a.confidence)
        for country, a in found
    )


def _less_sure(buyer: Buyer, ladder: Ladder) -> Buyer:
    """Return the buyer's answer with the medicines whose check of the buyer that country does not accept.

    What was read may be less than what is asked later: it takes a `yes` back, and accuses nobody.
    """
    refused = [
        (step, found)
        for step in ladder.steps
        for found in step.law
        if step.medicine and found.country == buyer.country and found.acceptable == "no" and found.confidence != "low"
    ]
    if buyer.lawful == "no" or not refused:
        return buyer
    step, found = refused[0]
    names = [s.medicine for s, other in refused if (s.lowest, other.why) == (step.lowest, found.why)]
    said = f"{ASKED[step.lowest]} is asked for {few(names)}" if step.lowest else ""
    more_said = buyer.why[:1].upper() + buyer.why[1:]
    return Buyer(buyer.country, "unknown", f"{said}, as far as was read: {found.why} {more_said}")


def _buyer(evidence: Evidence, verdict: Verdict, nowhere: str, country: str) -> Buyer:
    """Return the answer of the first that can give one: an authority, the law, the registers."""
    return next(filter(None, _answers(evidence, verdict, nowhere, country)))


def _answers(evidence: Evidence, verdict: Verdict, nowhere: str, country: str) -> Iterator[Buyer | None]:
    yield _warned(evidence, country)
    if verdict is Verdict.ROGUE and nowhere:
        yield Buyer(country, "no", f"{nowhere}: no country that we know allows that")
    if evidence.kind.name is SiteKind.VET_PHARMACY:
        yield Buyer(country, "unknown", "it sells medicines for animals, and our law is about medicines for people.")
    prescription = any(law.needs_prescription(country, o.medicine) for o in _offers(evidence))
    what = "prescription medicines" if prescription else "medicines"
    rule = law.answer(country, law.QUESTIONS[0] if prescription else law.QUESTIONS[1], evidence.captured.date())
    if rule.answer == "no" and rule.confidence != "low":
        yield Buyer(country, "no", f"{what} may not be sold online in {country}: {rule.why}")
    listed = _listed(evidence)
    if nowhere:  # not enough to accuse a listed pharmacy, too much to vouch for what may be its lost domain
        known = f" {_lists(evidence, listed[0])}, yet a domain can pass to somebody else." if listed else ""
        yield Buyer(country, "unknown", f"{nowhere}, as far as was read: no country that we know allows that.{known}")
    yield _at_home(evidence, listed, country, rule)
    yield _from_abroad(evidence, listed, country, prescription)
    yield _claimed_abroad(evidence, country, prescription)
    if isinstance(evidence.offers, Gap):
        yield Buyer(country, "unknown", f"what it sells was not read. No register that we hold for {country} names it.")
    if rule.answer == "unknown" or rule.confidence == "low":
        yield Buyer(country, "unknown", f"the law of {country} is not known to us for sure. {rule.why}")
    known = f" {_lists(evidence, listed[0])}, which is a private body." if listed else _told_before(evidence, country)
    yield Buyer(country, "unknown", f"{rule.why} No register that we hold for {country} names this site.{known}")


def _warned(evidence: Evidence, country: str) -> Buyer | None:
    """Return the `no` of an authority of the country whose warning of the site is in force."""
    for entry in _warnings(evidence, country):
        registry = _registry(evidence, entry)
        if in_force(entry, registry, evidence.captured.date()):
            return Buyer(country, "no", f"{registry.authority} names this site (as of {entry.as_of})")
    return None


def _warnings(evidence: Evidence, country: str) -> list[Listing]:
    return [e for e in evidence.registers.by_domain if e.status == "warned" and e.country == _state(country)]


def _at_home(evidence: Evidence, listed: Sequence[Listing], country: str, rule: law.Law) -> Buyer | None:
    """Return what the register of the buyer's own country says, or its page that the site's seal opened."""
    accredits = _accreditors(evidence)
    entry = next((e for e in listed if e.country == _state(country) and e.registry not in accredits), None)
    allowed = rule.answer == "yes" and rule.confidence != "low"
    if entry:
        return Buyer(country, "yes" if allowed else "unknown", f"{_lists(evidence, entry)}; {rule.why}")
    if allowed and _state(country) in _confirmed_in(evidence):
        return Buyer(country, "yes", f"the register's own page, reached from the seal, names this site; {rule.why}")
    return None


def _from_abroad(evidence: Evidence, listed: Sequence[Listing], country: str, prescription: bool) -> Buyer | None:
    """Return whether the seller, lawful in the country of the register that names it, may send to the buyer's."""
    accredits, day = _accreditors(evidence), evidence.captured.date()
    known = {e.country: f"{_lists(evidence, e)}, in {e.country}." for e in listed if e.registry not in accredits}
    for seller in sorted(_confirmed_in(evidence)):
        known.setdefault(seller, f"the register of {seller}, reached from the seal, names this site.")
    known.pop(_state(country), None)
    rules = [law.sent_answer(country, seller, day, prescription=prescription) for seller in known]
    if not rules:
        return None
    said, rule = min(zip(known.values(), rules, strict=True), key=lambda pair: pair[1].answer != "yes")
    lawful = rule.answer if rule.answer in ("yes", "no") and rule.confidence != "low" else "unknown"
    return Buyer(country, lawful, f"{said} {rule.why}")


def _claimed_abroad(evidence: Evidence, country: str, prescription: bool) -> Buyer | None:
    """Return a `no` where the seller says itself that it sits in countries from which nothing may be sent here."""
    claimed = frozenset() if isinstance(evidence.operator, Gap) else evidence.operator.countries
    day = evidence.captured.date()
    rules = [law.sent_answer(country, seller, day, prescription=prescription) for seller in sorted(claimed)]
    if not claimed or _state(country) in claimed or any(r.answer != "no" or r.confidence == "low" for r in rules):
        return None
    return Buyer(country, "no", f"by its own words the seller is in {', '.join(sorted(claimed))}. {rules[0].why}")


def _accreditors(evidence: Evidence) -> frozenset[str]:
    """Return the ids of private bodies: their members may sit in any country, and sell by the law of another one."""
    return frozenset(r.id for r in evidence.registers.consulted if r.accredits)


def _listed(evidence: Evidence) -> tuple[Listing, ...]:
    return tuple(e for e in evidence.registers.by_domain if proves(e, evidence.captured.date()))


def _lists(evidence: Evidence, entry: Listing) -> str:
    return f"{_registry(evidence, entry).authority} lists this site (as of {entry.as_of})"


def _registry(evidence: Evidence, entry: Listing) -> Registry:
    return next(r for r in evidence.registers.consulted if r.id == entry.registry)


def _told_before(evidence: Evidence, country: str) -> str:
    """Return what a list said of this address that decides nothing today, "" where none did: whose it was, what is old."""
    entries = evidence.registers.by_domain
    if former := next((e for e in entries if e.status == "former"), None):
        return f" {_lists(evidence, former)}, but the domain was registered anew since."
    if old := next((e for e in entries if e.status == "listed"), None):
        return f" {_lists(evidence, old)}, too long ago to vouch for it today."
    for warning in _warnings(evidence, country):
        if not (registry := _registry(evidence, warning)).caution:
            when = f"{warning.named_on}, in our copy of {warning.as_of}"
            return f" {registry.authority} warned of this site ({when}), too long ago to decide today."
    return ""


def _confirmed_in(evidence: Evidence) -> frozenset[str]:
    """Return the countries whose register confirmed a seal of the site on its own host."""
    seals = () if isinstance(evidence.seals, Gap) else evidence.seals
    hosts = {urlsplit(seal.link).hostname for seal in seals if seal.earns_trust}
    return frozenset(r.country for r in evidence.registers.consulted if hosts.intersection(r.hosts) and not r.accredits)


def _state(country: str) -> str:
    """Return the country whose registers answer for a buyer: `GB` for `GB-NIR`."""
    return country.partition("-")[0]


def _offers(evidence: Evidence) -> tuple[Offer, ...]:
    return () if isinstance(evidence.offers, Gap) else evidence.offers


def few(names: Sequence[str]) -> str:
    """Return the first three names, and how many more there are."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def in_sentence(title: str) -> str:
    """Return a title as part of a sentence."""
    return title[0].lower() + title[1:]
