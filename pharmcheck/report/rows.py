"""Rows of CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# A spreadsheet would run these (OWASP, "CSV Injection"); the last four are wide forms of the first.
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_QUOTED = re.compile('[\0"\r\n]')


def csv_row(values: Iterable[object]) -> str:
    """Return one line of CSV (RFC 4180, but for the line end); what could be a formula has an apostrophe before it."""
    cells = [str(v) for v in values]
    line = ",".join(cells)
    if 1 < len(cells) == line.count(",") + 1 and not _QUOTED.search(line) and not any(c[:1] in _FORMULA for c in cells):
        return f"{line}\n"  # as most are: a list of links has a line for each
    out = io.StringIO()
    # With this end it quotes cells that hold either of the two.
    csv.writer(out, lineterminator="\r\n").writerow(map(_safe, cells))
    return out.getvalue().removesuffix("\r\n") + "\n"


def _safe(cell: str) -> str:
    cell = cell.replace("\0", "")
    return f"'{cell}" if cell[:1] in _FORMULA else cell
