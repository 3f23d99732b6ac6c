"""Controlled medicines in a cart whose checkout was not seen: no accusation, and every report says what to look for."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from pharmcheck.grade import grade
from pharmcheck.model import Evidence, Finding, Report, Rung, SiteKind, Verdict
from pharmcheck.report import FORMATS, render
from pharmcheck.report.saved import read_report
from pharmcheck.report.verdicts import wording
from pharmcheck.report.words import gap_words
from pharmcheck.web.languages import LANGUAGES, catalogue
from tests.builders import evidence, listing, medicine, offer, page, prescription, registers, registry, statement
from tests.graded import DECISIVE_FLAG, FLAG, LISTED, OTHER, finding, of_kind

SCHEDULES = {"US": "C4", "GB": "C4"}
PILLS = (offer(medicine("alprazolam", schedule=SCHEDULES)), offer(medicine("zolpidem", schedule=SCHEDULES)))
CHECKOUT = page("Pay here", "https://shop.example/checkout", "checkout")
NAMES = "alprazolam, zolpidem"
ARTIFACT = "checkout of controlled medicines"


def report(*signals: str, **fields: Any) -> Report:
    """Return the report on a shop with both medicines in its cart; `fields` change its evidence."""
    found: list[Finding] = [finding(s) for s in signals]
    given: Evidence = evidence(**{"offers": PILLS, **fields})
    return grade(given, found)


def test_the_advice_begins_with_the_cart() -> None:
    """A reader is told what was seen, that it proves nothing where pharmacies ask at the checkout, and what to look for."""
    first, second, *_ = report().advice
    assert first.startswith(f"Controlled medicines ({NAMES}) go into a cart here")
    assert "That alone proves nothing" in first
    assert "at the checkout" in first
    assert second.startswith("Look before you pay")


def test_the_gap_comes_first_and_names_the_medicines() -> None:
    """What the checkout asks for could not be had: a gap, before those of pages."""
    gap = report().gaps[0]
    assert gap.artifact == ARTIFACT
    assert gap.why.startswith(f"the cart takes {NAMES}")


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_says_it(fmt: str) -> None:
    """Terminal, Markdown, HTML and JSON carry the same gap and the same advice."""
    written = " ".join(render(report(), fmt).split())
    assert ARTIFACT in written
    assert "That alone proves nothing" in written
    assert "Look before you pay" in written


def test_the_verdict_says_it_in_words() -> None:
    """The sentence of the verdict is not that of a shop without a red flag; a report read back has the same."""
    made = report("prescription-medicine-straight-to-cart")
    assert made.verdict is Verdict.UNVERIFIED
    said = "Controlled medicines in a cart whose checkout was not seen"
    assert wording(made).sentence == f"{said}; no register that we hold confirms the site"
    assert wording(read_report(json.loads(json.dumps(made.as_dict())))) == wording(made)
    known = registers((listing(),), consulted=(registry(),))
    assert wording(report(LISTED, registers=known)).sentence == said


def test_what_would_change_it_is_the_checkout() -> None:
    """A register's entry alone confirms no such shop, so the report does not promise it."""
    change = report().counterfactual
    assert change.startswith("an entry in a national register that names shop.example, and a checkout that can be read")
    known = registers((listing(),), consulted=(registry(),))
    listed = report(LISTED, registers=known)
    assert listed.verdict is Verdict.UNVERIFIED
    assert listed.counterfactual.startswith("a checkout that can be read")


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_the_web_form_says_it_in_its_languages(language: str) -> None:
    """The sentence of the verdict, the gap, both pieces of advice and the counterfactual are told in each of them."""
    made, tell = report(), catalogue(language).tell
    sentences = [wording(made).sentence, gap_words(made.gaps[0], made), made.counterfactual]
    sentences += [part for advice in made.advice[:2] for part in re.split(r"(?<=\.) ", advice)]
    assert [s for s in sentences if tell(s) == s] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"offers": (offer(medicine("sildenafil")),)},
        {"offers": (offer(medicine("alprazolam", schedule=SCHEDULES), order="link"),)},
        {"checkout": CHECKOUT, "prescription": prescription(checkout=CHECKOUT)},
    ],
)
def test_nothing_is_said_where_there_is_no_such_cart(fields: dict[str, Any]) -> None:
    """Other medicines, a link in the cart's place, and a checkout that was read are another matter."""
    made = report(**fields)
    assert all(gap.artifact != ARTIFACT for gap in made.gaps)
    assert not any("That alone proves nothing" in sentence for sentence in made.advice)
    assert "checkout" not in wording(made).sentence


@pytest.mark.parametrize("signals", [(FLAG, OTHER, DECISIVE_FLAG), (FLAG,)])
def test_an_accused_shop_is_not_excused(signals: tuple[str, ...]) -> None:
    """Where other things speak against the shop, the reader is told not to order, not that the cart proves nothing."""
    made = report(*signals)
    assert made.verdict in (Verdict.ROGUE, Verdict.SUSPICIOUS)
    assert made.advice[0].startswith("Do not order")
    assert not any("proves nothing" in sentence for sentence in made.advice)


def test_a_listed_seller_is_not_said_to_be_lawful_for_what_was_not_seen() -> None:
    """The answer for a buyer's country is not known, says why, and keeps what the register said."""
    home = {"registers": registers((listing(),), consulted=(registry(),))}
    read = {"checkout": CHECKOUT, "prescription": prescription(done=[statement(Rung.UPLOAD)], checkout=CHECKOUT)}
    assert grade(evidence(offers=PILLS, **home, **read), [finding(LISTED)], ("GB",)).buyers[0].lawful == "yes"
    (buyer,) = grade(evidence(offers=PILLS, **home), [finding(LISTED)], ("GB",)).buyers
    assert buyer.lawful == "unknown"
    assert buyer.why.startswith("controlled medicines go into a cart whose checkout was not seen. An authority lists")


def test_an_intermediary_has_its_own_verdict_and_the_same_advice() -> None:
    """Who passes orders on is told as such; the cart is in its gaps and its advice."""
    made = grade(of_kind(SiteKind.INTERMEDIARY, offers=PILLS), [])
    assert made.verdict is Verdict.INTERMEDIARY
    assert made.gaps[0].artifact == ARTIFACT
    assert "That alone proves nothing" in made.advice[0]
