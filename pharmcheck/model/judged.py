"""Findings, reasons, and the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pharmcheck.model.captured import (
    NO_CERTIFICATE,
    NO_DNS,
    NO_HOSTING,
    NO_REGISTRATION,
    Gap,
    Picture,
    Quote,
    Target,
    View,
)
from pharmcheck.model.ladder import Ladder, Step
from pharmcheck.model.listed import Enquiry, Listing
from pharmcheck.model.membership import Membership
from pharmcheck.model.network import Certificate, Hosting, Names, Registration
from pharmcheck.model.read import (
    Detail,
    Host,
    Kind,
    Promoted,
)

SCHEMA = "pharmcheck/report/1"  # the contract with everybody who reads reports by program


class Answer(StrEnum):
    """A signal's answer."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """A signal's answer with its quotes; `why` says what was missing when the answer is UNKNOWN."""

    signal: str
    answer: Answer
    quotes: tuple[Quote, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding that moved the score. `points` are decibans after caps: positive towards rogue, negative away."""

    signal: str
    title: str
    points: float
    quotes: tuple[Quote, ...]
    source: str = ""


class Verdict(StrEnum):
    """The answer for the person who asked."""

    LEGITIMATE = "legitimate"
    UNVERIFIED = "unverified"
    INTERMEDIARY = "intermediary"
    SUSPICIOUS = "suspicious"
    ROGUE = "rogue"
    NOT_A_PHARMACY = "not-a-pharmacy"
    CANNOT_ASSESS = "cannot-assess"


ACCUSED = frozenset({Verdict.ROGUE, Verdict.SUSPICIOUS})  # the verdicts that warn of a site


@dataclass(frozen=True, slots=True)
class Buyer:
    """May this site sell what it offers to a buyer in `country`? `lawful`: `yes`, `no` or `unknown`."""

    country: str
    lawful: str
    why: str


@dataclass(frozen=True, slots=True)
class Destination:
    """Where only some visitors are led, judged on its own by the one page that they were shown.

    `visitors` are led there; `why` is its heaviest reason, "" where it has none.
    """

    url: str
    domain: str
    visitors: tuple[str, ...]
    verdict: Verdict
    risk: int
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one check.

    `risk`, 0 to 100, is that of following what the page offers, not a figure of the site: `verdict` comes first. Under
    `not-a-pharmacy` it is the risk of what is promoted or was planted there, under `cannot-assess` 50.
    """

    target: Target
    captured: datetime
    kind: Kind
    host: Host
    verdict: Verdict
    risk: int
    confidence: str
    reasons: tuple[Reason, ...]
    findings: tuple[Finding, ...]
    listings: tuple[Listing, ...]
    buyers: tuple[Buyer, ...]
    promoted: tuple[Promoted, ...]
    gaps: tuple[Gap, ...]
    advice: tuple[str, ...]
    counterfactual: str
    ruleset: str
    ladder: Ladder | Gap = field(default_factory=Ladder)
    enquiries: tuple[Enquiry, ...] = ()
    views: tuple[View, ...] = ()
    destinations: tuple[Destination, ...] = ()
    registration: Registration | Gap = NO_REGISTRATION
    dns: Names | Gap = NO_DNS
    tls: Certificate | Gap = NO_CERTIFICATE
    identifiers: tuple[Detail, ...] = ()
    network: Membership | None = None
    hosting: tuple[Hosting, ...] | Gap = NO_HOSTING
    pictures: tuple[Picture, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values, schema `pharmcheck/report/1`."""
        target = self.target
        return {
            "schema": SCHEMA,
            "target": {"input": target.input, "url": target.url, "host": target.host, "domain": target.domain},
            "captured": self.captured.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "kind": self.kind.name.value,
            "host": {"state": self.host.state.value, "why": self.host.why},
            "verdict": self.verdict.value,
            "risk": self.risk,
            "confidence": self.confidence,
            "reasons": [_reason(r) for r in self.reasons],
            "findings": [_finding(f) for f in self.findings],
            "listings": [_listing(e) for e in self.listings],
            "enquiries": [_enquiry(e) for e in self.enquiries],
            "buyers": [{"country": b.country, "lawful": b.lawful, "why": b.why} for b in self.buyers],
            "prescription": _ladder(self.ladder),
            "promoted": [_promoted(p) for p in self.promoted],
            "views": [_view(v) for v in self.views],
            "destinations": [_destination(d) for d in self.destinations],
            "gaps": [{"artifact": g.artifact, "why": g.why} for g in self.gaps],
            "advice": list(self.advice),
            "counterfactual": self.counterfactual,
            "ruleset": self.ruleset,
            "registration": _looked_up(self.registration),
            "dns": _looked_up(self.dns),
            "tls": _looked_up(self.tls),
            "identifiers": [{"kind": d.kind, "value": d.value, "quote": _quote(d.quote)} for d in self.identifiers],
            "hosting": None if isinstance(self.hosting, Gap) else [h.as_dict() for h in self.hosting],
            "pictures": [{"url": p.url, "digest": p.digest} for p in self.pictures],
        } | ({"network": self.network.as_dict()} if self.network else {})


def _looked_up(found: Registration | Names | Certificate | Gap) -> dict[str, Any] | None:
    return None if isinstance(found, Gap) else found.as_dict()


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "url": quote.url,
        "text": quote.text,
        "note": quote.note,
        "digest": quote.digest,
        "offset": quote.offset,
    }


def _ladder(ladder: Ladder | Gap) -> dict[str, Any]:
    steps, lowest = ((), None) if isinstance(ladder, Gap) else (ladder.steps, ladder.lowest)
    return {"steps": [_step(s) for s in steps], "lowest": lowest.value if lowest else None}


def _step(step: Step) -> dict[str, Any]:
    return {
        "medicine": step.medicine,
        "said": step.said.value if step.said else None,
        "done": step.done.value if step.done else None,
        "agrees": step.agrees,
        "law": [
            {
                "country": a.country,
                "acceptable": a.acceptable,
                "why": a.why,
                "source": a.source,
                "since": a.since or None,
            }
            for a in step.law
        ],
    }


def _promoted(seller: Promoted) -> dict[str, Any]:
    return {
        "name": seller.name,
        "domain": seller.domain,
        "url": seller.url,
        "quote": _quote(seller.quote),
        "listings": [_listing(e) for e in seller.listings],
    }


def _view(view: View) -> dict[str, Any]:
    return {
        "visitor": view.visitor.value,
        "asked": view.asked,
        "hops": [{"url": hop.url, "how": hop.how} for hop in view.hops],
        "url": view.url,
        "status": None if isinstance(view.page, Gap) else view.page.status,
        "digest": "" if isinstance(view.page, Gap) else view.page.digest,
        "why": view.page.why if isinstance(view.page, Gap) else "",
    }


def _destination(destination: Destination) -> dict[str, Any]:
    return {
        "url": destination.url,
        "domain": destination.domain,
        "visitors": list(destination.visitors),
        "verdict": destination.verdict.value,
        "risk": destination.risk,
        "why": destination.why,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "signal": reason.signal,
        "title": reason.title,
        "points": round(reason.points, 2) or 0.0,  # no minus zero
        "quotes": [_quote(q) for q in reason.quotes],
        "source": reason.source,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "signal": finding.signal,
        "answer": finding.answer.value,
        "why": finding.why,
        "quotes": [_quote(q) for q in finding.quotes],
    }


def _enquiry(enquiry: Enquiry) -> dict[str, Any]:
    return {
        "registry": enquiry.registry,
        "about": enquiry.about,
        "outcome": enquiry.outcome,
        "listing": _listing(enquiry.listing) if enquiry.listing else None,
        "quote": _quote(enquiry.quote),
    }


def _listing(listing: Listing) -> dict[str, Any]:
    return {
        "registry": listing.registry,
        "country": listing.country,
        "name": listing.name,
        "number": listing.number,
        "domain": listing.domain,
        "status": listing.status,
        "url": listing.url,
        "as_of": listing.as_of.isoformat(),
        "since": listing.since.isoformat() if listing.since else None,
        "note": listing.note,
    }
