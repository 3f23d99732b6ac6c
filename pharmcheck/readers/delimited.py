"""Lists as CSV: the delimiter is the one under which the first line holds the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from pharmcheck.readers.our_list import RegistryError
from pharmcheck.readers.spec import Reader
from pharmcheck.readers.table import Row, check_header, decoded

_HEADER = 100_000  # characters, in which the first line ends


def rows(reader: Reader, body: bytes) -> Iterator[Row]:
    """Yield the rows of a CSV; a blank line is passed over, a row of another width stops us."""
    text = decoded(body, reader)
    lines = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text, reader), strict=True)
    try:
        header = check_header(next(lines, ()), reader)
        for cells in lines:
            if not any(cells):
                continue
            if len(cells) != len(header):
                raise RegistryError(f"line {lines.line_num}: {len(cells)} fields, expected {len(header)}")
            yield Row(f"line {lines.line_num}", dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise RegistryError(f"line {lines.line_num}: {error}") from None


def _delimiter(text: str, reader: Reader) -> str:
    """Return the delimiter that splits the first line into the most columns that we know."""
    first = (text[:_HEADER].splitlines() or [""])[0]

    def known(delimiter: str) -> int:
        found = next(csv.reader([first], delimiter=delimiter), [])
        return len({name.strip() for name in found} & set(reader.columns))

    return max(reader.delimiters, key=known)
