"""What entries and warnings of lists decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pharmcheck.grade import (
    decide,
    warned_for_certain,
)
from pharmcheck.model import (
    Consultation,
    Enquiry,
    Gap,
    Registry,
    SiteKind,
    Verdict,
)
from pharmcheck.weights import load_weights
from tests.builders import evidence, listing, page, registers, registry
from tests.graded import (
    DAY,
    DOT,
    FLAG,
    LISTED,
    OLD,
    OTHER,
    SEAL,
    WARNED,
    answered,
    graded,
    in_register,
    of_kind,
    points_for,
    reason,
)


def test_a_warning_that_does_not_decide_is_doubt_and_no_proof() -> None:
    """Its points raise the risk, but the pattern of an illegal pharmacy must stand without them."""
    reasons = [reason(WARNED, points_for(95) - 5), reason(FLAG, 3.0), reason(OTHER, 2.0)]
    assert decide(of_kind(), reasons, 95) is Verdict.SUSPICIOUS
    assert decide(of_kind(SiteKind.INTERMEDIARY), reasons, 95) is Verdict.INTERMEDIARY


@pytest.mark.parametrize(
    ("risk", "verdict"), [(0, Verdict.LEGITIMATE), (10, Verdict.LEGITIMATE), (11, Verdict.UNVERIFIED)]
)
def test_a_listed_shop_is_legitimate_where_nothing_speaks_against_it(risk: int, verdict: Verdict) -> None:
    """The entry and at most ten in a hundred."""
    assert decide(of_kind(**in_register()), [reason(LISTED, -20.0)], risk) is verdict


@pytest.mark.parametrize(("age", "verdict"), [(400, Verdict.LEGITIMATE), (401, Verdict.UNVERIFIED)])
def test_an_old_copy_of_a_register_proves_nothing(age: int, verdict: Verdict) -> None:
    """Pharmacies renew yearly; a copy of more than 400 days still speaks for a site."""
    given = of_kind(**in_register(as_of=DAY - timedelta(days=age)))
    assert decide(given, [reason(LISTED, -20.0)], 0) is verdict


@pytest.mark.parametrize("status", ["lifted", "recorded", "warned"])
def test_only_a_listing_proves(status: str) -> None:
    """A warning that was lifted, and an entry of a neutral list, are no register's word for a site."""
    assert decide(of_kind(**in_register(status=status)), [], 0) is Verdict.UNVERIFIED


@pytest.mark.parametrize(
    ("kind", "signal", "verdict"),
    [
        (SiteKind.PHARMACY, SEAL, Verdict.LEGITIMATE),
        (SiteKind.PHARMACY, DOT, Verdict.LEGITIMATE),
        (SiteKind.UNREADABLE, SEAL, Verdict.LEGITIMATE),
        (SiteKind.INFORMATION, SEAL, Verdict.LEGITIMATE),
        (SiteKind.INFORMATION, DOT, Verdict.NOT_A_PHARMACY),  # associations have such names as well
    ],
)
def test_who_confirms_it_beside_a_register(kind: SiteKind, signal: str, verdict: Verdict) -> None:
    """The issuer of a seal names a pharmacy; the top-level domain names its member, whatever that does."""
    assert decide(of_kind(kind), [reason(signal, -16.0)], 0) is verdict


def test_a_listed_site_that_sells_nothing_is_the_pharmacy_of_the_register() -> None:
    """A pharmacy's page without a shop is still that pharmacy's; without the reason it is not."""
    given = of_kind(SiteKind.INFORMATION, **in_register())
    assert decide(given, [reason(LISTED, -20.0)], 0) is Verdict.LEGITIMATE
    assert decide(given, [], 0) is Verdict.NOT_A_PHARMACY


SPEAKS_ENGLISH = {"entry": {"country": "US"}, "pages": (page("Shop", language="en"),)}


@pytest.mark.parametrize(
    ("given", "countries", "certain"),
    [
        ({}, ("GB",), True),
        ({}, ("DE",), False),
        ({}, (), False),
        ({"entry": {"domain": "pills.example.gb"}}, (), True),
        ({"entry": {"domain": "pillsgb"}}, (), False),
        (SPEAKS_ENGLISH, (), True),
        ({**SPEAKS_ENGLISH, "pages": (page("Boutique", language="fr"),)}, (), False),
        ({**SPEAKS_ENGLISH, "entry": {"country": "GB"}}, (), False),
        ({"entry": {"country": "DK"}, "pages": (page("Butik", language="da"),)}, (), True),
        ({"pages": Gap("pages", "nothing was read")}, (), True),
        ({"entry": {"contested": True}}, ("GB",), False),
        ({"entry": {"status": "lifted"}}, ("GB",), False),
        ({"kept": {"caution": True}}, ("GB",), False),
        ({"kept": {"as_of": DAY - timedelta(days=90)}}, ("GB",), True),
        ({"kept": {"as_of": DAY - timedelta(days=91)}}, ("GB",), False),
        ({"entry": {"since": DAY - timedelta(days=700)}}, ("GB",), True),
        ({"entry": {"since": DAY - timedelta(days=700)}, "kept": {"entry_max_age_days": 700}}, ("GB",), True),
        ({"entry": {"since": DAY - timedelta(days=701)}, "kept": {"entry_max_age_days": 700}}, ("GB",), False),
        ({"kept": {"entry_max_age_days": 1}}, ("GB",), True),
    ],
)
def test_when_a_warning_decides(given: dict[str, Any], countries: tuple[str, ...], certain: bool) -> None:
    """In force, contested by nobody, and of the buyer's country or the seller's: by name, by language, or unread."""
    entry = {"status": "warned", **given.get("entry", {})}
    fields = {k: v for k, v in given.items() if k not in ("entry", "kept")}
    consulted = [registry(polarity="negative", **given.get("kept", {}))]
    site = evidence(registers=registers([listing(**entry)], consulted=consulted), **fields)
    assert warned_for_certain(site, countries) is certain


def test_one_warning_in_force_is_enough() -> None:
    """Another one that is contested takes nothing from it."""
    entries = [listing(status="warned", contested=True), listing(status="warned")]
    site = evidence(registers=registers(entries, consulted=[registry(polarity="negative")]))
    assert warned_for_certain(site, ("GB",))


def test_a_warning_in_force_silences_an_entry() -> None:
    """It counts in full, the register's entry nothing, and the verdict is its own."""
    entries = [listing(status="warned"), listing()]
    site = evidence(registers=registers(entries, consulted=[registry()]))
    report = graded(site, WARNED, LISTED, countries=("GB",))
    assert report.verdict is Verdict.ROGUE
    assert {r.signal: r.points for r in report.reasons} == {WARNED: load_weights().signals[WARNED].points, LISTED: 0.0}
    elsewhere = graded(site, WARNED, LISTED)
    assert elsewhere.reasons[0].points == round(load_weights().signals[WARNED].points / 4, 1)
    assert elsewhere.reasons[1].points == load_weights().signals[LISTED].points
    assert elsewhere.verdict is not Verdict.ROGUE


@pytest.mark.parametrize(
    ("consulted", "enquiries", "share"),
    [
        ([registry()], (), 1.0),
        ([registry(as_of=OLD)], (), 0.6),
        ([registry(as_of=OLD), registry("de-list")], (), 0.6),
        ([registry(as_of=OLD)], (answered(status="listed"),), 1.0),
        ([registry(as_of=OLD)], (answered(status="warned"),), 0.6),
        ([registry(as_of=OLD)], (answered(domain=""),), 0.6),
        ([registry(as_of=OLD)], (answered(),), 0.6),
    ],
)
def test_an_entry_of_an_old_copy_counts_less(
    consulted: list[Registry], enquiries: tuple[Enquiry, ...], share: float
) -> None:
    """Unless the register itself said so on the day, of this very domain."""
    given = Consultation((listing(),), (), tuple(consulted), enquiries)
    report = graded(evidence(registers=given), LISTED)
    assert report.reasons[0].points == round(load_weights().signals[LISTED].points * share, 1)
