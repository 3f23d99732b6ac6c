"""What an audit found, in numbers; one pass over the reports, and counters that no site can make grow without end."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pharmcheck.audit.identity import is_chat
from pharmcheck.model import Report, Verdict
from pharmcheck.report.clean import shortened, spoken
from pharmcheck.report.words import UNJUDGED

_MOST_SITELESS = 10_000  # accounts, numbers, names; links.csv holds all
_MOST_SENTENCES = 500  # of gaps; they hold words of sites
_ADDRESS = re.compile(r"\w+://\S+")


@dataclass(slots=True)
class Tally:
    """Counts of sites; `bins` are tenths of the risk, of judged sites; `lawful` and `lists` count by country and answer."""

    sites: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    bins: list[int] = field(default_factory=lambda: [0] * 10)
    reasons: Counter[str] = field(default_factory=Counter)
    titles: dict[str, str] = field(default_factory=dict)
    lawful: dict[str, Counter[str]] = field(default_factory=dict)
    lists: dict[str, Counter[str]] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    partly: Counter[str] = field(default_factory=Counter)
    newest: str = ""
    rulesets: set[str] = field(default_factory=set)

    def add(self, report: Report) -> None:
        """Count one report."""
        self.sites += 1
        self.verdicts[report.verdict] += 1
        if report.verdict not in UNJUDGED:
            self.bins[max(0, min(9, report.risk // 10))] += 1
        for reason in report.reasons:
            if reason.points > 0:
                self.reasons[reason.signal] += 1
                self.titles.setdefault(reason.signal, reason.title)
        for buyer in report.buyers:
            self.lawful.setdefault(buyer.country, Counter())[buyer.lawful] += 1
        for country, status in {(e.country, e.status) for e in report.listings if e.domain}:
            self.lists.setdefault(country, Counter())[status] += 1
        self._count_gaps(report)
        self.newest = max(self.newest, report.captured.isoformat(timespec="seconds"))
        self.rulesets.add(report.ruleset)

    def _count_gaps(self, report: Report) -> None:
        if report.verdict is Verdict.CANNOT_ASSESS:
            for gap in report.gaps[:1]:
                told = shortened(spoken(_ADDRESS.sub("…", gap.why).replace(report.target.host, "…")), 160)
                self.unread[told if told in self.unread or len(self.unread) < _MOST_SENTENCES else "other"] += 1
        else:
            self.partly.update({gap.artifact for gap in report.gaps})


@dataclass(frozen=True, slots=True)
class Links:
    """How many links were found, how many of them were left out by reason, and how many messages could not be read.

    `siteless` counts accounts, numbers and names of shops that were promoted without a site, by identity.
    """

    found: int
    left_out: Counter[str]
    broken: int
    siteless: Counter[str]


def count_links(out: Path) -> Links:
    """Count what `links.csv` and `unread.csv` hold; a file that is not there holds nothing. Raises OSError."""
    left_out: Counter[str] = Counter()
    siteless: Counter[str] = Counter()
    found = 0
    for row in _rows(out / "links.csv"):
        found += 1
        if row.get("left_out"):
            left_out[row["left_out"]] += 1
        elif not row.get("host") or is_chat(row["host"]):
            who = row["identity"][:200]
            siteless[who if who in siteless or len(siteless) < _MOST_SITELESS else "others"] += 1
    return Links(found, left_out, sum(1 for _ in _rows(out / "unread.csv")), siteless)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        csv.field_size_limit(2**31 - 1)  # a site may write a link of any length
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines, restval="")
