"""The JSON report is a contract: it follows its schema, is stable, and loses no letter."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from pharmcheck.model import Gap, Report
from pharmcheck.report import render
from pharmcheck.report.json import as_json, schema
from pharmcheck.report.saved import read_report
from tests.report.reports import CAPTURED, EVERY_VERDICT, quote, reason, report
from tests.report.test_name_and_host import looked_up


def validate(value: Any) -> None:
    Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)


def test_schema_is_a_schema() -> None:
    """The shipped file is a valid JSON Schema of draft 2020-12."""
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("made", EVERY_VERDICT, ids=lambda r: str(r.verdict))
def test_reports_follow_the_schema(made: Report) -> None:
    """A report of every verdict is valid."""
    validate(json.loads(render(made, "json")))


@pytest.mark.parametrize(
    ("key", "value"),
    [("risk", 101), ("verdict", "fine"), ("kind", "shop"), ("captured", "2026-11-21"), ("extra", 1), ("schema", "x")],
)
def test_schema_refuses(key: str, value: object) -> None:
    """A value outside the contract, or a key that it does not know, is not valid."""
    with pytest.raises(ValidationError):
        validate(report().as_dict() | {key: value})


def test_keys_in_order() -> None:
    """The keys stand in the documented order, and every listed part has its fields."""
    made = report().as_dict()
    assert " ".join(made) == (
        "schema target captured kind host verdict risk confidence reasons findings listings enquiries buyers prescription"
        " promoted views destinations gaps advice counterfactual ruleset registration dns tls identifiers hosting pictures"
    )
    assert " ".join(made["reasons"][1]) == "signal title points quotes source"
    assert " ".join(made["reasons"][1]["quotes"][0]) == "url text note digest offset"
    assert " ".join(made["listings"][0]) == "registry country name number domain status url as_of since note"
    assert made["listings"][0]["since"] == "2026-03-01"
    assert made["listings"][1]["since"] is None
    assert made["findings"][-1] == {
        "signal": "no-prescription-intake",
        "answer": "unknown",
        "why": "the checkout could not be read",
        "quotes": [],
    }


def test_prescription_has_a_step_for_each_medicine() -> None:
    """The ladder says for each medicine what is said and done, and what each country says of it; a gap is an empty ladder."""
    made = report().as_dict()["prescription"]
    assert made["lowest"] == "none"
    assert [s["medicine"] for s in made["steps"]] == ["", "tramadol", "apixaban"]
    assert made["steps"][1] == {
        "medicine": "tramadol",
        "said": "required",
        "done": "none",
        "agrees": False,
        "law": [
            {
                "country": "CZ",
                "acceptable": "no",
                "why": "Prescription medicines are for prescriptions.",
                "source": "law 378/2007",
                "since": "2008-01-01",
            },
            {"country": "GB", "acceptable": "unknown", "why": "No rule is held.", "source": "", "since": None},
        ],
    }
    unread = report(ladder=Gap("pages", "the site did not answer")).as_dict()
    validate(unread)
    assert unread["prescription"] == {"steps": [], "lowest": None}


def test_what_was_looked_up_follows_the_schema() -> None:
    """Registration, DNS, certificate and hosting are objects; where nobody looked they are null, and a gap tells why if it can."""
    keys = ("registration", "dns", "tls", "hosting")
    assert [report().as_dict()[key] for key in keys] == [None] * 4
    made = looked_up().as_dict()
    validate(made)
    assert made["hosting"][0] == {
        "address": "192.0.2.7",
        "asn": 64500,
        "name": "Sample Hosting",
        "country": "HK",
        "tables": ["Sample-Lite of 2026-11-01"],
    }
    assert read_report(made).as_dict() == made


def test_captured_is_utc() -> None:
    """A time of another zone is written as UTC with Z, without fractions."""
    zone = timezone(timedelta(hours=5, minutes=30))
    moment = datetime(2026, 1, 1, 3, 0, 0, 999, tzinfo=zone)
    assert report(captured=moment).as_dict()["captured"] == "2025-12-31T21:30:00Z"
    assert report(captured=CAPTURED).as_dict()["captured"] == "2026-11-21T14:03:05Z"


def test_keeps_every_letter_and_nothing_acts() -> None:
    """What a site wrote comes back letter for letter, but no raw control, bidi or invisible character is printed."""
    hostile = "\x1b[31m \x9b2J \x7f \u202e \u200b \u2028 \ufeff \U000e0041 <script> „Żółw“ 薬"
    text = as_json(report(reasons=(reason("a", 1, "t", quote(hostile)),)))
    assert json.loads(text)["reasons"][0]["quotes"][0]["text"] == hostile
    assert all(c.isprintable() or c == "\n" for c in text)
    assert "„Żółw“ 薬" in text
    text.encode()


def test_half_a_character_can_be_written() -> None:
    """A lone surrogate from a broken page does not stop the output."""
    as_json(report(advice=("\ud83d",))).encode()


def test_same_report_same_text() -> None:
    """Equal reports give equal text with a newline at its end, and no minus zero."""
    assert as_json(report()) == as_json(report())
    assert as_json(report()).endswith("}\n")
    assert '"points": 0.0' in as_json(report(reasons=(reason("a", -0.0, "t"),)))


def test_several_make_an_array() -> None:
    """A sequence of reports is a JSON array in their order; one report is an object."""
    assert [r["verdict"] for r in json.loads(render(EVERY_VERDICT, "json"))] == [r.verdict for r in EVERY_VERDICT]
    assert isinstance(json.loads(render([report()], "json")), list)
    assert isinstance(json.loads(render(report(), "json")), dict)
