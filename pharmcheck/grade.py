"""Findings → verdict: additive decibans in capped groups, and the laws that no sum may break, in one place.

Text of the site only ever adds points (law 3): what lowers the risk is a register's entry, a seal confirmed by its issuer, or
the `.pharmacy` domain. What kind of site it is comes first (law 5). Unknown findings count nothing (law 4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pharmcheck import __version__, advice, bearing, buyers
from pharmcheck.identifiers import identify
from pharmcheck.model import (
    Answer,
    Evidence,
    Finding,
    Gap,
    Listing,
    Page,
    Reason,
    Report,
    SiteKind,
    Verdict,
)
from pharmcheck.model.captured import CONTROLLED_CHECKOUT, FIRST, REST_OF_PAGE
from pharmcheck.reading.intake import controlled_and_unseen
from pharmcheck.reading.sellers import SELLERS
from pharmcheck.signals import catalogue
from pharmcheck.weights import Weights, load_weights

ROGUE_RISK = 90  # nine in ten: below it we warn, and do not say that the pattern matches
SUSPICIOUS_RISK = 50  # as likely as not
INTERMEDIARY_RISK = 75  # intermediaries sell abroad by nature: what is odd in a local pharmacy is usual there
LEGITIMATE_RISK = 10  # a register's entry alone brings an otherwise clean shop to 0
# What a warning of another country, of a list of mere admonitions, or of long ago is worth: doubt that one more sign makes grave.
DOUBT = 0.25

# Groups of weights that are no kind of observation by themselves. How a site calls itself and calls for buyers shows what it is
# after, not that it sells unlawfully; habits are those of lawful mail order as well, but for the cart, which makes a promise real.
ADVERTISING = frozenset({"pitch", "push", "letters", "names", "salad"})
HABITS = frozenset({"habits"})
# An authority judges by the law of its own country. Its warning decides there, and for sites that speak its language; FDA warns
# of sites in English that ship to the US, whatever their name ends in.
LANGUAGES = {"CZ": "cs", "DK": "da", "IT": "it", "US": "en"}
SELLER_PAGES = frozenset(
    ["contact", "about", "faq", "prescription", "shipping", "returns", "terms", "privacy", "product", "checkout"]
)
# Only the owner of the register, the seal or the top-level domain can write these.
TRUST = frozenset({"listed-by-register", "seal-confirmed", "dot-pharmacy-domain"})
# What counts where nothing is sold and nothing promoted: names and addresses are no subject of an article.
BYSTANDER = TRUST | {
    "on-official-warning-list",
    "pill-keyword-salad",
    "medicine-in-domain-name",
    "no-prescription-in-domain-name",
    "medicine-page-on-unrelated-host",
}
# A page that sends buyers to a shop is measured as the shop is, whether it praises one or compares many.
SCORED = SELLERS | {SiteKind.PROMOTION, SiteKind.HACKED_HOST, SiteKind.COMPARISON}


def grade(evidence: Evidence, findings: Sequence[Finding], countries: Sequence[str] = ()) -> Report:
    """Return the report for buyers in `countries` (ISO 3166-1 alpha-2, upper case)."""
    weights = load_weights()
    certain = warned_for_certain(evidence, countries)
    reasons, unborne = _weighed(evidence, findings, weights, certain)
    risk = risk_of(sum(r.points for r in reasons), weights)
    verdict = Verdict.ROGUE if certain else decide(evidence, reasons, risk)
    without_first = risk_of(sum(r.points for r in reasons[1:]), weights)
    if verdict is Verdict.NOT_A_PHARMACY and not any(r.points > 0 for r in reasons):
        reasons, risk = (), 0  # what sells nothing and promotes nothing has no risk
    return Report(
        target=evidence.target,
        captured=evidence.captured,
        kind=evidence.kind,
        host=evidence.host,
        verdict=verdict,
        risk=50 if verdict is Verdict.CANNOT_ASSESS else risk,
        confidence=confidence(evidence, verdict, risk),
        reasons=reasons,
        findings=tuple(findings),
        listings=(*evidence.registers.by_domain, *evidence.registers.of_landing),
        buyers=buyers.buyers(evidence, verdict, reasons, countries),
        promoted=evidence.promoted,
        gaps=_gaps(evidence, verdict),
        advice=advice.advise(evidence, verdict, countries, unborne),
        counterfactual=advice.counterfactual(evidence, verdict, reasons, without_first),
        ruleset=f"{__version__}+{weights.digest}",
        ladder=buyers.ladder_at_law(evidence, countries),
        enquiries=evidence.registers.enquiries,
        views=evidence.views,
        registration=evidence.registration,
        dns=evidence.dns,
        tls=evidence.tls,
        identifiers=identify(evidence),
        hosting=evidence.hosting,
    )


def _weighed(
    evidence: Evidence, findings: Sequence[Finding], weights: Weights, certain: bool
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """Return the reasons with what they count here, and those of them that nothing bears out."""
    shares = {
        "on-official-warning-list": 1.0 if certain else DOUBT,
        "listed-by-register": 0.0 if certain else _share_of_entry(evidence),
    }
    counted = [f for f in findings if evidence.kind.name in SCORED or f.signal in BYSTANDER]
    reasons = score(counted, weights, shares)
    unborne = bearing.unborne_signs(reasons, weights, evidence)
    return bearing.counted_little(reasons) if unborne else reasons, unborne


def score(findings: Sequence[Finding], weights: Weights, shares: Mapping[str, float]) -> tuple[Reason, ...]:
    """Return the reasons with their points after caps, the heaviest red flag first, then what speaks for the site.

    `shares` tells which part of its weight an entry of a register is worth here.
    """

    def points_of(finding: Finding) -> float:
        return weights.signals[finding.signal].points * shares.get(finding.signal, 1.0)

    titles = {s.id: s for s in catalogue()}
    fired = [f for f in findings if f.answer is Answer.PRESENT and f.signal in weights.signals]
    fired.sort(key=lambda f: (-abs(points_of(f)), f.signal))
    left = dict(weights.caps)
    reasons = []
    for finding in fired:
        group, points = weights.signals[finding.signal].group, points_of(finding)
        given = max(-left[group], min(left[group], points))
        left[group] -= abs(given)
        signal = titles[finding.signal]
        reasons.append(Reason(finding.signal, signal.title, round(given, 1) or 0.0, finding.quotes, signal.source))
    return tuple(sorted(reasons, key=lambda r: (r.points < 0, -abs(r.points), r.signal)))


def warned_for_certain(evidence: Evidence, countries: Sequence[str]) -> bool:
    """True when a warning about this very site is in force, contested by nobody, and speaks of the buyer's or seller's country.

    Where no page was read there is nothing to tell the seller's country, and the authority's word stands.
    """
    registries = {r.id: r for r in evidence.registers.consulted}
    day, pages = evidence.captured.date(), evidence.pages
    return any(
        isinstance(pages, Gap) or entry.country in countries or _at_home(entry, pages)
        for entry in evidence.registers.by_domain
        if entry.status == "warned" and not entry.contested and buyers.in_force(entry, registries[entry.registry], day)
    )


def _at_home(entry: Listing, pages: Sequence[Page]) -> bool:
    """True when the site that an entry names is one of the entry's country, by the end of its name or its language."""
    spoken = {page.language for page in pages}
    return entry.domain.endswith(f".{entry.country.lower()}") or LANGUAGES.get(entry.country) in spoken


def _share_of_entry(evidence: Evidence) -> float:
    """Return which part of its weight the entry of a register has: all in a fresh copy, less in an older one."""
    return 1.0 if _fresh_listing(evidence) else 0.6


def _proven(evidence: Evidence, fired: set[str]) -> bool:
    """True when a recent copy of a register, the seal's issuer or the top-level domain names this very site."""
    listed = any(buyers.proves(entry, evidence.captured.date()) for entry in evidence.registers.by_domain)
    return listed or bool(fired & {"seal-confirmed", "dot-pharmacy-domain"})


def _fresh_listing(evidence: Evidence) -> bool:
    """True when a fresh copy names the site, or a register that was asked while it was captured."""
    day = evidence.captured.date()
    listed = {entry.registry for entry in evidence.registers.by_domain if entry.status == "listed"}
    told = any(e.listing and e.listing.status == "listed" and e.listing.domain for e in evidence.registers.enquiries)
    return told or any(r.fresh(day) for r in evidence.registers.consulted if r.id in listed)


def risk_of(points: float, weights: Weights) -> int:
    """Return the risk, 0 to 100, of decibans added to the prior."""
    return round(100 / (1 + 10 ** (-(weights.prior + points) / 10)))


def decide(evidence: Evidence, reasons: Sequence[Reason], risk: int) -> Verdict:
    """Return the verdict where no warning decides it: kind first, then decisive facts before sums.

    That nothing was found says nothing of a page that was not read to its end, nor of a site whose first page could not be read.
    """
    fired = {r.signal for r in reasons}
    flags = {r.signal for r in reasons if r.points > 0}
    warned = "on-official-warning-list" in fired
    trusted = _proven(evidence, fired)
    whole = all(gap.artifact != REST_OF_PAGE for gap in evidence.gaps)
    if evidence.kind.name is SiteKind.UNREADABLE:
        return Verdict.SUSPICIOUS if warned else Verdict.LEGITIMATE if trusted else Verdict.CANNOT_ASSESS
    between = evidence.kind.name in (SiteKind.INTERMEDIARY, SiteKind.COMPARISON)
    if evidence.kind.name not in SELLERS and not warned and not (between and flags):
        if flags and risk >= SUSPICIOUS_RISK and evidence.kind.name is not SiteKind.HACKED_HOST:
            return Verdict.SUSPICIOUS
        named = trusted and fired & {"listed-by-register", "seal-confirmed"}  # .pharmacy holds associations as well
        is_seen = whole and _arrived(evidence)
        return Verdict.LEGITIMATE if named else Verdict.NOT_A_PHARMACY if is_seen else Verdict.CANNOT_ASSESS
    seen = risk_of(sum(r.points for r in reasons if r.signal != "on-official-warning-list"), load_weights())
    if _rogue(fired, reasons, seen):  # an authority that does not judge this site for its buyers adds doubt, no proof
        return Verdict.ROGUE if evidence.kind.name in SELLERS else Verdict.SUSPICIOUS
    if between and seen < INTERMEDIARY_RISK:
        return Verdict.INTERMEDIARY
    if risk >= SUSPICIOUS_RISK:
        return Verdict.SUSPICIOUS
    if trusted and risk <= LEGITIMATE_RISK and not controlled_and_unseen(evidence.offers, evidence.checkout):
        return Verdict.LEGITIMATE
    return Verdict.UNVERIFIED if whole or flags else Verdict.CANNOT_ASSESS


def _arrived(evidence: Evidence) -> bool:
    """True when a page was read on which people arrive."""
    return not isinstance(evidence.pages, Gap) and any(page.role in FIRST for page in evidence.pages)


def _rogue(fired: set[str], reasons: Sequence[Reason], risk: int) -> bool:
    """True when the risk is over the bar and does not rest on one kind of observation alone."""
    weights = load_weights().signals
    kinds = {bearing.CART if r.signal == bearing.CART else weights[r.signal].group for r in reasons if r.points > 0}
    kinds -= ADVERTISING | HABITS
    return risk >= ROGUE_RISK and (bool(fired & bearing.DECISIVE) or len(kinds) >= 2)


def confidence(evidence: Evidence, verdict: Verdict, risk: int) -> str:
    """Return high, medium or low: how much of what the verdict rests on was read, and how far it is from the next one."""
    if isinstance(evidence.pages, Gap):
        return "medium" if verdict in (Verdict.ROGUE, Verdict.LEGITIMATE) else "low"
    thin = len(evidence.pages) < 3 or isinstance(evidence.checkout, Gap)
    if verdict is Verdict.ROGUE:
        return "high" if risk >= 97 or not thin else "medium"
    if verdict is Verdict.LEGITIMATE:
        return "high" if _fresh_listing(evidence) and not thin else "medium"
    if verdict is Verdict.NOT_A_PHARMACY:
        return "medium" if evidence.kind.name is SiteKind.NOT_A_SELLER or len(evidence.pages) < 2 else "high"
    near = min(abs(risk - SUSPICIOUS_RISK), abs(risk - ROGUE_RISK)) < 8
    return "low" if thin and near else "medium"


def _gaps(evidence: Evidence, verdict: Verdict) -> tuple[Gap, ...]:
    """Return what could not be had, each once: the checkout of controlled medicines, capture's gaps, what reading missed."""
    gaps: dict[str, Gap] = {}
    if names := advice.unseen_cart(evidence, verdict):
        why = f"the cart takes {names}, and what is asked for at its checkout was not seen"
        gaps[why] = Gap(CONTROLLED_CHECKOUT, why)
    gaps |= {g.why: g for g in evidence.gaps}
    artifacts = {g.artifact for g in evidence.gaps}
    for artifact in (evidence.checkout, evidence.pages):
        if isinstance(artifact, Gap) and artifact.artifact not in artifacts:
            gaps.setdefault(artifact.why, artifact)
    if verdict is Verdict.NOT_A_PHARMACY:  # what sells nothing needs no checkout and no delivery terms
        return tuple(g for g in gaps.values() if g.artifact not in SELLER_PAGES)
    return tuple(gaps.values())
