"""The table of decisions: from reasons, kind of site and registers to verdict, risk, confidence and gaps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from pharmcheck.grade import (
    ADVERTISING,
    DECISIVE,
    Weight,
    Weights,
    confidence,
    decide,
    grade,
    load_weights,
    risk_of,
    score,
    warned_for_certain,
)
from pharmcheck.model import (
    Answer,
    Consultation,
    Enquiry,
    Evidence,
    Finding,
    Gap,
    Kind,
    Listing,
    Operator,
    Reason,
    Registry,
    Report,
    SiteKind,
    Verdict,
    View,
    Visitor,
)
from pharmcheck.signals import catalogue
from tests.builders import NOW, URL, evidence, listing, page, phone, quote, registers, registry, target, unread
from tests.signals.looked_up import certificate, names, registration

DAY = NOW.date()
FLAG, OTHER, ADVERT = "no-prescription-needed", "customs-guarantee", "medicine-in-domain-name"
DECISIVE_FLAG, WARNED, LISTED = "controlled-medicine-for-sale", "on-official-warning-list", "listed-by-register"
SEAL, DOT = "seal-confirmed", "dot-pharmacy-domain"
PRESENT = Answer.PRESENT


def finding(signal: str, answer: Answer = PRESENT) -> Finding:
    return Finding(signal, answer, (quote(signal),), "so it is")


def reason(signal: str, points: float = 1.0) -> Reason:
    return Reason(signal, signal, points, (quote(),))


def of_kind(kind: SiteKind = SiteKind.PHARMACY, **more: Any) -> Evidence:
    return evidence(kind=Kind(kind, "so it is"), **more)


def in_register(**fields: Any) -> dict[str, Consultation]:
    """Return the answer of a fresh register that names the site."""
    return {"registers": registers([listing(**fields)], consulted=[registry()])}


def graded(given: Evidence, *signals: str, countries: tuple[str, ...] = ()) -> Report:
    return grade(given, [finding(s) for s in signals], countries)


def points_for(risk: float) -> float:
    """Return the decibans that bring a site to a risk."""
    return 10 * math.log10(risk / (100 - risk)) - load_weights().prior


def split(risk: float, *signals: str) -> list[Reason]:
    """Return reasons of these signals that together bring a site to a risk."""
    return [reason(s, points_for(risk) / len(signals)) for s in signals]


# Points


def weights(caps: Mapping[str, float], **rows: tuple[float, str]) -> Weights:
    """Return weights of signals (`_` for `-`): points and group."""
    known = {name.replace("_", "-"): Weight(p, group, "", p, ()) for name, (p, group) in rows.items()}
    return Weights(-7.0, caps, known, "0" * 12)


CAPPED = weights(
    {"words": 10.0, "trust": 15.0, "shop": 20.0},
    no_prescription_needed=(8.0, "words"), prescription_waived=(6.0, "words"), prescription_optional=(1.0, "words"),
    listed_by_register=(-12.0, "trust"), seal_confirmed=(-8.0, "trust"), customs_guarantee=(9.0, "shop"),
    messenger_orders=(3.26, "shop"), freemail_contact=(3.26, "shop"),
)  # fmt: skip


def told(signals: list[str], shares: Mapping[str, float] = {}) -> list[tuple[str, float]]:
    return [(r.signal, r.points) for r in score([finding(s) for s in signals], CAPPED, shares)]


def test_what_says_the_same_shares_a_cap_and_the_heaviest_goes_first() -> None:
    """Eight and six of a group with a cap of ten count eight and two; what comes after counts nothing, and is shown."""
    expected = [("no-prescription-needed", 8.0), ("prescription-waived", 2.0), ("prescription-optional", 0.0)]
    assert told(["prescription-optional", "prescription-waived", "no-prescription-needed"]) == expected


def test_trust_is_capped_as_well() -> None:
    """What speaks for a site counts down to the cap of its group, and not beyond."""
    assert told([SEAL, LISTED]) == [(LISTED, -12.0), (SEAL, -3.0)]


def test_red_flags_come_first_then_trust_each_by_weight_then_by_name() -> None:
    """The order of reasons depends on points and names only; points are told to one decimal."""
    expected = [(OTHER, 9.0), ("freemail-contact", 3.3), ("messenger-orders", 3.3), (LISTED, -12.0)]
    assert told([LISTED, "messenger-orders", OTHER, "freemail-contact"]) == expected


def test_an_entry_may_be_worth_a_part_of_its_weight() -> None:
    """Its share is taken before the cap, and decides its place; what is worth nothing is plain zero."""
    assert told([LISTED, OTHER, FLAG], {LISTED: 0.5, OTHER: 0.25}) == [(FLAG, 8.0), (OTHER, 2.2), (LISTED, -6.0)]
    ((_, nothing),) = told([LISTED], {LISTED: 0.0})
    assert (nothing, math.copysign(1, nothing)) == (0.0, 1.0)


@pytest.mark.parametrize("answer", [Answer.ABSENT, Answer.UNKNOWN])
def test_only_what_is_present_counts(answer: Answer) -> None:
    """What was not found, or could not be asked, is no reason."""
    assert score([finding(FLAG, answer)], CAPPED, {}) == ()


def test_a_signal_on_trial_is_no_reason() -> None:
    """Without a weight it is shown among the findings only."""
    assert score([finding("absurd-quantity")], CAPPED, {}) == ()


def test_a_reason_says_what_and_why() -> None:
    """It carries the signal's title and source, and the quotes of the finding."""
    (found,) = score([finding(FLAG)], CAPPED, {})
    known = next(s for s in catalogue() if s.id == FLAG)
    assert (found.title, found.source, found.quotes) == (known.title, known.source, (quote(FLAG),))
    assert known.title
    assert known.source


@pytest.mark.parametrize(("points", "risk"), [(0.0, 17), (7.0, 50), (-20.0, 0), (17.0, 91), (60.0, 100)])
def test_points_are_decibans_on_top_of_the_prior(points: float, risk: int) -> None:
    """Seventeen in a hundred shops of which nothing else is known are illegal; ten decibans are a factor of ten."""
    assert risk_of(points, CAPPED) == risk


# Verdicts


@pytest.mark.parametrize(
    ("risk", "signals", "verdict"),
    [
        (90, (FLAG, OTHER), Verdict.ROGUE),
        (89, (FLAG, OTHER), Verdict.SUSPICIOUS),
        (99, (FLAG,), Verdict.SUSPICIOUS),
        (99, (FLAG, "prescription-waived"), Verdict.SUSPICIOUS),
        (90, (DECISIVE_FLAG,), Verdict.ROGUE),
        (89, (DECISIVE_FLAG,), Verdict.SUSPICIOUS),
        (99, (FLAG, ADVERT), Verdict.SUSPICIOUS),
        (99, (FLAG, OTHER, ADVERT), Verdict.ROGUE),
        (50, (FLAG, OTHER), Verdict.SUSPICIOUS),
        (49, (FLAG, OTHER), Verdict.UNVERIFIED),
        (17, (), Verdict.UNVERIFIED),
    ],
)
def test_a_shop_by_risk_and_kinds_of_observation(risk: int, signals: tuple[str, ...], verdict: Verdict) -> None:
    """Rogue takes the risk and two kinds of observation, or a decisive fact; how a shop advertises is no second kind."""
    assert decide(of_kind(), split(risk, *signals) if signals else [], risk) is verdict


def test_the_lightest_flag_is_one_and_what_the_cap_has_left_nothing_of_is_none() -> None:
    """Half a point makes a second kind of observation; no points make none, and send nobody on."""
    strong = reason(FLAG, points_for(95))
    assert decide(of_kind(), [strong, reason(OTHER, 0.5)], 95) is Verdict.ROGUE
    assert decide(of_kind(), [strong, reason(OTHER, 0.0)], 95) is Verdict.SUSPICIOUS
    assert decide(of_kind(SiteKind.COMPARISON), [reason(FLAG, 0.5)], 18) is Verdict.INTERMEDIARY
    assert decide(of_kind(SiteKind.COMPARISON), [reason(FLAG, 0.0)], 17) is Verdict.NOT_A_PHARMACY


def test_the_names_of_what_decides() -> None:
    """Two facts are decisive alone, and five groups tell only how a site advertises."""
    assert {DECISIVE_FLAG, "research-use-only-with-dosing"} == DECISIVE
    assert {"pitch", "push", "letters", "names", "salad"} == ADVERTISING


def test_a_fact_that_lowers_the_risk_is_no_second_kind_of_observation() -> None:
    """A register's entry beside one red flag does not make two red flags."""
    reasons = [reason(FLAG, points_for(95)), reason(DOT, -1.0), reason(LISTED, 0.0)]
    assert decide(of_kind(), reasons, 94) is Verdict.SUSPICIOUS


@pytest.mark.parametrize(
    ("risk", "flags", "verdict"),
    [
        (74, (FLAG, OTHER), Verdict.INTERMEDIARY),
        (75, (FLAG, OTHER), Verdict.SUSPICIOUS),
        (90, (FLAG, OTHER), Verdict.ROGUE),
    ],
)
def test_an_intermediary_may_sell_abroad(risk: int, flags: tuple[str, ...], verdict: Verdict) -> None:
    """What is odd in a local pharmacy is usual there: it is suspicious from 75 on."""
    assert decide(of_kind(SiteKind.INTERMEDIARY), split(risk, *flags), risk) is verdict


@pytest.mark.parametrize(
    ("kind", "risk", "flags", "verdict"),
    [
        (SiteKind.COMPARISON, 17, (), Verdict.NOT_A_PHARMACY),
        (SiteKind.COMPARISON, 40, (FLAG,), Verdict.INTERMEDIARY),
        (SiteKind.COMPARISON, 95, (FLAG, OTHER), Verdict.SUSPICIOUS),
        (SiteKind.INTERMEDIARY, 17, (), Verdict.INTERMEDIARY),
        (SiteKind.PROMOTION, 49, (FLAG,), Verdict.NOT_A_PHARMACY),
        (SiteKind.PROMOTION, 50, (FLAG,), Verdict.SUSPICIOUS),
        (SiteKind.PROMOTION, 99, (FLAG, OTHER), Verdict.SUSPICIOUS),
        (SiteKind.PROMOTION, 60, (), Verdict.NOT_A_PHARMACY),
        (SiteKind.HACKED_HOST, 99, (FLAG, OTHER), Verdict.NOT_A_PHARMACY),
        (SiteKind.INFORMATION, 17, (), Verdict.NOT_A_PHARMACY),
        (SiteKind.NOT_A_SELLER, 17, (), Verdict.NOT_A_PHARMACY),
        (SiteKind.OTC_SHOP, 17, (), Verdict.UNVERIFIED),
        (SiteKind.UNREADABLE, 17, (), Verdict.CANNOT_ASSESS),
        (SiteKind.UNREADABLE, 43, (WARNED,), Verdict.SUSPICIOUS),
        (SiteKind.INFORMATION, 49, (WARNED,), Verdict.UNVERIFIED),
        (SiteKind.INFORMATION, 50, (WARNED,), Verdict.SUSPICIOUS),
        (SiteKind.HACKED_HOST, 50, (WARNED,), Verdict.SUSPICIOUS),
    ],
)
def test_the_kind_of_site_comes_first(kind: SiteKind, risk: int, flags: tuple[str, ...], verdict: Verdict) -> None:
    """What sells nothing is no rogue pharmacy; what sends buyers on is suspicious; a warning reopens the question."""
    assert decide(of_kind(kind), split(risk, *flags) if flags else [], risk) is verdict


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


# Warnings


SPEAKS_ENGLISH = {"entry": {"country": "US"}, "pages": (page("Shop", language="en"),)}


@pytest.mark.parametrize(
    ("given", "countries", "certain"),
    [
        ({}, ("GB",), True),
        ({}, ("DE",), False),
        ({}, (), False),
        ({"target": target("https://pills.example.gb/")}, (), True),
        ({"target": target("https://pillsgb/")}, (), False),
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


# Reports


OLD = DAY - timedelta(days=91)


def answered(**fields: Any) -> Enquiry:
    entry: Listing | None = listing(**fields) if fields else None
    return Enquiry("gb-list", "An authority", "shop.example", "entry", quote(), entry)


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
    report = graded(unread_site())
    assert (report.verdict, report.risk, report.confidence) == (Verdict.CANNOT_ASSESS, 50, "low")


def unread_site(**more: Any) -> Evidence:
    gap = Gap("pages", "the site did not answer")
    names = ("pages", "mentions", "sightings", "offers", "prescription", "checkout", "operator", "seals", "trade")
    return evidence(**{**dict.fromkeys(names, gap), "kind": Kind(SiteKind.UNREADABLE, "nothing was read"), **more})


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
    )
    findings = [finding(LISTED), finding(FLAG, Answer.ABSENT), finding(OTHER, Answer.UNKNOWN)]
    report = grade(given, findings, ("GB",))
    assert (report.target, report.captured, report.kind, report.host) == (given.target, NOW, given.kind, given.host)
    assert report.findings == tuple(findings)
    assert report.listings == given.registers.by_domain
    assert report.enquiries == given.registers.enquiries
    assert (report.registration, report.dns, report.tls) == (given.registration, given.dns, given.tls)
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


# Confidence


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


# Gaps


def test_each_gap_is_told_once() -> None:
    """The capture's come first; what reading missed beside them follows, unless the same was said of it."""
    contact, checkout = Gap("contact", "HTTP 404"), Gap("checkout", "HTTP 500")
    assert graded(evidence(gaps=(contact, contact, checkout))).gaps == (contact, checkout)
    missing = Gap("checkout", "no checkout was found")
    assert graded(evidence(gaps=(contact,))).gaps == (contact, missing)
    assert graded(evidence(checkout=CHECKOUT, gaps=(contact,))).gaps == (contact,)
    same = Gap("home", missing.why)
    assert graded(evidence(gaps=(same,))).gaps == (same,)
    assert [g.artifact for g in graded(unread_site()).gaps] == ["pages"]
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
