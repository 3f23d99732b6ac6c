"""The report as plain JSON values, schema `pharmcheck/report/1`: the contract with everybody who reads reports by program."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from pharmcheck.model.captured import Quote
from pharmcheck.model.listed import Listing

if TYPE_CHECKING:
    from pharmcheck.model.judged import Finding, Reason, Report

SCHEMA = "pharmcheck/report/1"


def as_dict(report: Report) -> dict[str, Any]:
    """Return the report as plain JSON values, in the order that the schema gives them."""
    target = report.target
    return {
        "schema": SCHEMA,
        "target": {"input": target.input, "url": target.url, "host": target.host, "domain": target.domain},
        "captured": report.captured.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "kind": report.kind.name.value,
        "verdict": report.verdict.value,
        "risk": report.risk,
        "confidence": report.confidence,
        "reasons": [_reason(r) for r in report.reasons],
        "findings": [_finding(f) for f in report.findings],
        "listings": [_listing(e) for e in report.listings],
        "buyers": [{"country": b.country, "lawful": b.lawful, "why": b.why} for b in report.buyers],
        "promoted": [
            {"name": p.name, "domain": p.domain, "url": p.url, "quote": _quote(p.quote)} for p in report.promoted
        ],
        "gaps": [{"artifact": g.artifact, "why": g.why} for g in report.gaps],
        "advice": list(report.advice),
        "counterfactual": report.counterfactual,
        "ruleset": report.ruleset,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "url": quote.url,
        "text": quote.text,
        "note": quote.note,
        "digest": quote.digest,
        "offset": quote.offset,
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
