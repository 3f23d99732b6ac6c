"""Many links at once: pasted lines or a CSV file become targets, each with its line or with what is wrong with it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pharmcheck.model import Target
from pharmcheck.target import TargetError, has_public_suffix, is_address, parse_target, scheme_given

LONGEST_LINK = 2_000  # what browsers, servers and search engines agree on; to read one takes time
_LONGEST_CELL = 4_096
_MARKS = "\t;|,"  # what spreadsheets put between cells; the comma last, for it stands in addresses too
# What parts addresses: marks with a blank behind them, and whatever stands before another link. In a host no mark can stand.
_APART = re.compile(r"[,;|]?\t|[,;|]\s+|[<>\"]|[,;|(](?=h(?:tt|xx|\*\*)ps?\b)", re.IGNORECASE)
_GLUED = re.compile(r"[,;|]")
_DOT = re.compile(r"[.\u3002\uff0e\uff61]|\bdot\b|:[:/]", re.IGNORECASE)  # without one, nothing is an address
_TOO_MANY = "That list has more than {most} links. Please split it."


class LinksError(ValueError):
    """The list cannot be taken; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: as written, and the target that it means or why it means none."""

    text: str
    target: Target | None
    why: str = ""


def read_target(text: str) -> Target:
    """Return the target that one link means, as `parse_target`; raises TargetError also where it is longer than LONGEST_LINK."""
    if len(text) > LONGEST_LINK:
        raise TargetError(f"the address is longer than {LONGEST_LINK:,} characters")
    return parse_target(text)


def read_links(text: str, most: int) -> tuple[Line, ...]:
    """Return the addresses of a list, each target once; raises LinksError for none or for more than `most`.

    Every address counts, also several in one line or row of a table. A line without any stays as one that is left out.
    """
    lines: dict[str, Line] = {}
    for number, cells in enumerate(_rows(text)):
        found = _addresses(cells, most)
        if not found and number == 0 and len(cells) > 1:
            continue  # the heads of a table
        for line in found or [_read(" ".join(cells))]:
            lines.setdefault(line.target.url if line.target else line.text, line)
        if len(lines) > most:
            raise LinksError(_TOO_MANY.format(most=most))
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
            filled = ([cell.strip() for cell in row if any(map(str.isalnum, cell))] for row in rows)
            yield from (row for row in filled if row)
            return
    yield from ([line.strip()] for line in lines)


def _addresses(cells: list[str], most: int) -> list[Line]:
    """Return the addresses of a row; not the bare name of a site to which a link beside it leads."""
    pieces = (piece for cell in cells for piece in _APART.split(cell) if _DOT.search(piece))
    found = list(islice((line for piece in pieces for line in _in_piece(piece, most)), most + 1))
    if len(found) > most:
        raise LinksError(_TOO_MANY.format(most=most))
    linked = {line.target.domain for line in found if line.target and scheme_given(line.text)}
    return [line for line in found if not line.target or scheme_given(line.text) or line.target.domain not in linked]


def _in_piece(piece: str, most: int) -> list[Line]:
    """Return the addresses between two marks, `most` and one at most; a link that cannot be checked says why.

    It is one itself, with the marks that a path may hold, or they stand among its words.
    """
    whole, words = _read(piece), piece.split()
    parts = words if len(words) > 1 else _GLUED.split(piece)
    among = (line for line in map(_read, filter(_DOT.search, parts)) if _is_link(line.text) or _is_name(line))
    found = list(islice(among, most + 1))
    its_own = len(words) == 1 and whole.target and ("?" in piece or len(found) < len(parts))
    if found and not its_own:
        return found
    return [whole] if whole.target or _is_link(piece) else []


def _is_link(text: str) -> bool:
    return "://" in text


def _is_name(line: Line) -> bool:
    """True for a word of a text that can be nothing but the name or the number of a host."""
    return line.target is not None and (has_public_suffix(line.target.host) or is_address(line.target.host))


def _read(text: str) -> Line:
    text = text.strip()
    try:
        return Line(text[:_LONGEST_CELL], read_target(text))
    except TargetError as error:
        return Line(text[:_LONGEST_CELL], None, str(error))
