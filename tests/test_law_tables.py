"""The tables of laws and of addresses to report to: whole and sourced as shipped, and refused where they are out of order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pharmcheck import law
from pharmcheck.model import Rung
from tests.laws import DAY, MEDICINES

ROWS = law.read_laws(Path(law.__file__).with_name("law.csv"))
COUNTRIES = sorted({r.country for r in ROWS} - {"EEA"})
MEMBERS = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT NL NO PL PT RO SK SI ES SE"
SOURCE = re.compile(r"(?:https?://\S+|background)\b")
HEADER = "country,question,class,answer,since,until,why,source,confidence,as_of"


def test_the_countries_of_the_eea_are_those_of_the_treaty() -> None:
    """Twenty-seven members of the EU, Iceland, Liechtenstein and Norway, and the table knows them all."""
    assert frozenset(MEMBERS.split()) == law.EEA
    assert set(COUNTRIES) >= law.EEA
    assert len(COUNTRIES) >= 80


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_of_the_table_has_an_answer_to_each_question(country: str) -> None:
    """May prescription medicines, may others be sold online: dated, with reason and source; and never without a prescription."""
    for question in law.QUESTIONS:
        found = law.answer(country, question, DAY)
        assert found.as_of
        assert found.why.endswith(".")
        assert SOURCE.match(found.source)
    assert law.rung_answer(country, Rung.NONE, None, DAY).answer == "no"


def test_no_country_lets_a_prescription_medicine_go_without_one() -> None:
    """At least 25 have a rule that says so, each for all medicines and with a source; `optional` is the same as none."""
    rows = [r for r in ROWS if r.question == "rung:none"]
    assert len({r.country for r in rows}) >= 25
    for row in rows:
        assert (row.answer, row.medicines) == ("no", "")
        assert SOURCE.match(row.source)
        assert law.rung_answer(row.country, Rung.OPTIONAL, MEDICINES["lisinopril"], DAY).answer == "no"


def test_answers_from_memory_are_never_of_high_confidence() -> None:
    """What no source was read for is medium at best."""
    assert len(ROWS) > 300
    assert not [r for r in ROWS if r.source == "background" and r.confidence == "high"]


def test_no_two_answers_hold_on_one_day() -> None:
    """The rows of one country and question do not overlap in time."""
    for row in ROWS:
        same = [r for r in ROWS if (r.country, r.question, r.medicines) == (row.country, row.question, row.medicines)]
        days = [d for r in same for d in (r.since, r.until, DAY) if d]
        assert all(sum(r.in_force(day) for r in same) <= 1 for day in days)


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


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_victim_is_told_where_to_report(country: str) -> None:
    """Each country of the table has an authority with a web or e-mail address, a source and its confidence."""
    found = law.reporting(country)
    assert found
    assert re.match(r"https?://[^/]+\.|\w+@", found.address)
    assert SOURCE.match(found.source)
    assert found.source != "background" or found.confidence != "high"


def test_no_reporting_address_is_invented() -> None:
    """An unknown country has none."""
    assert law.reporting("ZZ") is None


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
