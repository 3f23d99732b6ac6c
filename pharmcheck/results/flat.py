"""Reports as rows: CSV that no spreadsheet takes for formulas, JSON lines, Parquet."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pharmcheck.model import Report
from pharmcheck.reading.landing import led_from
from pharmcheck.report import listed, words
from pharmcheck.report.clean import clean, shortened
from pharmcheck.report.json import as_line
from pharmcheck.report.rows import csv_row
from pharmcheck.results.reports import ResultsError, read_saved, site_of

# Column and type in Parquet. `risk` is empty where none was judged, `led_from` where the link that was seen is `url`.
COLUMNS = {
    "site": "VARCHAR",
    "host": "VARCHAR",
    "domain": "VARCHAR",
    "url": "VARCHAR",
    "verdict": "VARCHAR",
    "risk": "INTEGER",
    "confidence": "VARCHAR",
    "kind": "VARCHAR",
    "host_state": "VARCHAR",
    "reasons": "VARCHAR",
    "strongest": "VARCHAR",
    "warned_in": "VARCHAR",
    "listed_in": "VARCHAR",
    "not_lawful_in": "VARCHAR",
    "promotes": "VARCHAR",
    "gaps": "INTEGER",
    "captured": "TIMESTAMP",
    "ruleset": "VARCHAR",
    "led_from": "VARCHAR",
}
_MOST_CHARS = 2_000  # of a cell: spreadsheets take 32,767, people less


def row_of(report: Report) -> dict[str, str | int | None]:
    """Return the row of a report: clean text, several values parted by a space, or by `; ` where they hold spaces."""
    against = words.against(report)
    own = [e for e in report.listings if listed.names_target(e, report)]
    row: dict[str, str | int | None] = {
        "site": site_of(report),
        "host": report.target.host,
        "domain": report.target.domain,
        "url": report.target.url,
        "verdict": report.verdict.value,
        "risk": None if report.verdict in words.UNJUDGED else report.risk,
        "confidence": report.confidence,
        "kind": report.kind.name.value,
        "host_state": report.host.state.value,
        "reasons": " ".join(r.signal for r in against),
        "strongest": against[0].title if against else "",
        "warned_in": " ".join(sorted({e.country for e in own if e.status == "warned"})),
        "listed_in": " ".join(sorted({e.country for e in own if e.status == "listed"})),
        "not_lawful_in": " ".join(sorted({b.country for b in report.buyers if b.lawful == "no"})),
        "promotes": " ".join(sorted({p.domain for p in report.promoted if p.domain})),
        "gaps": len(report.gaps),
        "captured": report.captured.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "ruleset": report.ruleset,
        "led_from": led_from(report.views, report.target),
    }
    return {name: shortened(clean(v), _MOST_CHARS) if isinstance(v, str) else v for name, v in row.items()}


def csv_pieces(reports: Iterable[Report]) -> Iterator[bytes]:
    """Yield a table with a line for each report."""
    yield csv_row(COLUMNS).encode()
    for report in reports:
        yield csv_row("" if v is None else v for v in row_of(report).values()).encode("utf-8", "replace")


def jsonl_pieces(file: Path) -> Iterator[bytes]:
    """Yield the reports as they are, one a line, in ASCII where a character could act on a terminal. Raises ResultsError."""
    for _, saved in read_saved(file):
        yield as_line(saved).encode("utf-8", "replace")


def write_parquet(reports: Iterable[Report], path: Path) -> None:
    """Write the rows as Parquet. Raises ResultsError where duckdb is not installed, OSError where there is no room."""
    try:
        import duckdb  # noqa: PLC0415  (an extra)
    except ImportError:
        raise ResultsError("Parquet needs duckdb: pip install 'pharmcheck[audit]'.") from None
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".parquet-") as folder:
        rows, made = Path(folder) / "rows.json", Path(folder) / "made.parquet"
        with rows.open("w", encoding="utf-8", errors="replace") as out:
            out.writelines(json.dumps(row_of(report)) + "\n" for report in reports)
        settings: Mapping[str, Any] = {"memory_limit": "256MB", "threads": 1, "autoinstall_known_extensions": False}
        with duckdb.connect(config=dict(settings)) as base:
            source = base.read_json(str(rows), columns=COLUMNS, format="newline_delimited")
            source.write_parquet(str(made), compression="zstd")
        made.replace(path)
