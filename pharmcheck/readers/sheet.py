"""Lists as XLSX: one sheet, the first row that is not empty holds the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from pharmcheck.readers import zipped
from pharmcheck.readers.our_list import RegistryError
from pharmcheck.readers.spec import Reader
from pharmcheck.readers.table import Row, check_header

_MAX_CELLS = 20_000_000  # of the rectangle around all cells: calamine takes memory for all of it, or ends the process
_LONGEST = 10_000  # bytes of an element
_ELEMENT = re.compile(rb"<(?:\w+:)?(row|c)\b([^<>]*)>")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d{0,7})["']""")  # of a cell ("AB12") or of a row ("12")


def rows(reader: Reader, body: bytes) -> Iterator[Row]:
    """Yield the rows of the sheet that the reader names, else of the only one; dates become `YYYY-MM-DD`."""
    grid = _grid(reader, body)
    header: tuple[str, ...] = ()
    for number, cells in enumerate(grid, 1):
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if not header:
            header = check_header(texts, reader)
            continue
        if len(texts) > len(header):
            raise RegistryError(f"row {number}: {len(texts)} cells, expected {len(header)}")
        texts += [""] * (len(header) - len(texts))
        yield Row(f"row {number}", dict(zip(header, texts, strict=True)))
    if not header:
        raise RegistryError("the sheet is empty")


def _grid(reader: Reader, body: bytes) -> list[list[Any]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  (only lists in XLSX need it)
    except ImportError:
        raise RegistryError("reading XLSX needs more: pip install 'pharmcheck[registries]'") from None
    names = zipped.check(body)
    if "xl/workbook.xml" not in names or {"xl/workbook.bin", "content.xml"} & set(names):
        raise RegistryError("this is not a readable XLSX: it holds no workbook, or several")
    for name in names:  # a workbook may keep its sheets under any name
        if (cells := _cells(body, name)) > _MAX_CELLS:
            raise RegistryError(f"{name} says that it has {cells:,} cells, more than {_MAX_CELLS:,}")
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(body))
        if not reader.sheet and len(book.sheet_names) != 1:
            raise RegistryError(f"the workbook has {len(book.sheet_names)} sheets, expected one")
        sheet = book.get_sheet_by_name(reader.sheet or book.sheet_names[0])
        return [list(row) for row in sheet.iter_rows()]
    except CalamineError as error:
        raise RegistryError(f"this is not a readable XLSX: {error}") from None


def _cells(body: bytes, name: str) -> int:
    """Return how many cells the rectangle from A1 to the farthest cell has; a cell without a place follows the last one."""
    row = column = rows = columns = 0
    rest = b""
    for piece in zipped.pieces(body, name):
        rest += piece
        for kind, attributes in _ELEMENT.findall(rest):
            place = _PLACE.search(attributes)
            letters, number = place.groups() if place else (b"", b"")
            if kind == b"row":
                row, column = int(number or row + 1), 0
            else:
                row, column = int(number or row), _column(letters) or column + 1
            rows, columns = max(rows, row), max(columns, column)
        cut = rest.rfind(b"<")  # an element may be cut between two pieces
        rest = rest[cut:] if cut >= 0 and len(rest) - cut < _LONGEST else b""
    return rows * columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _text(cell: Any) -> str:
    """Return a cell as text; a whole number has no decimals, for licence numbers are often kept as numbers."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
