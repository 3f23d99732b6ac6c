"""The web page: one file, readable without script, and complete."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from pharmcheck.model import Report
from pharmcheck.report.html import render_html
from pharmcheck.report.verdicts import wording
from tests.report.reports import ADVICE, DIGEST, EVERY_VERDICT, FINDINGS, REASONS, report


def page(*reports: Report, explain: bool = False) -> BeautifulSoup:
    return BeautifulSoup(render_html(reports, explain=explain), "lxml")


@pytest.mark.parametrize("made", EVERY_VERDICT, ids=lambda r: str(r.verdict))
def test_verdict_in_words(made: Report) -> None:
    """The heading gives symbol and sentence, so colour is never alone."""
    heading = page(made).h2
    assert heading
    assert wording(made).symbol in heading.get_text()
    assert wording(made).sentence in heading.get_text()


def test_asks_nobody_for_anything() -> None:
    """The page loads nothing and runs nothing, and its policy forbids all but its own style."""
    made = render_html([report()])
    assert not re.search(r"src=|url\(|@import|<script|<link", made)
    (policy,) = page(report()).select("meta[http-equiv=Content-Security-Policy]")
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'unsafe-inline'")


def test_evidence_unfolds() -> None:
    """Under each reason stand quote, place, digest and source, folded; --explain opens all."""
    made = page(report())
    reasons = [d for d in made.find_all("details") if d.summary and d.summary.find(class_="points")]
    assert len(reasons) == len(REASONS)
    said = reasons[1].get_text()
    assert all(
        part in said for part in ("“No prescription needed, ever.”", "/faq, byte 12,345", DIGEST, "Agency rule 7")
    )
    assert not made.find_all("details", open=True)
    assert all(d.has_attr("open") for d in page(report(), explain=True).find_all("details"))


def test_only_authorities_are_linked() -> None:
    """Addresses of authorities in our advice are links without referrer; the site's and promoted ones never are."""
    made = page(report(advice=(*ADVICE, "Not https://pills.example/x nor https://shop.pillhouse.example/y")))
    links = made.find_all("a")
    assert {a["href"] for a in links} == {"https://authority.example.org/report"}
    assert all("noreferrer" in a["rel"] for a in links)
    assert "hxxps://pills[.]example/x" in made.get_text()


def test_every_signal_is_there() -> None:
    """The table of signals holds each with its answer."""
    rows = page(report()).select("tbody tr")
    assert [r.td.get_text() for r in rows if r.td] == [
        f.signal for answer in ("present", "absent", "unknown") for f in FINDINGS if f.answer == answer
    ]


def test_prescription_has_its_section() -> None:
    """The ladder stands in a section of its own; a report that knows none has no such section."""
    sections = [s for s in page(report()).find_all("section") if s.h3 and s.h3.get_text() == "Prescription"]
    assert [li.get_text() for li in sections[0].find_all("li")] == [
        "tramadol: the words ask for a prescription, the forms for nothing; they disagree.",
        "apixaban: the forms ask for a picture of a prescription.",
        "Not accepted in CZ for tramadol: Prescription medicines are for prescriptions.",
    ]
    assert "<h3>Prescription</h3>" not in render_html([EVERY_VERDICT[0]])


def test_several_sites_on_one_page() -> None:
    """Several reports make one page with a list of contents that leads to each."""
    made = page(*EVERY_VERDICT)
    assert len(made.find_all("article")) == len(EVERY_VERDICT)
    assert len(made.find_all("html")) == 1
    for link in made.select("nav a"):
        assert made.find(id=str(link["href"]).removeprefix("#"))


def test_no_risk_bar_where_nothing_was_judged() -> None:
    """A site that could not be judged shows no bar of risk."""
    assert page(report()).find("progress")
    assert not page(EVERY_VERDICT[-1]).find("progress")
