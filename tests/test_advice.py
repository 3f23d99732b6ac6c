"""What a report says to buyers of what a seller asks for."""

from __future__ import annotations

import pytest

from pharmcheck.advice import buyers, ladder_at_law
from pharmcheck.model import Evidence, Gap, Kind, Ladder, Rung, SiteKind, Verdict
from tests.builders import evidence, listing, medicine, offer, prescription, registers, registry, statement, unread

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
