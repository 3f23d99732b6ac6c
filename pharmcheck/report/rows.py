"""Rows of CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A spreadsheet would run what begins so (OWASP, "CSV Injection"); the last four are wide forms of the first.
_SIGNS = "-=+@\uff1d\uff0b\uff0d\uff20"
# Where a cell begins; in a German, French or Spanish Excel also inside of ours: it parts at `;`, and there a quote that does
# not stand first binds nothing together, so that it parts at line ends as well.
_FORMULA = re.compile(f'^(?=[{_SIGNS}\t\r\n])|(?<=[;\t\r\n])(?=[" ]*[{_SIGNS}])')
_BOUND = re.compile('[,;\t"\r\n]')
_SPECIAL = re.compile('[\0;\t"\r\n]')
_FIRST = frozenset(_SIGNS)


def csv_row(values: Iterable[object]) -> str:
    """Return one line of CSV (RFC 4180, but for the line end); what could be a formula has an apostrophe before it."""
    cells = [str(v) for v in values]
    line = ",".join(cells)
    if 1 < len(cells) == line.count(",") + 1 and not _SPECIAL.search(line) and not any(c[:1] in _FIRST for c in cells):
        return f"{line}\n"  # as most are: a list of links has a line for each
    return (",".join(map(_cell, cells)) or '""') + "\n"


def _cell(text: str) -> str:
    """Return a cell without what a spreadsheet would run, in quotes where it holds what parts cells anywhere."""
    safe = _FORMULA.sub("'", text.replace("\0", ""))
    return '"' + safe.replace('"', '""') + '"' if _BOUND.search(safe) else safe
