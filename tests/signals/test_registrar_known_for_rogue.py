"""The signal registrar-known-for-rogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pharmcheck.model import Answer, Evidence, Quote
from pharmcheck.reading.registrars import reported_registrars, reports_on
from tests.builders import NOW, ask, evidence
from tests.signals.looked_up import registration

ID = "registrar-known-for-rogue"


def sold_by(registrar: str) -> Evidence:
    """Return the evidence of a domain that this registrar sold."""
    proof = (("registrar", Quote("https://rdap.registry.example/", registrar, digest="d" * 64, offset=7)),)
    return evidence(registration=replace(registration(registrar=registrar), quotes=proof))


def test_fires() -> None:
    """Fires on a registrar that a report of the last five years names, however the registry goes on with its name."""
    found = ask(ID, sold_by("GKG.NET, INC."))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].text == "GKG.NET, INC."
    assert found.quotes[0].note.startswith("ICANN, 2023-09-25: ")


@pytest.mark.parametrize(
    "registrar", ["Sample Registrar Ltd", "Resold through GKG.NET", "Hosting Concepts B.V. d/b/a Registrar.eu"]
)
def test_near_miss(registrar: str) -> None:
    """Another registrar, a name in the middle of another, and a report that is older than five years do not fire."""
    assert ask(ID, sold_by(registrar)).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown where nothing was looked up, and where no registrar is published."""
    assert ask(ID, evidence()).answer is Answer.UNKNOWN
    assert ask(ID, evidence(registration=registration(registrar=""))).answer is Answer.UNKNOWN


def test_a_report_speaks_for_five_years() -> None:
    """From its day on, not before, and no longer."""
    for report in reported_registrars():
        known = [day for day in (-1, 0, 5 * 365, 5 * 365 + 1)
                 if list(reports_on(report.begins.upper(), report.published + timedelta(days=day)))]  # fmt: skip
        assert known == [0, 5 * 365]


def test_the_table_is_dated_and_sourced() -> None:
    """Every row names who said it, when and where it can be read; none lies ahead."""
    for report in reported_registrars():
        assert date(2010, 1, 1) < report.published < NOW.date()
        assert report.publisher and report.says and "https://" in report.source
        assert report.begins == report.begins.casefold()
