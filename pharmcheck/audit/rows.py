"""Rows of CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # the last four are wide forms of the first


def csv_row(values: Iterable[object]) -> str:
    """Return one line of CSV (RFC 4180, but for the line end); what could be a formula has an apostrophe before it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(
        [_safe(str(v)) for v in values]
    )  # quotes cells that hold one of the two
    return out.getvalue().removesuffix("\r\n") + "\n"


def _safe(cell: str) -> str:
    cell = cell.replace("\0", "")
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
