"""The law by country: dated answers, and where to report."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from pharmcheck import law
from pharmcheck.model import Rung
from pharmcheck.reading.medicines import load_medicines

DAY = date(2026, 11, 1)
HEADER = "country,question,class,answer,since,until,why,source,confidence,as_of"
EEA = [
    "AT",
    "BE",
    "BG",
    "HR",
    "CY",
    "CZ",
    "DK",
    "EE",
    "FI",
    "FR",
    "DE",
    "GR",
    "HU",
    "IS",
    "IE",
    "IT",
    "LV",
    "LI",
    "LT",
    "LU",
    "MT",
    "NL",
    "NO",
    "PL",
    "PT",
    "RO",
    "SK",
    "SI",
    "ES",
    "SE",
]


@pytest.mark.parametrize(
    ("country", "prescription", "otc"),
    [
        ("DE", "yes", "yes"),
        ("FR", "no", "yes"),
        ("CZ", "no", "yes"),
        ("GB", "yes", "yes"),
        ("US", "yes", "yes"),
        ("CH", "limited", "limited"),
        ("TR", "no", "no"),
        ("KR", "no", "no"),
        ("LV", "no", "yes"),
        ("LT", "unknown", "yes"),
    ],
)
def test_answers_are_those_of_the_law(country: str, prescription: str, otc: str) -> None:
    """The table tells countries that allow prescription sale online from those that do not."""
    assert law.answer(country, "prescription-online", DAY).answer == prescription
    assert law.answer(country.lower(), "otc-online", DAY).answer == otc


def test_a_country_that_we_do_not_know_is_unknown() -> None:
    """No answer is invented, and the reason is said."""
    found = law.answer("ZZ", "otc-online", DAY)
    assert (found.answer, found.confidence, found.as_of) == ("unknown", "low", None)
    assert "ZZ" in found.why


def test_a_question_that_is_not_asked_is_an_error() -> None:
    """A misspelt question does not pass for an unknown law."""
    with pytest.raises(ValueError, match="no such question"):
        law.answer("DE", "prescription", DAY)


def test_the_day_decides_which_law_holds() -> None:
    """Croatia opened online sale in July 2025."""
    assert law.answer("HR", "otc-online", date(2025, 7, 17)).answer == "no"
    assert law.answer("HR", "otc-online", date(2025, 7, 18)).answer == "yes"


def test_an_old_answer_loses_its_confidence() -> None:
    """After two years without review an answer may weaken a red flag, but not raise one."""
    assert law.answer("TR", "otc-online", date(2028, 7, 31)).confidence == "high"
    assert law.answer("TR", "otc-online", date(2028, 8, 1)).confidence == "low"


def test_every_member_state_has_both_answers_with_reason_and_source() -> None:
    """No country of the EU and EEA is missing, and each answer says why and from where."""
    for country in EEA:
        for question in law.QUESTIONS:
            found = law.answer(country, question, DAY)
            assert found.as_of, (country, question)
            assert found.why.endswith("."), country
            assert found.source == "background" or "://" in found.source
    assert frozenset(EEA) == law.EEA


def test_answers_from_memory_are_never_of_high_confidence() -> None:
    """What no source was read for is medium at best."""
    rows = law.read_laws(Path(law.__file__).with_name("law.csv"))
    assert len(rows) > 300
    assert not [r for r in rows if r.source == "background" and r.confidence == "high"]


def test_no_two_answers_hold_on_one_day() -> None:
    """The rows of one country and question do not overlap in time."""
    rows = law.read_laws(Path(law.__file__).with_name("law.csv"))
    for row in rows:
        same = [r for r in rows if (r.country, r.question, r.medicines) == (row.country, row.question, row.medicines)]
        days = [d for r in same for d in (r.since, r.until, DAY) if d]
        assert all(sum(r.in_force(day) for r in same) <= 1 for day in days)


MEDICINES = {m.name: m for m in load_medicines()}


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


def test_no_country_lets_a_prescription_medicine_go_without_one() -> None:
    """At least 25 countries are known, each with reason and source, and each says no."""
    rows = [r for r in law.read_laws(Path(law.__file__).with_name("law.csv")) if r.question == "rung:none"]
    assert len({r.country for r in rows}) >= 25
    for row in rows:
        assert (row.answer, row.medicines) == ("no", "")
        assert row.source == "background" or "://" in row.source
        assert law.rung_answer(row.country, Rung.OPTIONAL, MEDICINES["lisinopril"], DAY).answer == "no"


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
def test_what_a_pharmacist_may_supply_is_never_refused(country: str, name: str) -> None:
    """Some strength or pack goes without a prescription there: the answer is limited, and says which."""
    found = law.rung_answer(country, Rung.NONE, MEDICINES[name], DAY)
    assert found.answer == "limited"
    assert country in found.why
    assert law.rung_answer("DE", Rung.NONE, MEDICINES[name], DAY).answer == "no"


COUNTRIES = sorted({r.country for r in law.read_laws(Path(law.__file__).with_name("law.csv"))} - {"EEA"})
SOURCE = re.compile(r"(?:https?://\S+|background)\b")


def test_the_table_knows_the_countries_of_the_world_that_matter() -> None:
    """All of the EEA and 50 others, each with both answers, a rule on sale without a prescription, and a reason."""
    assert len(COUNTRIES) >= 80
    assert set(EEA) <= set(COUNTRIES)
    for country in COUNTRIES:
        for question in law.QUESTIONS:
            assert law.answer(country, question, DAY).as_of, (country, question)
        assert law.rung_answer(country, Rung.NONE, None, DAY).answer == "no", country


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_victim_is_told_where_to_report(country: str) -> None:
    """Each country of the table has an authority with a web or e-mail address, a source and its confidence."""
    found = law.reporting(country)
    assert found
    assert re.match(r"https?://[^/]+\.|\w+@", found.address)
    assert SOURCE.match(found.source)
    assert found.source != "background" or found.confidence != "high"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("DE,Office,www.office.example,src,high", "neither a web address"),
        ("DE,,https://office.example,src,high", "a field is empty"),
        ("DE,Office,https://office.example,src,sure", "sure is unknown"),
        ("DE,Office,https://office.example,src", "4 fields, expected 5"),
    ],
)
def test_a_reporting_address_out_of_order_stops_us(tmp_path: Path, row: str, complaint: str) -> None:
    """A row that cannot be used is an error that names file and line."""
    path = tmp_path / "reporting.csv"
    path.write_text(f"country,authority,address,source,confidence\n{row}\n", "utf-8")
    with pytest.raises(law.LawError, match=r"reporting\.csv, line 2: .*" + complaint):
        law.read_reporting(path)


@pytest.mark.parametrize(
    ("country", "seller", "prescription", "otc"),
    [
        ("DE", "IS", "yes", "yes"),
        ("DE", "NL", "limited", "limited"),
        ("DE", "SE", "yes", "no"),
        ("DE", "CZ", "no", "yes"),
        ("DE", "GB", "no", "no"),
        ("DE", "US", "no", "no"),
        ("de", "fr", "no", "no"),
        ("DK", "SE", "limited", "limited"),
        ("DK", "GB", "no", "no"),
        ("JP", "IN", "no", "no"),
        ("US", "CA", "limited", "limited"),
        ("CH", "DE", "limited", "limited"),
        ("FR", "NL", "limited", "limited"),
        ("FR", "IN", "unknown", "unknown"),
        ("NZ", "AU", "unknown", "unknown"),
    ],
)
def test_a_seller_abroad_may_send_or_not_by_the_pair_of_countries(
    country: str, seller: str, prescription: str, otc: str
) -> None:
    """The seller's own country comes first, then the EU and EEA, then any other; what we do not know is unknown."""
    assert law.sent_answer(country, seller, DAY, prescription=True).answer == prescription
    assert law.sent_answer(country, seller, DAY, prescription=False).answer == otc


def test_the_day_decides_from_where_may_be_sent() -> None:
    """The United Kingdom left the German list of countries at the end of 2020."""
    assert law.sent_answer("DE", "GB", date(2020, 12, 31), prescription=True).answer == "yes"
    assert law.sent_answer("DE", "GB", date(2021, 1, 1), prescription=True).answer == "no"


@pytest.mark.parametrize(
    ("country", "name", "needed"),
    [("PL", "sildenafil", False), ("GB", "sildenafil", False), ("FR", "sildenafil", True), ("FR", "orlistat", False)],
)
def test_a_medicine_needs_a_prescription_by_country(country: str, name: str, needed: bool) -> None:
    """Where some pack goes without one, a shop that sells the medicine does not sell prescription medicines for sure."""
    assert law.needs_prescription(country, MEDICINES[name]) is needed


def test_no_reporting_address_is_invented() -> None:
    """An unknown country has none."""
    assert law.reporting("ZZ") is None


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("DE,otc,,yes,,,Why.,src,high,2026-08-01", "unknown word"),
        ("DE,otc-online,,maybe,,,Why.,src,high,2026-08-01", "unknown word"),
        ("DE,otc-online,weight,yes,,,Why.,src,high,2026-08-01", "unknown word"),
        ("DE,rung:form,,yes,,,Why.,src,high,2026-08-01", "unknown word"),
        ("DE,otc-from:Mars,,yes,,,Why.,src,high,2026-08-01", "unknown word"),
        ("DE,otc-from:NL,weight,yes,,,Why.,src,high,2026-08-01", "unknown word"),
        ("DE,rung:none,pills,yes,,,Why.,src,high,2026-08-01", "unknown word"),
        ("DE,otc-online,,yes,,,Why.,src,sure,2026-08-01", "unknown word"),
        ("DE,otc-online,,yes,,,,src,high,2026-08-01", "must be given"),
        ("DE,otc-online,,yes,,,Why.,src,high,2026-08", "Invalid isoformat"),
        ("DE,otc-online,,yes,,,Why.,src,high", "9 fields, expected 10"),
    ],
)
def test_a_law_out_of_order_stops_us(tmp_path: Path, row: str, complaint: str) -> None:
    """A bad word, date or width is an error that names file and line."""
    path = tmp_path / "law.csv"
    path.write_text(f"{HEADER}\n{row}\n", "utf-8")
    with pytest.raises(law.LawError, match=r"law\.csv, line 2: .*" + complaint):
        law.read_laws(path)


def test_an_unknown_column_stops_us(tmp_path: Path) -> None:
    """The header must be the known one."""
    path = tmp_path / "law.csv"
    path.write_text(f"{HEADER},mood\n", "utf-8")
    with pytest.raises(law.LawError, match=r"law\.csv, line 1"):
        law.read_laws(path)
