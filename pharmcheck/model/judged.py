"""Evidence, findings, reasons, and the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pharmcheck.model.captured import Gap, Page, Quote, Target
from pharmcheck.model.contract import as_dict
from pharmcheck.model.listed import Consultation, Listing
from pharmcheck.model.read import Kind, Mention, Offer, Operator, Prescription, Promoted, Seal, Sighting, Trade


class Unread(Exception):  # noqa: N818 - no error: an answer that was not to be had
    """Raised by a signal whose question the pages that were read cannot answer; its message says why, for people."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A site, read, and the registries, consulted: its fields are what a signal may name as parameters."""

    target: Target
    captured: datetime
    pages: tuple[Page, ...] | Gap
    kind: Kind
    mentions: tuple[Mention, ...] | Gap
    sightings: tuple[Sighting, ...] | Gap
    offers: tuple[Offer, ...] | Gap
    prescription: Prescription | Gap
    checkout: Page | Gap
    operator: Operator | Gap
    seals: tuple[Seal, ...] | Gap
    trade: Trade | Gap
    registers: Consultation
    promoted: tuple[Promoted, ...] = ()
    gaps: tuple[Gap, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Buyer:
    """May this site sell what it offers to a buyer in `country`? `lawful`: `yes`, `no` or `unknown`."""

    country: str
    lawful: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one check."""

    target: Target
    captured: datetime
    kind: Kind
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

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values, schema `pharmcheck/report/1`."""
        return as_dict(self)
