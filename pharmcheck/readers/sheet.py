"""Lists as XLSX: one sheet, the first row that is not empty holds the columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from pharmcheck.readers import zipped
from pharmcheck.readers.spec import Reader
from pharmcheck.readers.table import Row, check_header
from pharmcheck.registries.folder import RegistryError


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
    zipped.check(body)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(body))
        if not reader.sheet and len(book.sheet_names) != 1:
            raise RegistryError(f"the workbook has {len(book.sheet_names)} sheets, expected one")
        sheet = book.get_sheet_by_name(reader.sheet or book.sheet_names[0])
        return [list(row) for row in sheet.iter_rows()]
    except CalamineError as error:
        raise RegistryError(f"this is not a readable XLSX: {error}") from None


def _text(cell: Any) -> str:
    """Return a cell as text; a whole number has no decimals, for licence numbers are often kept as numbers."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
