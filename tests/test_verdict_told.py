"""What a report tells beside its verdict: what would change it, how sure it is, what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pharmcheck.grade import (
    confidence,
    grade,
    risk_of,
)
from pharmcheck.model import (
    Answer,
    Consultation,
    Gap,
    Kind,
    Operator,
    SiteKind,
    Verdict,
    View,
    Visitor,
)
from pharmcheck.weights import load_weights
from tests.builders import NOW, URL, evidence, listing, page, phone, registers, registry, unread
from tests.graded import (
    ADVERT,
    DECISIVE_FLAG,
    DOT,
    FLAG,
    LISTED,
    OLD,
    OTHER,
    WARNED,
    answered,
    finding,
    graded,
    in_register,
    of_kind,
)
from tests.signals.looked_up import certificate, names, registration


def test_an_article_is_held_to_what_is_no_subject_of_an_article() -> None:
    """Its words move nothing; its name, the place where it stands and the registers do."""
    article = of_kind(SiteKind.INFORMATION)
    assert graded(article, FLAG, OTHER, DECISIVE_FLAG).reasons == ()
    own = {"pill-keyword-salad", ADVERT, "no-prescription-in-domain-name", "medicine-page-on-unrelated-host", WARNED}
    assert {r.signal for r in graded(article, FLAG, *own).reasons} == own
    assert {r.signal for r in graded(of_kind(SiteKind.PROMOTION), FLAG, OTHER).reasons} == {FLAG, OTHER}


def test_what_sells_and_promotes_nothing_has_no_risk() -> None:
    """Not even the share that any shop has."""
    report = graded(of_kind(SiteKind.INFORMATION))
    assert (report.verdict, report.risk, report.reasons) == (Verdict.NOT_A_PHARMACY, 0, ())
    named = graded(of_kind(SiteKind.INFORMATION), DOT)
    assert (named.verdict, named.risk, named.reasons) == (Verdict.NOT_A_PHARMACY, 0, ())
    flagged = graded(of_kind(SiteKind.INFORMATION), "medicine-page-on-unrelated-host")
    assert flagged.reasons
    assert flagged.risk > 17
    assert graded(of_kind(SiteKind.INFORMATION), countries=("GB",)).buyers == ()


def test_what_cannot_be_assessed_is_as_likely_as_not() -> None:
    """Fifty, whatever little is known."""
    report = graded(unread())
    assert (report.verdict, report.risk, report.confidence) == (Verdict.CANNOT_ASSESS, 50, "low")


def test_a_report_carries_what_it_was_made_of() -> None:
    """Target, clock, kind, host, findings, entries, enquiries, look-ups and the rules are those that were judged by."""
    shop = page("Call +44 20 7183 8750 now")
    given = of_kind(
        registers=Consultation((listing(),), (), (registry(),), (answered(),)),
        pages=(shop,),
        operator=Operator(phones=(phone("+442071838750", "GB"),), read=(shop,)),
        views=(View(Visitor.CRAWLER, URL, (), URL, Gap("vantage", "HTTP 403")),),
        registration=registration(),
        dns=names(),
        tls=certificate(),
        hosting=(),
    )
    findings = [finding(LISTED), finding(FLAG, Answer.ABSENT), finding(OTHER, Answer.UNKNOWN)]
    report = grade(given, findings, ("GB",))
    assert (report.target, report.captured, report.kind, report.host) == (given.target, NOW, given.kind, given.host)
    assert report.findings == tuple(findings)
    assert report.listings == given.registers.by_domain
    assert report.enquiries == given.registers.enquiries
    assert (report.registration, report.dns, report.tls) == (given.registration, given.dns, given.tls)
    assert report.hosting == ()
    assert not any(isinstance(found, Gap) for found in (report.registration, report.dns, report.tls))
    assert (report.views, report.promoted, report.ladder) == (given.views, given.promoted, given.ladder)
    assert [view.asked for view in report.views] == [URL]
    assert ("phone", "+442071838750") in {(d.kind, d.value) for d in report.identifiers}
    assert [b.country for b in report.buyers] == ["GB"]
    assert report.confidence == confidence(given, report.verdict, report.risk) == "medium"
    assert report.ruleset.endswith(f"+{load_weights().digest}")
    assert len(load_weights().digest) == 12


def test_the_risk_that_would_remain_is_that_without_the_heaviest_reason() -> None:
    """The counterfactual leaves out the first reason, and no other."""
    report = graded(of_kind(), DECISIVE_FLAG, "freemail-contact")
    rest = risk_of(sum(r.points for r in report.reasons[1:]), load_weights())
    assert report.counterfactual.endswith(f"the risk would be {rest} of 100.")
    assert rest > risk_of(0.0, load_weights())


def test_a_listed_site_that_is_not_confirmed_is_not_told_to_be_listed() -> None:
    """What would change it is what speaks against it, else a newer copy of the register that names it."""
    doubted = graded(of_kind(**in_register()), LISTED, DECISIVE_FLAG)
    assert (doubted.verdict, doubted.counterfactual[:16]) == (Verdict.UNVERIFIED, "if it were not s")
    aged = graded(of_kind(**in_register(as_of=date(2025, 1, 1))), LISTED)
    assert aged.verdict is Verdict.UNVERIFIED
    assert aged.counterfactual == "a newer copy of the register that still names shop.example would confirm it."


THIN = (page(), page())
THREE = (*THIN, page())
CHECKOUT = page("Checkout", role="checkout")
RICH = {"pages": THREE, "checkout": CHECKOUT}


@pytest.mark.parametrize(
    ("given", "verdict", "risk", "said"),
    [
        (RICH, Verdict.ROGUE, 90, "high"),
        ({"pages": THIN, "checkout": CHECKOUT}, Verdict.ROGUE, 96, "medium"),
        ({"pages": THREE}, Verdict.ROGUE, 96, "medium"),
        ({"pages": THIN}, Verdict.ROGUE, 97, "high"),
        ({**RICH, **in_register()}, Verdict.LEGITIMATE, 0, "high"),
        ({"pages": THIN, **in_register()}, Verdict.LEGITIMATE, 0, "medium"),
        (
            {**RICH, "registers": registers([listing()], consulted=[registry(as_of=OLD)])},
            Verdict.LEGITIMATE,
            0,
            "medium",
        ),
        (RICH, Verdict.UNVERIFIED, 17, "medium"),
        (RICH, Verdict.SUSPICIOUS, 50, "medium"),
        ({"pages": THIN}, Verdict.SUSPICIOUS, 50, "low"),
        ({"pages": THIN}, Verdict.SUSPICIOUS, 57, "low"),
        ({"pages": THIN}, Verdict.SUSPICIOUS, 58, "medium"),
        ({"pages": THIN}, Verdict.UNVERIFIED, 43, "low"),
        ({"pages": THIN}, Verdict.UNVERIFIED, 42, "medium"),
        ({"pages": THIN}, Verdict.SUSPICIOUS, 83, "low"),
        ({"pages": THIN}, Verdict.SUSPICIOUS, 82, "medium"),
        ({"pages": THIN}, Verdict.NOT_A_PHARMACY, 0, "high"),
        ({"pages": THIN[:1]}, Verdict.NOT_A_PHARMACY, 0, "medium"),
        ({"pages": THREE, "kind": Kind(SiteKind.NOT_A_SELLER, "so")}, Verdict.NOT_A_PHARMACY, 0, "medium"),
        ({"pages": Gap("pages", "none")}, Verdict.ROGUE, 99, "medium"),
        ({"pages": Gap("pages", "none")}, Verdict.LEGITIMATE, 0, "medium"),
        ({"pages": Gap("pages", "none")}, Verdict.SUSPICIOUS, 60, "low"),
        ({"pages": Gap("pages", "none")}, Verdict.CANNOT_ASSESS, 50, "low"),
    ],
)
def test_how_sure_a_verdict_is(given: dict[str, Any], verdict: Verdict, risk: int, said: str) -> None:
    """By how much was read, how fresh the register is, and how far the risk is from another verdict."""
    assert confidence(evidence(**given), verdict, risk) == said


def test_each_gap_is_told_once() -> None:
    """The capture's come first; what reading missed beside them follows, unless the same was said of it."""
    contact, checkout = Gap("contact", "HTTP 404"), Gap("checkout", "HTTP 500")
    assert graded(evidence(gaps=(contact, contact, checkout))).gaps == (contact, checkout)
    missing = Gap("checkout", "no checkout was found")
    assert graded(evidence(gaps=(contact,))).gaps == (contact, missing)
    assert graded(evidence(checkout=CHECKOUT, gaps=(contact,))).gaps == (contact,)
    same = Gap("home", missing.why)
    assert graded(evidence(gaps=(same,))).gaps == (same,)
    assert [g.artifact for g in graded(unread()).gaps] == ["pages"]


def test_what_sells_nothing_lacks_no_shop_pages() -> None:
    """An article without a checkout or delivery terms has no gap there; its home page it needs."""
    gaps = (Gap("home", "cut off"), Gap("shipping", "HTTP 404"), Gap("terms", "HTTP 410"))
    assert graded(of_kind(SiteKind.INFORMATION, gaps=gaps)).gaps == gaps[:1]
    assert len(graded(of_kind(gaps=gaps)).gaps) == 4


def test_days_count_from_the_capture() -> None:
    """A list that was fresh on the day of the capture stays so, whenever the recording is judged."""
    early = {"captured": NOW.replace(year=2024), **in_register(as_of=date(2024, 10, 1))}
    early["registers"] = registers([listing(as_of=date(2024, 10, 1))], consulted=[registry(as_of=date(2024, 10, 1))])
    assert graded(evidence(**early), LISTED).verdict is Verdict.LEGITIMATE
