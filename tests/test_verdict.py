"""The table of decisions: from reasons, kind of site and registers to verdict, risk, confidence and gaps."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

from pharmcheck.bearing import DECISIVE
from pharmcheck.grade import (
    ADVERTISING,
    decide,
    risk_of,
    score,
)
from pharmcheck.model import (
    Answer,
    Reason,
    SiteKind,
    Verdict,
)
from pharmcheck.signals import catalogue
from pharmcheck.weights import Weight, Weights
from tests.builders import quote
from tests.graded import (
    ADVERT,
    DECISIVE_FLAG,
    DOT,
    FLAG,
    LISTED,
    OTHER,
    SEAL,
    WARNED,
    finding,
    of_kind,
    points_for,
    reason,
)


def split(risk: float, *signals: str) -> list[Reason]:
    """Return reasons of these signals that together bring a site to a risk."""
    return [reason(s, points_for(risk) / len(signals)) for s in signals]


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


def test_a_flag_that_counts_nothing_stands_before_trust() -> None:
    """It is a red flag still."""
    flags = ["no-prescription-needed", "prescription-waived", "prescription-optional"]
    assert [signal for signal, _ in told([LISTED, *flags])] == [*flags, LISTED]


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
