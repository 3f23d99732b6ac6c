"""Verdicts as a test asks for them: evidence of a kind, signals that fired, the report."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

from pharmcheck.grade import (
    grade,
)
from pharmcheck.model import (
    Answer,
    Enquiry,
    Evidence,
    Finding,
    Kind,
    Listing,
    Reason,
    Report,
    SiteKind,
)
from pharmcheck.weights import load_weights
from tests.builders import NOW, evidence, listing, quote, registers, registry

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


def in_register(**fields: Any) -> dict[str, Any]:
    """Return the answer of a fresh register that names the site."""
    return {"registers": registers([listing(**fields)], consulted=[registry()])}


def graded(given: Evidence, *signals: str, countries: tuple[str, ...] = ()) -> Report:
    return grade(given, [finding(s) for s in signals], countries)


def points_for(risk: float) -> float:
    """Return the decibans that bring a site to a risk."""
    return 10 * math.log10(risk / (100 - risk)) - load_weights().prior


OLD = DAY - timedelta(days=91)


def answered(**fields: Any) -> Enquiry:
    entry: Listing | None = listing(**fields) if fields else None
    return Enquiry("gb-list", "An authority", "shop.example", "entry", quote(), entry)
