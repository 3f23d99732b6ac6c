"""Many links at once: pasted lines or a CSV file become targets, each with its line or with what is wrong with it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pharmcheck.model import Target
from pharmcheck.target import TargetError, parse_target

_LONGEST_CELL = 4_096
_MARKS = "\t;,"  # what spreadsheets put between cells; the comma last, for it stands in addresses too


class LinksError(ValueError):
    """The list cannot be taken; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: as written, and the target that it means or why it means none."""

    text: str
    target: Target | None
    why: str = ""


def read_links(text: str, most: int) -> tuple[Line, ...]:
    """Return the lines of a list, each target once; raises LinksError for none or for more than `most`."""
    lines: dict[str, Line] = {}
    for number, cells in enumerate(_rows(text)):
        line = _line(cells)
        if number == 0 and line.target is None and len(cells) > 1:
            continue  # the heads of a table
        lines.setdefault(line.target.url if line.target else line.text, line)
        if len(lines) > most:
            raise LinksError(f"That list has more than {most} links. Please split it.")
    if not any(line.target for line in lines.values()):
        raise LinksError("There is no link in that list. Write one in each line.")
    return tuple(lines.values())


def decoded(data: bytes) -> str:
    """Return an uploaded file as text; raises LinksError for what is no text."""
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise LinksError("That file is not a text. Please save the list as CSV.")


def _rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line: of a table, if all lines have as many; else each line is one cell."""
    lines = [line for line in text.splitlines() if line.strip()]
    for mark in _MARKS:
        try:
            rows = list(csv.reader(lines, delimiter=mark, strict=True))
        except csv.Error:
            continue  # quotes that do not close: no table with that mark
        if len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1:
            yield from ([cell.strip() for cell in row if cell.strip()] for row in rows if any(map(str.strip, row)))
            return
    yield from ([line.strip()] for line in lines)


def _line(cells: list[str]) -> Line:
    """Return the first cell that is an address, else the first cell with what is wrong with it."""
    why = ""
    for cell in (*cells, *(re.split(r"[,;\t]", cells[0]) if len(cells) == 1 else ())):
        try:
            return Line(cell[:_LONGEST_CELL], parse_target(cell))
        except TargetError as error:
            why = why or str(error)
    return Line(cells[0][:_LONGEST_CELL], None, why)
