"""Records the invented sites of cassettes/sites as WARC, with pharmcheck's own capture, from a loopback server.

`python -m tests.record_cassettes [DOMAIN…]` records (all without DOMAIN) and writes expected.csv anew;
`python -m tests.record_cassettes --expected` only writes expected.csv.
"""

from __future__ import annotations

import asyncio
import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pharmcheck.capture import CaptureOptions, capture
from pharmcheck.model import Answer, Report, Site
from pharmcheck.pipeline import check_replay
from pharmcheck.registries import load_registries
from pharmcheck.target import parse_target
from tests.loopback import Loopback
from tests.sites import NOW

CASSETTES = Path(__file__).parent.parent / "cassettes"
EXPECTED = CASSETTES / "expected.csv"
COLUMNS = ("domain", "verdict", "kind", "risk", "signals")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of index.csv, as written by hand. `promotes` are domains that must stand under `promoted`.

    `rung` is the lowest rung of the prescription ladder that the site says or does, "" where nothing can be read.
    """

    domain: str
    url: str
    label: str
    language: str
    country: str
    why: str
    expected_verdict: str
    expected_kind: str
    must_fire: frozenset[str]
    must_not_fire: frozenset[str]
    promotes: frozenset[str]
    rung: str

    @property
    def file(self) -> Path:
        return CASSETTES / f"{self.domain}.warc.gz"


def index() -> tuple[Row, ...]:
    """Return the lines of index.csv."""
    with (CASSETTES / "index.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_row(line) for line in csv.DictReader(file))


def _row(line: dict[str, str]) -> Row:
    words = {name: frozenset(line.pop(name).split()) for name in ("must_fire", "must_not_fire", "promotes")}
    return Row(**line, **words)  # type: ignore[arg-type]  # csv gives names, not types


def fired(report: Report) -> frozenset[str]:
    """Return the ids of the signals that are true of the site, with or without weight."""
    return frozenset(f.signal for f in report.findings if f.answer is Answer.PRESENT)


def held_against(report: Report) -> frozenset[str]:
    """Return the ids of the signals that moved the score towards rogue."""
    return frozenset(reason.signal for reason in report.reasons if reason.points > 0)


def expected(rows: Iterable[Row], report_on: Callable[[Row], Report]) -> str:
    """Return the text of expected.csv as the present rules give it; `report_on` gives the report on a recording."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        report = report_on(row)
        writer.writerow(
            (row.domain, report.verdict.value, report.kind.name.value, report.risk, " ".join(sorted(fired(report))))
        )
    return out.getvalue()


async def record(rows: Iterable[Row]) -> list[tuple[Row, Site]]:
    """Capture each site from the loopback server, at a fixed time, and keep its recording."""
    issuers = tuple(host for registry in load_registries().all for host in registry.hosts)
    taken = []
    with Loopback(CASSETTES / "sites", NOW) as server:
        for row in rows:
            options = CaptureOptions(
                now=NOW,
                retries=0,
                connect_to=server.connect_to,
                issuer_hosts=issuers,
                ca_file=server.ca_file,
                record=row.file,
            )
            taken.append((row, await capture(parse_target(row.url), options)))
    return taken


def _lines(taken: Iterable[tuple[Row, Site]]) -> Iterator[str]:
    for row, site in taken:
        yield f"{row.domain}: {' '.join(page.role for page in site.pages)} ({row.file.stat().st_size:,} bytes)"
        yield from (f"    {gap.artifact}: {gap.why}" for gap in site.gaps)


def main(arguments: list[str]) -> None:
    """Record what the arguments name, then write expected.csv."""
    rows = index()
    if "--expected" not in arguments:
        unknown = set(arguments) - {row.domain for row in rows}
        if unknown:
            sys.exit(f"not in cassettes/index.csv: {' '.join(sorted(unknown))}")
        chosen = [row for row in rows if not arguments or row.domain in arguments]
        sys.stdout.writelines(line + "\n" for line in _lines(asyncio.run(record(chosen))))
    EXPECTED.write_text(expected(rows, lambda row: check_replay(row.file)), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
