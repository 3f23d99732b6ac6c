"""What the reader should do now, what the law of the buyer's country says, and which single fact would change the verdict."""

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
    Medicine,
    Offer,
    Reason,
    Registry,
    Rung,
    RungLaw,
    Sighting,
    SiteKind,
    Step,
    Verdict,
)
from pharmcheck.reading.kind import SELLERS

_BAD = frozenset({Verdict.ROGUE, Verdict.SUSPICIOUS})
# People who look for these are often in danger of taking their lives; the scam is the smaller risk.
_CRISIS = frozenset({"pentobarbital", "2,4-dinitrophenol"})
# What no country of law.csv allows, whoever sells: prescription medicines without one, controlled ones to anybody.
_LAWFUL_NOWHERE = frozenset({"no-prescription-needed", "controlled-medicine-for-sale", "no-prescription-intake"})

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
    """Return, for each country, whether this site may sell there what it offers: `yes`, `no` or `unknown`, and why."""
    if verdict is Verdict.NOT_A_PHARMACY:
        return ()
    nowhere = [r.title for r in reasons if r.signal in _LAWFUL_NOWHERE]
    found = tuple(_buyer(evidence, verdict, nowhere, country) for country in countries)
    told = ladder_at_law(evidence, countries)
    return found if isinstance(told, Gap) else tuple(_less_sure(buyer, told) for buyer in found)


def ladder_at_law(evidence: Evidence, countries: Sequence[str]) -> Ladder | Gap:
    """Return the ladder with what the law of each country says of each step; of sellers of medicines for people only."""
    ladder, day = evidence.ladder, evidence.captured.date()
    if isinstance(ladder, Gap) or evidence.kind.name not in SELLERS - {SiteKind.VET_PHARMACY}:
        return ladder
    known = {m.name: m for m in (*(s.medicine for s in _sightings(evidence)), *(o.medicine for o in _offers(evidence)))}
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
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    said = f"{ASKED[step.lowest]} is asked for {', '.join(names[:3])}{more}" if step.lowest else ""
    return Buyer(buyer.country, "unknown", f"{said}, as far as was read: {found.why} {buyer.why}")


def _buyer(evidence: Evidence, verdict: Verdict, nowhere: Sequence[str], country: str) -> Buyer:
    authorities = {r.id: r.authority for r in evidence.registers.consulted}
    cautions = {r.id for r in evidence.registers.consulted if r.caution}
    warned = [e for e in evidence.registers.by_domain if e.status == "warned" and e.country == country]
    for entry in (e for e in warned if e.registry not in cautions):
        return Buyer(country, "no", f"{authorities[entry.registry]} names this site (as of {entry.as_of})")
    if verdict is Verdict.ROGUE and nowhere:
        return Buyer(country, "no", f"{_inner(nowhere[0])}: no country that we know allows that")
    prescription = any(o.medicine.prescription_only for o in _offers(evidence))
    question = "prescription-online" if prescription else "otc-online"
    rule = law.answer(country, question, evidence.captured.date())
    what = "prescription medicines" if prescription else "medicines"
    listed = [e for e in evidence.registers.by_domain if e.status == "listed" and e.country == country]
    if rule.answer == "no" and rule.confidence != "low":
        return Buyer(country, "no", f"{what} may not be sold online in {country}: {rule.why}")
    if listed and rule.answer == "yes":
        return Buyer(
            country, "yes", f"{authorities[listed[0].registry]} lists this site (as of {listed[0].as_of}); {rule.why}"
        )
    if rule.answer == "yes" and country in _confirmed_in(evidence):
        return Buyer(country, "yes", f"the register's own page, reached from the seal, names this site; {rule.why}")
    return Buyer(country, "unknown", f"{rule.why} No register that we hold for {country} names this site.")


def _confirmed_in(evidence: Evidence) -> frozenset[str]:
    """Return the countries whose register confirmed a seal of the site on its own host."""
    seals = () if isinstance(evidence.seals, Gap) else evidence.seals
    hosts = {urlsplit(seal.link).hostname for seal in seals if seal.outcome == "confirmed"}
    return frozenset(r.country for r in evidence.registers.consulted if hosts.intersection(r.hosts))


def advise(evidence: Evidence, verdict: Verdict, countries: Sequence[str]) -> tuple[str, ...]:
    """Return sentences for a worried reader, the most important first."""
    return tuple(_sentences(evidence, verdict, countries))


def _sentences(evidence: Evidence, verdict: Verdict, countries: Sequence[str]) -> Iterator[str]:
    named = {s.medicine.name for s in _sightings(evidence)}
    if named & _CRISIS and verdict in _BAD:
        yield (
            "If you think of harming yourself, talk to someone now: "
            "988 in the US and Canada, 116 123 in the UK and Ireland, 112 in the EU."
        )
    if verdict in _BAD:
        yield "Do not order, and do not enter card or health details here."
        yield (
            "Already ordered? Do not take the medicine, keep the packaging, ask your bank to dispute the payment, "
            "and never pay a second fee."
        )
        yield "Ask a pharmacist or doctor near you: most of these medicines can be had lawfully, often cheaply as generics."
    elif verdict is Verdict.UNVERIFIED:
        yield "Look the seller up in the register of its country yourself, starting from the authority's own site, not from a logo."
        for registry in _registers_to_ask(evidence, countries):
            yield f"For {registry.country}: {registry.authority}, {registry.url}"
    elif verdict is Verdict.INTERMEDIARY:
        yield (
            "Ask which pharmacy will send the medicine, where it is licensed, and look that pharmacy up; "
            "import may be unlawful where you live."
        )
    elif verdict is Verdict.LEGITIMATE:
        yield "Check that the address in your browser is letter for letter the one above before you order."
    elif verdict is Verdict.CANNOT_ASSESS:
        yield "Nothing was read, so nothing speaks for this site. Save the page in your browser and check it with --html FILE --url URL."
    elif evidence.promoted:
        yield "This page points to a seller of medicines. Check that seller before you follow the link."
    for country in countries if verdict in _BAD or evidence.promoted else ():
        where = law.reporting(country)
        if where:
            yield f"Report it in {country}: {where[0]}, {where[1]}"
    if evidence.kind.name is SiteKind.HACKED_HOST:
        yield "Tell the owner of this site: it looks as if somebody planted these links."


def _registers_to_ask(evidence: Evidence, countries: Sequence[str]) -> list[Registry]:
    """Return at most three registers of lawful sellers in the countries that the site or the reader names."""
    claimed = frozenset() if isinstance(evidence.operator, Gap) else evidence.operator.countries
    wanted = claimed or frozenset(countries)
    return [
        r for r in evidence.registers.consulted if r.polarity == "positive" and not r.closed and r.country in wanted
    ][:3]


def counterfactual(evidence: Evidence, verdict: Verdict, reasons: Sequence[Reason], without_first: int) -> str:
    """Return the one fact that would change the verdict, in a sentence; empty where no single fact would.

    `without_first` is the risk that would remain without the heaviest reason.
    """
    domain = evidence.target.domain
    if verdict is Verdict.UNVERIFIED:
        return f"an entry in a national register that names {domain} would confirm it."
    if verdict is Verdict.LEGITIMATE:
        return f"the register dropping {domain}, or prescription medicines sold here without a prescription."
    if verdict in _BAD and reasons and reasons[0].points > 0:
        if without_first >= 50:
            return f"no single fact: without its heaviest reason the risk would still be {without_first} of 100."
        return f"if it were not so that {_inner(reasons[0].title)}, the risk would be {without_first} of 100."
    if verdict is Verdict.INTERMEDIARY:
        return "an entry in your country's register that names the pharmacy that dispenses would confirm it for you."
    if verdict is Verdict.CANNOT_ASSESS:
        return "one readable page with products, or a register's entry, would allow a verdict."
    return ""


def _inner(title: str) -> str:
    """Return a title as part of a sentence."""
    return title[0].lower() + title[1:]


def _offers(evidence: Evidence) -> tuple[Offer, ...]:
    return () if isinstance(evidence.offers, Gap) else evidence.offers


def _sightings(evidence: Evidence) -> tuple[Sighting, ...]:
    return () if isinstance(evidence.sightings, Gap) else evidence.sightings
