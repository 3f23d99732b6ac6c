"""The networks that an audit found, read from `networks.json`: which sites belong together, and by what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pharmcheck.results.reports import ResultsError

_MAX_BYTES = 256_000_000


@dataclass(frozen=True, slots=True)
class Tie:
    """What sites share: its `kind` (phone, wallet …), its `value`, the `sites` that are quoted for it, on how many it stands."""

    kind: str
    value: str
    sites: tuple[str, ...]
    on: int


@dataclass(frozen=True, slots=True)
class Network:
    """Sites tied by shared identifiers."""

    sites: tuple[str, ...]
    ties: tuple[Tie, ...]
    id: str = ""

    @property
    def anchor(self) -> str:
        """The name of its place in the summary."""
        return f"network-{hashlib.sha256(self.id.encode('utf-8', 'replace')).hexdigest()[:12]}"


def read_networks(out: Path) -> list[Network] | None:
    """Return the networks of an audit, the largest first; None where none were sought. Raises ResultsError."""
    file = out / "networks.json"
    if not file.is_file():
        return None
    if file.stat().st_size > _MAX_BYTES:
        raise ResultsError(f"{file} is larger than {_MAX_BYTES // 1_000_000} MB and is not read.")
    try:
        found = [_network(n) for n in json.loads(file.read_bytes())["networks"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ResultsError(f"{file} is not what an audit writes ({type(error).__name__}: {error}).") from None
    return sorted(found, key=lambda n: (-len(n.sites), n.sites))


def _network(saved: Mapping[str, Any]) -> Network:
    ties = tuple(
        Tie(str(i["kind"]), str(i["value"]), tuple(dict.fromkeys(str(q["site"]) for q in t["quotes"])), int(t["sites"]))
        for t in saved["ties"]
        for i in t["identifiers"]
    )
    return Network(tuple(str(m["site"]) for m in saved["members"]), ties, str(saved.get("id", "")))
