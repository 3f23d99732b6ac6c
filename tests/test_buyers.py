"""May this site sell to a buyer in a country: lawful, not lawful and why, or not known and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pharmcheck.buyers import buyers, ladder_at_law
from pharmcheck.model import Buyer, Evidence, Gap, Kind, Ladder, Listing, Operator, Reason, Rung, SiteKind, Verdict
from tests.builders import (
    NOW,
    address,
    evidence,
    listing,
    medicine,
    offer,
    over_the_counter,
    prescription,
    quote,
    registers,
    registry,
    seal,
    statement,
    unread,
)

PEN = medicine("tirzepatide", family="glp1")
FORM = prescription(done=[statement(Rung.QUESTIONNAIRE)])


def laws(found: Evidence, *countries: str) -> dict[str, list[str]]:
    """Return the answers by medicine, in the order of the countries."""
    ladder = ladder_at_law(found, countries)
    assert isinstance(ladder, Ladder)
    return {step.medicine: [answer.acceptable for answer in step.law] for step in ladder.steps}


def test_each_step_has_the_law_of_each_country() -> None:
    """A questionnaire is refused for slimming injections in Great Britain, for none by name in Germany."""
    found = evidence(prescription=FORM, offers=(offer(PEN),))
    assert laws(found, "GB", "DE", "FR")["tirzepatide"] == ["no", "unknown", "no"]
    assert laws(found, "GB")[""] == ["limited"]


def test_a_buyer_is_told_which_medicine_and_why() -> None:
    """The line names the medicine, what is asked for and the rule; it is not known, not unlawful: more may be asked later."""
    (found,) = buyers(evidence(prescription=FORM, offers=(offer(PEN),)), Verdict.UNVERIFIED, (), ("GB",))
    assert found.lawful == "unknown"
    assert found.why.startswith(
        "only a questionnaire is asked for tirzepatide, as far as was read: GPhC does not accept"
    )


@pytest.mark.parametrize(("rung", "lawful"), [(Rung.QUESTIONNAIRE, "unknown"), (Rung.E_PRESCRIPTION, "yes")])
def test_a_listed_seller_keeps_its_yes_unless_a_rung_is_refused(rung: Rung, lawful: str) -> None:
    """A register's entry answers for the seller, not for a medicine that leaves after too little."""
    known = registers(by_domain=(listing(),), consulted=(registry(),))
    found = evidence(prescription=prescription(done=[statement(rung)]), offers=(offer(PEN),), registers=known)
    assert [b.lawful for b in buyers(found, Verdict.LEGITIMATE, (), ("GB",))] == [lawful]


def test_memory_alone_refuses_nothing() -> None:
    """An answer of low confidence takes no `yes` back and adds no line."""
    found = evidence(prescription=prescription([Rung.UPLOAD]), offers=(offer(),))
    assert laws(found, "MY")["sildenafil"] == ["no"]
    (told,) = buyers(found, Verdict.UNVERIFIED, (), ("MY",))
    assert "as far as was read" not in told.why


def test_medicines_for_animals_have_no_law_of_people() -> None:
    """A veterinary pharmacy, and an animal's medicine anywhere, is not measured by the rules for people."""
    vet = Kind(SiteKind.VET_PHARMACY, "sells medicines for animals")
    pill = medicine("oclacitinib", use="vet")
    assert laws(evidence(kind=vet, prescription=FORM, offers=(offer(pill),)), "GB")["oclacitinib"] == []
    assert laws(evidence(prescription=FORM, offers=(offer(pill),)), "GB")["oclacitinib"] == []


def test_an_unread_site_keeps_its_gap() -> None:
    """Where nothing was read nothing is said of rungs."""
    assert isinstance(ladder_at_law(unread(), ("GB",)), Gap)


PILL = offer(medicine("lisinopril"))
SYRUP = offer(over_the_counter())
ASKS = prescription(done=[statement(Rung.E_PRESCRIPTION)])


def told(country: str, *entries: Listing, **fields: object) -> Buyer:
    """Return the answer for a buyer of prescription medicines in `country`, with a register for each entry."""
    lists = [registry(e.registry, country=e.country, authority=f"Office of {e.country}") for e in entries]
    given = {"offers": (PILL,), "prescription": ASKS, "registers": registers(entries, consulted=lists), **fields}
    (found,) = buyers(evidence(**given), Verdict.UNVERIFIED, (), (country,))
    return found


def listed_in(country: str) -> Listing:
    """Return an entry of a register of the country."""
    return listing(registry=f"{country.lower()}-list", country=country)


@pytest.mark.parametrize(
    ("country", "seller", "lawful", "why"),
    [
        ("DE", "DE", "yes", "Office of DE lists this site"),
        ("FR", "FR", "no", "prescription medicines may not be sold online in FR"),
        ("TR", "DE", "no", "prescription medicines may not be sold online in TR"),
        ("CH", "CH", "unknown", "Office of CH lists this site"),
        ("GH", "GH", "unknown", "Office of GH lists this site"),
        ("MY", "MY", "unknown", "Office of MY lists this site"),
        ("DE", "SE", "yes", "Office of SE lists this site (as of 2026-10-01), in SE. Swedish"),
        ("DE", "NL", "unknown", "Office of NL lists this site (as of 2026-10-01), in NL. Dutch"),
        ("DE", "CZ", "no", "Czechia is on the list"),
        ("DK", "GB", "no", "from the EU and EEA only"),
        ("NZ", "AU", "unknown", "Whether a seller in AU may send to NZ is not known to us."),
        ("GB-NIR", "GB", "yes", "Office of GB lists this site"),
    ],
)
def test_a_listed_seller_is_judged_by_the_pair_of_countries(country: str, seller: str, lawful: str, why: str) -> None:
    """The law of the buyer's country comes first, then whether it lets in what is sent from the seller's."""
    found = told(country, listed_in(seller))
    assert (found.country, found.lawful) == (country, lawful)
    assert why in found.why


@pytest.mark.parametrize(("age_days", "lawful"), [(400, "yes"), (401, "unknown")])
def test_an_old_copy_of_a_register_says_no_yes(age_days: int, lawful: str) -> None:
    """Pharmacies renew yearly: an entry of more than 400 days is told, and vouches for nobody, at home or abroad."""
    entry = replace(listed_in("DE"), as_of=NOW.date() - timedelta(days=age_days))
    assert (told("DE", entry).lawful, "too long ago" in told("DE", entry).why) == (lawful, lawful == "unknown")
    from_abroad = told("DE", replace(entry, registry="se-list", country="SE"))
    assert (from_abroad.lawful, "too long ago" in from_abroad.why) == (lawful, lawful == "unknown")


@pytest.mark.parametrize(
    ("warned_days", "copy_days", "lawful"),
    [(700, 0, "no"), (701, 0, "unknown"), (0, 90, "no"), (0, 91, "unknown")],
)
def test_a_warning_decides_for_a_buyer_while_it_is_in_force(warned_days: int, copy_days: int, lawful: str) -> None:
    """One that is too old to speak for itself, or that stands in an old copy, is told with its day, and decides nothing."""
    day = NOW.date()
    entry = listing(status="warned", registry="de-warns", country="DE", since=day - timedelta(days=warned_days))
    kept = registry(
        "de-warns",
        polarity="negative",
        entry_max_age_days=700,
        as_of=day - timedelta(days=copy_days),
        authority="Office",
    )
    found = told("DE", registers=registers((entry,), consulted=(kept,)))
    assert found.lawful == lawful
    assert ("too long ago" in found.why) is (lawful == "unknown")
    assert "Office" in found.why


@pytest.mark.parametrize(
    ("country", "why"),
    [
        ("DE", "No register that we hold for DE names this site."),
        ("GH", "the law of GH is not known to us for sure."),
        ("ZZ", "We hold no law of ZZ on this."),
        ("MY", "the law of MY is not known to us for sure. Scheduled poisons"),
    ],
)
def test_where_nobody_answers_it_is_unknown_and_why(country: str, why: str) -> None:
    """A seller that no register names, a law that we do not know, and one from memory: each says which it is."""
    found = told(country)
    assert found.lawful == "unknown"
    assert why in found.why


def test_what_a_pharmacist_may_sell_there_does_not_make_a_shop_unlawful() -> None:
    """Poland forbids to send prescription medicines, and some packs of sildenafil are none there."""
    pill = medicine(without_prescription="PL: 25 mg from a pharmacist.")
    nothing_asked = prescription()
    assert told("PL", listed_in("PL"), offers=(offer(pill),), prescription=nothing_asked).lawful == "yes"
    assert told("PL", listed_in("PL"), prescription=nothing_asked).lawful == "no"


def test_a_private_body_vouches_for_nobodys_law() -> None:
    """Its members may sit anywhere: its entry is told, and is neither a yes nor the seller's country."""
    entry = listing(registry="us-seal", country="US")
    body = registry("us-seal", authority="A seal", accredits=True)
    for country in ("US", "DE"):
        found = told(country, registers=registers((entry,), consulted=(body,)))
        assert found.lawful == "unknown"
        assert "A seal lists this site (as of 2026-10-01), which is a private body." in found.why
    seen = seal("confirmed", "us-seal", "https://seal.example/entry")
    named = registry("us-seal", hosts=("seal.example",), accredits=True)
    assert told("US", registers=registers(consulted=(named,)), seals=(seen,)).lawful == "unknown"


def test_a_register_reached_from_the_seal_answers_for_its_country() -> None:
    """The authority's own page names the site: as good as an entry."""
    seen = seal("confirmed", "de-list", "https://register.example/entry")
    known = registers(consulted=(registry("de-list", hosts=("register.example",)),))
    assert told("DE", registers=known, seals=(seen,)).lawful == "yes"
    abroad = registers(consulted=(registry("nl-list", hosts=("register.example",)),))
    found = told("DE", registers=abroad, seals=(seen,))
    assert (found.lawful, found.why[:24]) == ("unknown", "the register of NL, reac")
    assert "Dutch pharmacies may send" in found.why


def test_of_an_unread_site_it_is_not_said_what_the_law_allows_it() -> None:
    """What it sells is not known; a register of the buyer's country still answers for it."""
    (found,) = buyers(unread(), Verdict.CANNOT_ASSESS, (), ("DE",))
    assert found.why == "what it sells was not read. No register that we hold for DE names it."
    assert told("DE", listed_in("DE"), offers=Gap("offers", "not read"), ladder=Gap("ladder", "")).lawful == "yes"


def test_words_of_the_site_only_make_it_worse() -> None:
    """An address abroad can rule a seller out; an address at home earns nothing."""
    abroad = told("DE", operator=Operator(addresses=(address("IN"),)))
    assert (abroad.lawful, abroad.why[:37]) == ("no", "by its own words the seller is in IN.")
    assert told("DE", operator=Operator(addresses=(address("DE"),))).lawful == "unknown"
    assert told("DE", operator=Operator(addresses=(address("IN"), address("DE")))).lawful == "unknown"
    assert told("NZ", operator=Operator(addresses=(address("IN"),))).lawful == "unknown"


def test_what_no_country_allows_takes_back_the_yes_of_a_register() -> None:
    """Not enough to accuse a listed pharmacy, too much to vouch for a domain that it may have lost."""
    reason = Reason("controlled-medicine-for-sale", "Controlled medicines can be ordered", 18.0, (quote(),))
    known = registers((listed_in("DE"),), consulted=(registry("de-list", authority="Office"),))
    given = evidence(offers=(PILL,), prescription=ASKS, registers=known)
    (found,) = buyers(given, Verdict.UNVERIFIED, (reason,), ("DE",))
    assert found.lawful == "unknown"
    assert found.why.startswith("controlled medicines can be ordered, as far as was read")
    (rogue,) = buyers(given, Verdict.ROGUE, (reason,), ("DE",))
    assert rogue.lawful == "no"


def test_medicines_for_animals_are_not_judged_by_the_law_for_people() -> None:
    """Our table is about medicines for people; in Turkey, too, it says nothing of a vet's shop."""
    vet = Kind(SiteKind.VET_PHARMACY, "sells medicines for animals")
    found = told("TR", kind=vet, offers=(offer(medicine("oclacitinib", use="vet")),))
    assert (found.lawful, "animals" in found.why) == ("unknown", True)


def test_a_shop_without_prescription_medicines_is_asked_the_other_question() -> None:
    """France lets a listed pharmacy send a syrup, not a pill on prescription."""
    assert told("FR", listed_in("FR"), offers=(SYRUP,)).lawful == "yes"
