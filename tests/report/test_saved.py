"""A saved report is read back as it was; what is none is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pharmcheck.model import (
    Certificate,
    Destination,
    Detail,
    Gap,
    Hop,
    Names,
    Quote,
    Registration,
    Report,
    Verdict,
    View,
    Visitor,
)
from pharmcheck.pipeline import check_replay
from pharmcheck.report.saved import SavedError, read_report
from tests.report.reports import EVERY_VERDICT

CASSETTES = Path(__file__).resolve().parents[2] / "cassettes"


@pytest.mark.parametrize("made", EVERY_VERDICT, ids=lambda r: str(r.verdict))
def test_nothing_is_lost_on_the_way(made: Report) -> None:
    """Read back and written again, a report is the same JSON."""
    saved = json.loads(json.dumps(made.as_dict()))
    assert read_report(saved).as_dict() == saved


def test_a_recorded_site_survives() -> None:
    """The same holds of a report on a recorded site, for buyers of two countries."""
    saved = check_replay(CASSETTES / "potenzwelt24.example.warc.gz", countries=("DE", "GB")).as_dict()
    assert read_report(saved).as_dict() == saved


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        {},
        {"schema": "pharmcheck/report/9"},
        EVERY_VERDICT[0].as_dict() | {"verdict": "fine"},
        EVERY_VERDICT[0].as_dict() | {"captured": "2026-11-01T12:00:00"},
        EVERY_VERDICT[0].as_dict() | {"reasons": [None]},
        EVERY_VERDICT[0].as_dict() | {"buyers": [{"country": "DE", "lawful": "", "why": "", "law": []}]},
        {k: v for k, v in EVERY_VERDICT[0].as_dict().items() if k != "target"},
    ],
)
def test_what_is_no_report_is_refused(broken: object) -> None:
    """Another schema, an unknown word, a missing part: a sentence, never a report that says less."""
    with pytest.raises(SavedError, match=r"it is (no|a damaged) report"):
        read_report(broken)  # type: ignore[arg-type]


def test_what_the_network_told_survives() -> None:
    """Registration, DNS, certificate, views, destinations and identifiers come back as well."""
    when = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    quote = Quote("https://pills.example/", "tel. 1", "", "d" * 64, 7)
    made = replace(
        EVERY_VERDICT[0],
        registration=Registration(
            "pills.example", "rdap", created=when, statuses=("active",), abuse_email="abuse@registrar.example"
        ),
        dns=Names("pills.example", "pills.example", addresses=("192.0.2.1",), answered=("A",)),
        tls=Certificate("pills.example", "CA", ("pills.example",), when, when, quote),
        views=(
            View(
                Visitor.PHONE, quote.url, (Hop(quote.url, "script"),), "https://b.example/", Gap("vantage", "no answer")
            ),
        ),
        destinations=(Destination("https://b.example/", "b.example", ("phone",), Verdict.ROGUE, 99, "pills"),),
        identifiers=(Detail("phone", "+441", quote),),
    )
    saved = json.loads(json.dumps(made.as_dict()))
    assert read_report(saved).as_dict() == saved
