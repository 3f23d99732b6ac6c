"""Rogue and suspicious sites as one MISP event (core format, draft-dulaunoy-misp-core-format); unpublished, for one's own server."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from pharmcheck.model import Report, Verdict
from pharmcheck.report.clean import clean
from pharmcheck.results.accused import Accused, accused, identifier, in_short

_TYPES = {"domain": "domain", "host": "hostname", "ipv4": "ip-dst", "ipv6": "ip-dst", "url": "url"}
_EVENT = {
    "info": "Online pharmacies that pharmcheck judged rogue or suspicious",
    "threat_level_id": "3",  # low: no attack on systems
    "analysis": "2",  # complete
    "distribution": "0",  # your organisation only, until a person decides otherwise
    "published": False,
}


def misp_pieces(reports: Iterable[Report], newest: datetime) -> Iterator[bytes]:
    """Yield the event, attribute by attribute. `newest` is its date: that of the last capture."""
    head = _EVENT | {"uuid": identifier("event", newest.isoformat()), "date": newest.date().isoformat()}
    head |= {"timestamp": str(int(newest.timestamp()))}
    yield b'{"Event": ' + json.dumps(head).encode().removesuffix(b"}") + b', "Attribute": ['
    first = True
    seen: set[str] = set()
    for report in reports:
        what = accused(report)
        if what and (attribute := _attribute(report, what))["uuid"] not in seen:
            seen.add(attribute["uuid"])
            yield (b"\n" if first else b",\n") + json.dumps(attribute).encode()
            first = False
    yield b"\n]}}\n"


def _attribute(report: Report, what: Accused) -> dict[str, Any]:
    rogue = report.verdict is Verdict.ROGUE
    tags = (f'pharmcheck:verdict="{report.verdict.value}"', f'pharmcheck:confidence="{clean(report.confidence)}"')
    return {
        "uuid": identifier("attribute", what.kind, what.value),
        "type": _TYPES[what.kind],
        "category": "Network activity",
        "value": clean(what.value),
        "to_ids": rogue and what.kind != "url",  # a detection that somebody may act on without looking
        "distribution": "5",  # as the event
        "comment": in_short(report),
        "timestamp": str(int(report.captured.timestamp())),
        "Tag": [{"name": tag} for tag in tags],
    }
