"""Rogue and suspicious sites as a STIX 2.1 bundle (OASIS standard of 10 June 2021): indicators, and groupings for networks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from pharmcheck.model import Report, Verdict
from pharmcheck.report.clean import clean, shortened, spoken
from pharmcheck.results.accused import Accused, accused, identifier, in_short
from pharmcheck.results.networks import Network
from pharmcheck.results.reports import site_of

_SCO_SPACE = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  # section 2.9: identifiers of observables are made in it
_TYPES = {"domain": "domain-name", "host": "domain-name", "ipv4": "ipv4-addr", "ipv6": "ipv6-addr", "url": "url"}
_CONFIDENCE = {"low": 15, "medium": 50, "high": 85}  # appendix A, scale None / Low / Med / High
_OURS = f"identity--{identifier('identity', 'pharmcheck')}"
_BORN = "2026-11-01T00:00:00.000Z"  # of the identity; a constant, so that the same audit gives the same bytes


def stix_pieces(reports: Iterable[Report], networks: Sequence[Network], newest: datetime) -> Iterator[bytes]:
    """Yield the bundle, object by object; the same reports give the same bytes. `newest` is the last capture."""
    latest = _moment(newest)
    yield b'{"type": "bundle", "id": "bundle--%b", "objects": [\n' % identifier("bundle", latest).encode()
    yield json.dumps(_identity()).encode()
    told: dict[str, list[str]] = {site: [] for network in networks for site in network.sites}
    seen: set[str] = set()
    for report in reports:
        what = accused(report)
        if what is None:
            continue
        observable, indicator = _observable(what), _indicator(report, what)
        if site_of(report) in told:
            told[site_of(report)].append(indicator["id"])
        yield from (b",\n" + json.dumps(thing).encode() for thing in _once(seen, observable, indicator))
    for network in networks:
        references = sorted({name for site in network.sites for name in told[site]})
        if len(references) > 1:
            yield b",\n" + json.dumps(_grouping(network, references, latest)).encode()
    yield b"\n]}\n"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _once(seen: set[str], *things: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for thing in things:
        if thing["id"] not in seen:
            seen.add(thing["id"])
            yield thing


def _identity() -> dict[str, Any]:
    return _object("identity", _OURS, _BORN) | {"name": "pharmcheck", "identity_class": "system"}


def _object(kind: str, name: str, moment: str) -> dict[str, Any]:
    return {"type": kind, "spec_version": "2.1", "id": name, "created": moment, "modified": moment}


def _observable(what: Accused) -> dict[str, Any]:
    kind = _TYPES[what.kind]
    value = clean(what.value)
    key = json.dumps({"value": value}, ensure_ascii=False, separators=(",", ":"))  # RFC 8785 for one plain string
    return {"type": kind, "spec_version": "2.1", "id": f"{kind}--{uuid5(_SCO_SPACE, key)}", "value": value}


def _indicator(report: Report, what: Accused) -> dict[str, Any]:
    moment = _moment(report.captured)
    value = clean(what.value).replace("\\", "\\\\").replace("'", "\\'")
    rogue = report.verdict is Verdict.ROGUE
    return _object("indicator", f"indicator--{identifier('indicator', what.kind, what.value, moment)}", moment) | {
        "created_by_ref": _OURS,
        "name": f"{'Rogue' if rogue else 'Suspicious'} online pharmacy: {shortened(clean(what.value), 200)}",
        "description": in_short(report),
        "indicator_types": ["malicious-activity" if rogue else "anomalous-activity"],
        "pattern": f"[{_TYPES[what.kind]}:value = '{value}']",
        "pattern_type": "stix",
        "valid_from": moment,
        "confidence": _CONFIDENCE.get(report.confidence, 0),
        "labels": [f"verdict:{report.verdict.value}", f"kind:{report.kind.name.value}"],
    }


def _grouping(network: Network, references: list[str], moment: str) -> dict[str, Any]:
    ties = "; ".join(f"{t.kind} “{shortened(spoken(t.value), 80)}” on {t.on}" for t in network.ties[:10])
    return _object("grouping", f"grouping--{identifier('grouping', *references)}", moment) | {
        "created_by_ref": _OURS,
        "name": f"Network of {len(network.sites)} sites",
        "description": clean(f"Tied by {ties}."),
        "context": "suspicious-activity",
        "object_refs": references,
    }
