"""Folders as an audit writes them, made from built reports: plain ones, and ones in which a site wrote all that it can."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pharmcheck.model import Gap, Hop, Host, HostState, Quote, Reason, Report, Target, View, Visitor
from pharmcheck.report.json import as_line
from tests.report.reports import EVERY_VERDICT, report

HOSTILE = (
    '=HYPERLINK("http://pills.example/go","x")\x1b[2J\x1b]0;owned\x07\x9b31m\r\n\x00\u202e\u2066\u200b\u2028'
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><a href=https://pills.example/go>x</a>"
    "'] OR [domain-name:value = 'bank.example\\ javascript:alert(1) {{ 7 * 7 }} {% x %} </title></style>-->"
    "\n0.0.0.0 bank.example\n" + "W" * 100_000
)
CONTROL = r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069]"


def at(name: str, made: Report, path: str = "/", **changes: object) -> Report:
    """Return a report with another target."""
    target = Target(name, f"https://{name}{path}", name, ".".join(name.split(".")[-2:]))
    return replace(made, target=target, **changes)  # type: ignore[arg-type]


SEVERAL = tuple(at(f"site{i}.example", made) for i, made in enumerate(EVERY_VERDICT))
LINK = "http://uni-ludlow.example/out/7731"
WAY = (View(Visitor.ORDINARY, LINK, (Hop(LINK, "HTTP 302"),), "https://site9.example/", Gap("view", "not kept")),)
LED = at("site9.example", report(), views=WAY)  # the shop to which a link of somebody else leads
VICTIM = at("school.example", report(), "/pills/", host=Host(HostState.LOOKS_COMPROMISED, "stands apart"))


def hostile() -> Report:
    """Return a rogue report in which everything that a site may write is hostile."""
    quote = Quote(f"https://pills.example/{HOSTILE}", HOSTILE, HOSTILE, "ab" * 32, 7)
    reasons = (Reason("no-prescription-needed", HOSTILE, 20, (quote,), HOSTILE),)
    made = report(reasons=reasons, advice=(HOSTILE,), counterfactual=HOSTILE)
    listings = tuple(replace(e, name=HOSTILE, note=HOSTILE) for e in made.listings)
    gaps = tuple(replace(g, why=HOSTILE) for g in made.gaps)
    target = Target(HOSTILE, f"https://pills.example/{HOSTILE}", "pills.example", "pills.example")
    return replace(made, target=target, listings=listings, gaps=gaps, host=Host(HostState.PLATFORM, HOSTILE))


def write_audit(out: Path, reports: Iterable[Report], networks: object = None) -> Path:
    """Write results.jsonl, and networks.json where there are networks; return the folder."""
    out.mkdir(parents=True, exist_ok=True)
    lines = "".join(as_line(r.as_dict()) for r in reports)
    (out / "results.jsonl").write_bytes(lines.encode("utf-8", "replace"))
    if networks is not None:
        (out / "networks.json").write_text(json.dumps({"networks": networks}), "utf-8")
    return out


def network(*sites: str, value: str = "+44 7700 900123") -> dict[str, object]:
    """Return a network as `networks.json` holds it."""
    quotes = [{"site": site, "kind": "phone", "value": value} for site in sites]
    tie = {"identifiers": [{"kind": "phone", "value": value}], "sites": len(sites), "quotes": quotes}
    return {"id": "n-1", "sites": len(sites), "members": [{"site": site} for site in sites], "ties": [tie]}
