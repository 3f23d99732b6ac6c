"""The law by country, dated: what may be sold online, from where it may be sent, which medicine needs a prescription."""

from __future__ import annotations

from datetime import date

import pytest

from pharmcheck import law
from tests.laws import DAY, MEDICINES


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
