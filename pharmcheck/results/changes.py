"""What changed between two audits: sites that are new or gone, other verdicts, other reasons; in any order, in little memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from pharmcheck.audit.identity import identity_of
from pharmcheck.report.clean import clean
from pharmcheck.report.saved import risk_of
from pharmcheck.report.words import UNJUDGED
from pharmcheck.results.reports import ResultsError, read_saved, results_file, storable

KINDS = ("new", "gone", "verdict", "reasons", "risk")  # a site is told under the first that holds
_TABLES = """
CREATE TABLE sites (side INTEGER, site TEXT, url TEXT, verdict TEXT, risk INTEGER, captured TEXT, reasons TEXT);
"""
_BY_NAME = "CREATE INDEX by_name ON sites (site, url)"
# Two sites of one name (two redirectors of one host) are told apart by their addresses.
_SPLIT = """
UPDATE sites SET site = url WHERE site IN (SELECT site FROM sites GROUP BY site, side HAVING count(*) > 1)
"""
_EACH = "SELECT side, site, verdict, risk, captured, reasons FROM sites ORDER BY site, side, captured"


@dataclass(frozen=True, slots=True)
class State:
    """What an audit said of a site: its verdict, its risk, when, and the signals that spoke against it or for it.

    A verdict that judges no sale of medicines has no risk.
    """

    verdict: str
    risk: int | None
    captured: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """How a site stands otherwise in the new audit; `kind` is one of KINDS, `old` or `new` is None where it was not there."""

    site: str
    kind: str
    old: State | None
    new: State | None

    @property
    def came(self) -> tuple[str, ...]:
        """The signals that are reasons now and were none."""
        return tuple(r for r in self.new.reasons if r not in self.old.reasons) if self.old and self.new else ()

    @property
    def went(self) -> tuple[str, ...]:
        """The signals that were reasons and are none now."""
        return tuple(r for r in self.old.reasons if r not in self.new.reasons) if self.old and self.new else ()

    def as_dict(self) -> dict[str, Any]:
        """Return the change as plain JSON values."""
        sides = {"old": asdict(self.old) if self.old else None, "new": asdict(self.new) if self.new else None}
        return {"site": self.site, "change": self.kind, **sides, "came": list(self.came), "went": list(self.went)}


class Comparison:
    """Two audits side by side, in a temporary file. Use `changes()` as often as you like; `close()` at the end.

    Raises ResultsError where one of them cannot be read.
    """

    def __init__(self, old: Path, new: Path) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute(_TABLES)
        self._base.execute("BEGIN")
        self.rulesets = tuple(self._take_in(side, results_file(path)) for side, path in enumerate((old, new)))
        self._base.execute(_BY_NAME)
        self._base.execute(_SPLIT)
        self._base.execute("COMMIT")

    def close(self) -> None:
        """Let go of the temporary file."""
        self._base.close()

    def _take_in(self, side: int, file: Path) -> frozenset[str]:
        """Keep what a file of reports says; return by which rules it was judged."""
        rulesets: set[str] = set()
        for number, (_, saved) in enumerate(read_saved(file), 1):
            try:
                target, reasons = saved["target"], sorted({str(r["signal"]) for r in saved["reasons"]})
                site = identity_of(target["url"], target["host"])
                verdict = str(saved["verdict"])
                risk = None if verdict in UNJUDGED else risk_of(saved)
                row = (side, site, str(target["url"]), verdict, risk, str(saved["captured"]), " ".join(reasons))
                rulesets.add(str(saved["ruleset"]))
            except (KeyError, TypeError, ValueError, AttributeError):
                raise ResultsError(f"{file}, line {number}: it is no report.") from None
            kept = [storable(value) if isinstance(value, str) else value for value in row]
            self._base.execute("INSERT INTO sites VALUES (?, ?, ?, ?, ?, ?, ?)", kept)
        return frozenset(rulesets)

    def changes(self) -> Iterator[Change]:
        """Yield what changed, by the name of the site."""
        for site, rows in groupby(self._base.execute(_EACH), key=itemgetter(1)):
            sides = {
                side: State(verdict, risk, at, tuple(reasons.split())) for side, _, verdict, risk, at, reasons in rows
            }
            kind = _kind(sides.get(0), sides.get(1))
            if kind:
                yield Change(site, kind, sides.get(0), sides.get(1))


def _kind(old: State | None, new: State | None) -> str:
    if old is None or new is None:
        return "new" if old is None else "gone"
    if old.verdict != new.verdict:
        return "verdict"
    if old.reasons != new.reasons:
        return "reasons"
    return "risk" if old.risk != new.risk else ""


def as_text(change: Change) -> str:
    """Return a change as lines of clean text."""
    old, new = change.old, change.new
    head = {
        "new": f"+ {clean(change.site)}: {_said(new)}",
        "gone": f"- {clean(change.site)}: was {_said(old)}",
    }.get(change.kind, f"~ {clean(change.site)}: {_said(old)} → {_said(new)}")
    lines = [head, *(f"    came: {clean(r)}" for r in change.came), *(f"    went: {clean(r)}" for r in change.went)]
    return "\n".join(lines) + "\n"


def _said(state: State | None) -> str:
    if state is None:
        return ""
    return clean(state.verdict) if state.risk is None else f"{clean(state.verdict)}, risk {state.risk}"


def as_json(change: Change) -> str:
    """Return a change as one line of JSON, in ASCII."""
    return json.dumps(change.as_dict()) + "\n"
