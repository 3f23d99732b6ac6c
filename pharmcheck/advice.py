"""What the reader should do now, and which single fact would change the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pharmcheck import law
from pharmcheck.buyers import few, in_sentence
from pharmcheck.model import Evidence, Gap, Reason, Registry, Sighting, SiteKind, Verdict
from pharmcheck.model.captured import NO_SUCH_NAME, NOT_PUBLIC
from pharmcheck.model.judged import ACCUSED
from pharmcheck.reading.differences import planted
from pharmcheck.reading.intake import controlled_and_unseen

_OPEN = frozenset({Verdict.UNVERIFIED, Verdict.INTERMEDIARY})  # neither accused nor confirmed
# People who look for these are often in danger of taking their lives; the scam is the smaller risk.
_CRISIS = frozenset({"pentobarbital", "2,4-dinitrophenol"})
_SURE = ("high", "medium", "low")


def advise(
    evidence: Evidence, verdict: Verdict, countries: Sequence[str], unborne: Sequence[Reason] = ()
) -> tuple[str, ...]:
    """Return sentences for a worried reader, the most important first; `unborne` are signs that nothing else bears out."""
    return tuple(_sentences(evidence, verdict, countries, unborne))


def _sentences(
    evidence: Evidence, verdict: Verdict, countries: Sequence[str], unborne: Sequence[Reason]
) -> Iterator[str]:
    named = {s.medicine.name for s in _sightings(evidence)}
    if named & _CRISIS and verdict in ACCUSED:
        yield (
            "If you think of harming yourself, talk to someone now: "
            "988 in the US and Canada, 116 123 in the UK and Ireland, 112 in the EU."
        )
    yield from _at_the_cart(evidence, verdict)
    if unborne and verdict in _OPEN:
        yield (
            "What speaks against it stands in one place only, and nothing else bears it out: read the quote in its place. "
            "If it means what it says there, do not order."
        )
    yield from _first_steps(evidence, verdict, countries)
    yield from _lost_domain(evidence, verdict)
    yield from _where_it_leads(evidence, verdict)
    for country in countries if verdict in ACCUSED or evidence.promoted else ():
        yield from _report_in(country)
    if verdict not in (Verdict.LEGITIMATE, Verdict.NOT_A_PHARMACY) or evidence.promoted:
        yield from _instead(evidence, verdict, countries)
    if evidence.kind.name is SiteKind.HACKED_HOST:
        yield "Tell the owner of this site: it looks as if somebody planted these links."
    elif planted(evidence.kind, evidence.vantage):
        yield "Tell the owner of this site: it looks as if somebody broke into it, and shows some visitors other pages."


def unseen_cart(evidence: Evidence, verdict: Verdict) -> str:
    """Return which controlled medicines go into a cart whose checkout was not seen, where that decides how to go on, else ""."""
    return few(controlled_and_unseen(evidence.offers, evidence.checkout)) if verdict in _OPEN else ""


def _at_the_cart(evidence: Evidence, verdict: Verdict) -> Iterator[str]:
    """Yield what an unseen checkout of controlled medicines means, and what to look for there."""
    if names := unseen_cart(evidence, verdict):
        yield (
            f"Controlled medicines ({names}) go into a cart here, and its checkout was not seen. That alone proves nothing: in some "
            "countries (Australia, New Zealand, the US) lawful pharmacies ask for the prescription at the checkout or by post."
        )
        yield (
            "Look before you pay: a lawful seller of these wants your own prescription and checks it with whoever wrote it. "
            "If nobody asks for one, and no doctor speaks with you, do not order."
        )


def _first_steps(evidence: Evidence, verdict: Verdict, countries: Sequence[str]) -> Iterator[str]:
    if verdict in ACCUSED:
        yield "Do not order, and do not enter card or health details here."
        yield (
            "Already ordered? Do not take the medicine, keep the packaging, ask your bank to dispute the payment, "
            "and never pay a second fee."
        )
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
    elif verdict is Verdict.CANNOT_ASSESS and not isinstance(evidence.pages, Gap):
        yield "Not all of this site could be read: that nothing was found says nothing for it. Look at it yourself, to the end."
    elif verdict is Verdict.CANNOT_ASSESS:
        yield _unread(evidence)
    elif evidence.promoted:
        yield "This page points to a seller of medicines. Check that seller before you follow the link."


def _unread(evidence: Evidence) -> str:
    """Return what helps where nothing was read: a browser may show a page, but none of an address at which there is no site."""
    if any(gap.artifact == NOT_PUBLIC for gap in evidence.gaps):
        return "This is no address of a public web site, so there is nothing to judge: check how it is spelled."
    if any(NO_SUCH_NAME in gap.why for gap in evidence.gaps):
        return "No web site was found under this name: check how it is spelled, letter by letter."
    return "Nothing was read, so nothing speaks for this site. Save the page in your browser and check it with --html FILE --url URL."


def _lost_domain(evidence: Evidence, verdict: Verdict) -> Iterator[str]:
    """Yield what to do where a register names the site and its content speaks against it: the domain may be lost."""
    authorities = {r.id: r.authority for r in evidence.registers.consulted}
    former = next((e for e in evidence.registers.by_domain if e.status == "former"), None)
    if former and verdict is not Verdict.LEGITIMATE:
        whose = f"that of {former.name}" if former.name else "a pharmacy's"
        yield (
            f"When {authorities[former.registry]} named this address ({former.named_on}), it was {whose}; since then the domain was "
            "registered anew, and may belong to somebody else: ask at the telephone number of the register's entry."
        )
        return
    listed = [e for e in evidence.registers.by_domain if e.status == "listed"]
    if listed and verdict in (*ACCUSED, Verdict.UNVERIFIED):
        yield (
            f"{authorities[listed[0].registry]} lists this address, but a pharmacy can close and its domain pass to "
            "somebody else: ask at the telephone number of the register's entry, not at that of the site."
        )


def _where_it_leads(evidence: Evidence, verdict: Verdict) -> Iterator[str]:
    """Yield that the address leads to a listed domain: the entry is that one's, and proves nothing of who leads there."""
    authorities = {r.id: r.authority for r in evidence.registers.consulted}
    listed = next((entry for entry in evidence.registers.of_landing if entry.status == "listed"), None)
    if listed and verdict not in ACCUSED:
        yield (
            f"{authorities[listed.registry]} lists {listed.domain}, to which this address leads: check that name itself, and type it "
            "in your browser; whoever holds this address can lead you elsewhere tomorrow."
        )


def _instead(evidence: Evidence, verdict: Verdict, countries: Sequence[str]) -> Iterator[str]:
    """Yield how to get the medicine lawfully, in each of the countries."""
    help_near = (
        "Ask a pharmacist or doctor near you: most of these medicines can be had lawfully, often cheaply as generics."
    )
    ways = [lawful_ways(country, evidence.captured.date()) for country in countries]
    if verdict in ACCUSED:
        yield " ".join((help_near, *ways[:1]))
    yield from ways[1:] if verdict in ACCUSED else ways


def _report_in(country: str) -> Iterator[str]:
    where = law.reporting(country)
    if where:
        unsure = (
            " (an address from memory: make sure that it is the authority's own)" if where.confidence == "low" else ""
        )
        yield f"Report it in {country}: {where.authority}, {where.address}{unsure}"


def lawful_ways(country: str, day: date) -> str:
    """Return in a sentence or two how medicines are bought lawfully in `country`, and how sure we are of it."""
    prescription, otc = (law.answer(country, question, day) for question in law.QUESTIONS)
    answers = {prescription.answer, otc.answer}
    if answers == {"unknown"}:
        return f"What may be bought online in {country} is not known to us: buy in a pharmacy there, in person."
    unsure = " (From memory, not checked.)" if "low" in (prescription.confidence, otc.confidence) else ""
    reasons = " ".join(dict.fromkeys((prescription.why, otc.why)))
    if answers == {"no"}:
        return f"Lawful in {country}: in a pharmacy, in person. {reasons}{unsure}"
    in_person = " Those with a prescription you get in a pharmacy, in person." if prescription.answer == "no" else ""
    return f"The law in {country}: {reasons}{in_person}{unsure}"


def _registers_to_ask(evidence: Evidence, countries: Sequence[str]) -> list[Registry]:
    """Return at most three registers of lawful sellers in the countries that the site or the reader names.

    Those of the whole country come first, authorities before private bodies, and what we know well before the rest.
    """
    claimed = frozenset() if isinstance(evidence.operator, Gap) else evidence.operator.countries
    wanted = claimed or frozenset(country.partition("-")[0] for country in countries)
    there = [r for r in evidence.registers.consulted if r.polarity == "positive" and r.country in wanted]
    usable = [r for r in there if not r.closed]
    return sorted(usable, key=lambda r: (bool(r.region), r.accredits, _SURE.index(r.confidence), r.id))[:3]


def counterfactual(evidence: Evidence, verdict: Verdict, reasons: Sequence[Reason], without_first: int) -> str:
    """Return the one fact that would change the verdict, in a sentence; empty where no single fact would.

    `without_first` is the risk that would remain without the heaviest reason.
    """
    domain = evidence.target.domain
    flagged = bool(reasons) and reasons[0].points > 0
    without = (
        f"if it were not so that {in_sentence(reasons[0].title)}, the risk would be {without_first} of 100."
        if flagged
        else ""
    )
    if verdict is Verdict.UNVERIFIED:
        return _confirming(evidence, without)
    if verdict is Verdict.LEGITIMATE:
        return f"the register dropping {domain}, or prescription medicines sold here without a prescription."
    if verdict in ACCUSED and flagged:
        if without_first >= 50:
            return f"no single fact: without its heaviest reason the risk would still be {without_first} of 100."
        return without
    if verdict is Verdict.INTERMEDIARY:
        return "an entry in your country's register that names the pharmacy that dispenses would confirm it for you."
    if verdict is Verdict.CANNOT_ASSESS:
        return "one readable page with products, or a register's entry, would allow a verdict."
    return ""


def _confirming(evidence: Evidence, without: str) -> str:
    """Return what would confirm an unverified site; `without` tells of its heaviest reason, "" where it has none."""
    domain, statuses = evidence.target.domain, {entry.status for entry in evidence.registers.by_domain}
    if unseen_cart(evidence, Verdict.UNVERIFIED):
        entry = "" if "listed" in statuses else f"an entry in a national register that names {domain}, and "
        return f"{entry}a checkout that can be read and asks for the buyer's own prescription would confirm it."
    if "listed" in statuses:
        return without or f"a newer copy of the register that still names {domain} would confirm it."
    if "former" in statuses:
        return f"an entry in a national register that is newer than the registration of {domain} would confirm it."
    return f"an entry in a national register that names {domain} would confirm it."


def _sightings(evidence: Evidence) -> tuple[Sighting, ...]:
    return () if isinstance(evidence.sightings, Gap) else evidence.sightings
