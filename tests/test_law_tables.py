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


TABLES = {
    "law": (law.read_laws, "country,question,class,answer,since,until,why,source,confidence,as_of"),
    "reporting": (law.read_reporting, "country,authority,address,source,confidence"),
}


@pytest.mark.parametrize(
    ("table", "row", "complaint"),
    [
        ("law", "DE,otc,,yes,,,Why.,src,high,2026-08-01", "unknown word"),
        ("law", "DE,otc-online,,maybe,,,Why.,src,high,2026-08-01", "unknown word"),
        ("law", "DE,otc-online,weight,yes,,,Why.,src,high,2026-08-01", "unknown word"),
        ("law", "DE,rung:form,,yes,,,Why.,src,high,2026-08-01", "unknown word"),
        ("law", "DE,otc-from:Mars,,yes,,,Why.,src,high,2026-08-01", "unknown word"),
        ("law", "DE,otc-from:NL,weight,yes,,,Why.,src,high,2026-08-01", "unknown word"),
        ("law", "DE,rung:none,pills,yes,,,Why.,src,high,2026-08-01", "unknown word"),
        ("law", "DE,otc-online,,yes,,,Why.,src,sure,2026-08-01", "unknown word"),
        ("law", "DE,otc-online,,yes,,,,src,high,2026-08-01", "must be given"),
        ("law", "DE,otc-online,,yes,,,Why.,src,high,2026-08", "Invalid isoformat"),
        ("law", "DE,otc-online,,yes,,,Why.,src,high", "9 fields, expected 10"),
        ("reporting", "DE,Office,www.office.example,src,high", "neither a web address"),
        ("reporting", "DE,,https://office.example,src,high", "a field is empty"),
        ("reporting", "DE,Office,https://office.example,src,sure", "sure is unknown"),
        ("reporting", "DE,Office,https://office.example,src", "4 fields, expected 5"),
    ],
)
def test_a_row_out_of_order_stops_us(tmp_path: Path, table: str, row: str, complaint: str) -> None:
    """A bad word, date, address or width is an error that names file and line."""
    _stops(tmp_path, table, f"\n{row}\n", rf"line 2: .*{complaint}")


@pytest.mark.parametrize("table", TABLES)
def test_an_unknown_column_stops_us(tmp_path: Path, table: str) -> None:
    """The header must be the known one."""
    _stops(tmp_path, table, ",mood\n", "line 1")


def _stops(folder: Path, table: str, behind: str, complaint: str) -> None:
    """Read a table whose header this stands behind: the error names the file, and complains so."""
    read, header = TABLES[table]
    path = folder / f"{table}.csv"
    path.write_text(f"{header}{behind}", "utf-8")
    with pytest.raises(law.LawError, match=rf"{table}\.csv, {complaint}"):
        read(path)


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
