"""The reports of an audit, read from their file one by one, or worst first; none is held in memory."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from pharmcheck.audit.identity import identity_of
from pharmcheck.model import Report, Verdict
from pharmcheck.reading.landing import led_from
from pharmcheck.report.saved import SavedError, read_report
from pharmcheck.whole_file import plain_name

WORST_FIRST = (
    Verdict.ROGUE,
    Verdict.SUSPICIOUS,
    Verdict.INTERMEDIARY,
    Verdict.UNVERIFIED,
    Verdict.CANNOT_ASSESS,
    Verdict.NOT_A_PHARMACY,
    Verdict.LEGITIMATE,
)
_MAX_LINE_BYTES = 64_000_000  # a report is some 20 KB; what is longer was not written by an audit


class ResultsError(Exception):
    """The results of an audit cannot be read; the message says why, for people."""


def results_file(path: Path) -> Path:
    """Return the file of reports of an audit, given its folder or the file itself. Raises ResultsError."""
    file = path / "results.jsonl" if path.is_dir() else path
    if not file.is_file():
        raise ResultsError(f"{file}: there is no such file. Give the folder that `pharmcheck audit --out` wrote.")
    return file


def read_saved(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield where each report begins, in bytes, and the report as plain values. Raises ResultsError."""
    with file.open("rb") as lines:
        number = start = 0
        while line := lines.readline(_MAX_LINE_BYTES):
            number += 1
            yield start, _parsed(line, f"{file}, line {number}")
            start += len(line)


def _parsed(line: bytes, where: str) -> dict[str, Any]:
    try:
        saved = json.loads(line)
    except (ValueError, RecursionError):
        raise ResultsError(f"{where} is no JSON: the file is cut off or damaged; write it anew by --resume.") from None
    if not isinstance(saved, dict):
        raise ResultsError(f"{where} holds no report.")
    return saved


def read_reports(file: Path, authorities: Mapping[str, str]) -> Iterator[tuple[int, Report]]:
    """Yield where each report begins, in bytes, and the report. Raises ResultsError."""
    for number, (start, saved) in enumerate(read_saved(file), 1):
        yield start, _report(saved, authorities, f"{file}, line {number}")


def _report(saved: dict[str, Any], authorities: Mapping[str, str], where: str) -> Report:
    try:
        return read_report(saved, authorities)
    except SavedError as error:
        raise ResultsError(f"{where}: {error}.") from None


def site_of(report: Report) -> str:
    """Return whom the report is about, as the audit counts: a domain, or host and path on a platform."""
    return identity_of(report.target.url, report.target.host)


def seen_at(report: Report) -> str:
    """Return the address that the audit opened: that of the report, or the link that led to it."""
    return led_from(report.views, report.target) or report.target.url


def page_digest(report: Report) -> str:
    """Return the SHA-256 of the address that was opened, which parts two reports on pages of one host."""
    return hashlib.sha256(seen_at(report).encode("utf-8", "replace")).hexdigest()


def page_path(report: Report) -> str:
    """Return the path of the page on a site below the folder `sites`: one of 256 folders, a name that no system minds."""
    digest = page_digest(report)
    return f"{digest[:2]}/{plain_name(report.target.host)}-{digest[:12]}.html"


class AuditReports:
    """The reports of an audit, worst first or by site: their places in the file are kept in a temporary one. A context manager.

    `see` is called with each report while the places are gathered. Raises ResultsError.
    """

    def __init__(self, file: Path, authorities: Mapping[str, str], see: Callable[[Report], None]) -> None:
        self._file, self._authorities = file, authorities
        self._base = sqlite3.connect("", isolation_level=None)  # "": a private file of SQLite's, gone with the process
        self._base.execute("CREATE TABLE places (rank INTEGER, risk INTEGER, site TEXT, url TEXT, start INTEGER)")
        self._base.execute("BEGIN")
        for start, report in read_reports(file, authorities):
            see(report)
            rank = WORST_FIRST.index(report.verdict)
            row = (rank, -report.risk, storable(site_of(report)), storable(report.target.url), start)
            self._base.execute("INSERT INTO places VALUES (?, ?, ?, ?, ?)", row)
        self._base.execute("CREATE INDEX by_rank ON places (rank, risk, site, url)")
        self._base.execute("CREATE INDEX by_site ON places (site)")
        self._base.execute("COMMIT")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._base.close()

    def worst_first(self) -> Iterator[Report]:
        """Yield all reports, by verdict, then by risk, then by name."""
        with self._file.open("rb") as lines:
            for row in self._base.execute("SELECT start FROM places ORDER BY rank, risk, site, url"):
                yield self._at(lines, row[0])

    def of(self, site: str) -> list[Report]:
        """Return the reports on one site, mostly one."""
        with self._file.open("rb") as lines:
            rows = self._base.execute("SELECT start FROM places WHERE site = ? ORDER BY url", (storable(site),))
            return [self._at(lines, row[0]) for row in rows]

    def _at(self, lines: BinaryIO, start: int) -> Report:
        lines.seek(start)
        where = f"{self._file}, byte {start}"
        return _report(_parsed(lines.readline(_MAX_LINE_BYTES), where), self._authorities, where)


def storable(text: str) -> str:
    """Return text that SQLite takes: lone surrogates are none."""
    return text.encode("utf-8", "replace").decode()
