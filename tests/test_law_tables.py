"""Sending across borders, and tables of law that are out of order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pharmcheck import law
from tests.laws import DAY, MEDICINES

HEADER = "country,question,class,answer,since,until,why,source,confidence,as_of"


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
