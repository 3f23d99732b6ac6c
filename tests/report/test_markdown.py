"""The Markdown report: the same facts, for a mail or a ticket."""

from __future__ import annotations

import pytest

from pharmcheck.model import Report
from pharmcheck.report import render
from pharmcheck.report.markdown import escaped, render_markdown
from pharmcheck.report.verdicts import wording
from tests.report.reports import EVERY_VERDICT, FINDINGS, REASONS, report


@pytest.mark.parametrize("made", EVERY_VERDICT, ids=lambda r: str(r.verdict))
def test_verdict_is_the_heading(made: Report) -> None:
    """The first line is a heading with the verdict in words."""
    first = render_markdown(made).splitlines()[0]
    assert first == f"# {wording(made).symbol} pills.example: {wording(made).sentence}"


def test_holds_every_reason_with_its_place() -> None:
    """All reasons are there, with quote, path and byte."""
    made = render_markdown(report())
    assert all(r.title in made for r in REASONS)
    assert "“No prescription needed, ever.” (/faq, byte 12,345)" in made


def test_explain_adds_every_signal() -> None:
    """The table of signals is there when asked for."""
    assert "no-prescription-intake | unknown | the checkout could not be read" in render_markdown(
        report(), explain=True
    )
    assert render_markdown(report(), explain=True).count("\n| ") == len(FINDINGS) + 1
    assert "| signal" not in render_markdown(report())


def test_prescription_has_its_heading() -> None:
    """The ladder stands under a heading of its own, with what a country does not accept."""
    made = render_markdown(report())
    assert (
        "## Prescription\n\n* tramadol: the words ask for a prescription, the forms for nothing; they disagree." in made
    )
    assert "* Not accepted in CZ for tramadol: Prescription medicines are for prescriptions." in made


def test_authority_is_linked() -> None:
    """The address to report to stays a link; nothing else is one."""
    assert "<https://authority.example.org/report>" in render_markdown(report())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# not a heading", "\\# not a heading"),
        ("1. no list", "1\\. no list"),
        ("- no list", "\\- no list"),
        ("plain-text 0.1.0+a", "plain-text 0.1.0+a"),
        ("a@b.example", "a(at)b.example"),
        ("see https://x.example", "see hxxps://x.example"),
    ],
)
def test_escapes(text: str, shown: str) -> None:
    """Marks are escaped where they would mean something, and nowhere else."""
    assert escaped(text) == shown


def test_several_are_divided() -> None:
    """Several reports follow one another with a rule between."""
    assert render([report(), report()], "markdown").count("\n---\n") == 1
    with pytest.raises(KeyError):
        render(report(), "stix")
