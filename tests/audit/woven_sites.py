"""Reports of invented sites, as short as `networks` needs them."""

from __future__ import annotations

from typing import Any

from pharmcheck.audit.told import hubs, networks
from pharmcheck.audit.woven import woven

KEPT = "if the parcel is kept by customs we send another one to you at once and for free"
SPLIT = "large orders are sent in several small letters so that no officer ever looks into them"


def site(name: str, verdict: str = "rogue", **found: str | list[str]) -> dict[str, Any]:
    """Return the report of a site with these identifiers, each quoted as it is."""
    pairs = [(k, v) for k, values in found.items() for v in ([values] if isinstance(values, str) else values)]
    risk = {"rogue": 99, "suspicious": 70, "legitimate": 0}.get(verdict, 30)
    url = f"https://{name}/"
    return {
        "schema": "pharmcheck/report/1",
        "target": {"input": name, "url": url, "host": name, "domain": name},
        "host": {"state": "own", "why": ""},
        "verdict": verdict,
        "kind": "pharmacy",
        "risk": risk,
        "identifiers": [
            {
                "kind": kind,
                "value": value,
                "quote": {"url": url, "text": value, "note": "", "digest": "d" * 64, "offset": 7},
            }
            for kind, value in pairs
        ],
    }


def tied(*reports: dict[str, Any], hub: int = 50) -> list[dict[str, Any]]:
    """Return the networks of these reports."""
    with woven(reports, hub=hub) as weave:
        return list(networks(weave.base))


def left_loose(*reports: dict[str, Any], hub: int = 50) -> list[dict[str, Any]]:
    """Return what many of these reports share and what ties nobody."""
    with woven(reports, hub=hub) as weave:
        return list(hubs(weave.base))


def names(network: dict[str, Any]) -> list[str]:
    """Return the sites of a network."""
    return [member["site"] for member in network["members"]]
