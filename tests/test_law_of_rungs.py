"""Which rung is enough for which medicine in which country."""

from __future__ import annotations

from datetime import date

import pytest

from pharmcheck import law
from pharmcheck.model import Rung
from tests.laws import DAY, MEDICINES


@pytest.mark.parametrize(
    ("country", "rung", "name", "answer"),
    [
        ("GB", Rung.QUESTIONNAIRE, "semaglutide", "no"),
        ("GB", Rung.QUESTIONNAIRE, "diazepam", "no"),
        ("GB", Rung.QUESTIONNAIRE, "amoxicillin", "no"),
        ("GB", Rung.QUESTIONNAIRE, "finasteride", "limited"),
        ("GB", Rung.CONSULTATION, "finasteride", "yes"),
        ("GB", Rung.CONSULTATION, "semaglutide", "limited"),
        ("US", Rung.QUESTIONNAIRE, "oxycodone", "no"),
        ("US", Rung.QUESTIONNAIRE, "finasteride", "limited"),
        ("US", Rung.CONSULTATION, "alprazolam", "limited"),
        ("US", Rung.UPLOAD, "alprazolam", "limited"),
        ("US", Rung.UPLOAD, "lisinopril", "yes"),
        ("CA", Rung.QUESTIONNAIRE, "finasteride", "no"),
        ("CH", Rung.QUESTIONNAIRE, "finasteride", "no"),
        ("NL", Rung.QUESTIONNAIRE, "finasteride", "no"),
        ("JP", Rung.QUESTIONNAIRE, "finasteride", "no"),
        ("DE", Rung.UPLOAD, "lisinopril", "yes"),
        ("EE", Rung.E_PRESCRIPTION, "lisinopril", "yes"),
        ("EE", Rung.E_PRESCRIPTION, "diazepam", "no"),
        ("BR", Rung.UPLOAD, "clonazepam", "no"),
        ("DE", Rung.QUESTIONNAIRE, "lisinopril", "unknown"),
        ("ZZ", Rung.NONE, "lisinopril", "unknown"),
        ("GB", Rung.OTC_ONLY, "lisinopril", "yes"),
        ("GB", Rung.NOT_A_SELLER, "lisinopril", "unknown"),
    ],
)
def test_a_rung_is_enough_or_not_by_country_and_medicine(country: str, rung: Rung, name: str, answer: str) -> None:
    """The class of the medicine comes first, then the country's answer for any medicine."""
    assert law.rung_answer(country, rung, MEDICINES[name], DAY).answer == answer


@pytest.mark.parametrize("country", ["AT", "FR", "IE", "ES", "IT", "PL", "CZ", "BE", "HU", "LV", "SI", "KR", "TR"])
def test_where_no_prescription_medicine_may_be_sent_no_rung_is_enough(country: str) -> None:
    """The answer on online sale speaks for every rung that has none of its own."""
    for rung in (Rung.QUESTIONNAIRE, Rung.CONSULTATION, Rung.UPLOAD, Rung.ORIGINAL):
        assert law.rung_answer(country, rung, None, DAY).answer == "no"


def test_the_day_decides_which_rung_is_enough() -> None:
    """GPhC's guidance is of 4 February 2025; the DEA flexibilities end with 2026."""
    wegovy, xanax = MEDICINES["semaglutide"], MEDICINES["alprazolam"]
    assert law.rung_answer("GB", Rung.QUESTIONNAIRE, wegovy, date(2025, 2, 3)).answer == "unknown"
    assert law.rung_answer("GB", Rung.QUESTIONNAIRE, wegovy, date(2025, 2, 4)).answer == "no"
    assert law.rung_answer("US", Rung.CONSULTATION, xanax, date(2026, 12, 31)).answer == "limited"
    assert law.rung_answer("US", Rung.CONSULTATION, xanax, date(2027, 1, 1)).answer == "unknown"


OVER_THE_COUNTER = {
    "GB": "sildenafil tadalafil desogestrel orlistat estradiol chloramphenicol codeine sumatriptan fluconazole tamsulosin "
    "mebendazole",
    "US": "naloxone norgestrel adapalene levonorgestrel omeprazole insulin ivermectin",
    "AU": "salbutamol",
    "CA": "insulin",
}


@pytest.mark.parametrize(
    ("country", "name"), [(country, name) for country, names in OVER_THE_COUNTER.items() for name in names.split()]
)
def test_what_some_country_sells_without_a_prescription_is_not_refused_there(country: str, name: str) -> None:
    """A pack or strength of these goes without one: no rung is too low for all of it, and no shop sells it unlawfully."""
    assert law.rung_answer(country, Rung.NONE, MEDICINES[name], DAY).answer == "limited"
    assert not law.needs_prescription(country, MEDICINES[name])


@pytest.mark.parametrize(("country", "name"), [("GB", "sildenafil"), ("PL", "sildenafil"), ("US", "ivermectin")])
def test_what_a_pharmacist_may_supply_is_said_for_its_country_alone(country: str, name: str) -> None:
    """The answer says what goes without a prescription there; in Germany nothing of it does."""
    assert country in law.rung_answer(country, Rung.NONE, MEDICINES[name], DAY).why
    assert law.rung_answer("DE", Rung.NONE, MEDICINES[name], DAY).answer == "no"
