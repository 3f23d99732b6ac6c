"""The law by country: dated answers, and where to report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pharmcheck import law
from tests.laws import DAY, EEA


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
