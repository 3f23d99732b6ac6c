"""What every form of list becomes first: rows of cells by column, under limits, with no column that we do not know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import islice

from pharmcheck.readers.our_list import RegistryError
from pharmcheck.readers.spec import FORMATS, Reader
from pharmcheck.readers.zipped import is_zip, member

MAX_ROWS = 500_000  # the longest register that we know of has about 20,000
MAX_CELL = 20_000  # characters; a warning's page of prose fits
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `cells` by column, a missing one is ""; `where` is for people ("line 3")."""

    where: str
    cells: Mapping[str, str]


def read_table(reader: Reader, bodies: Iterable[bytes]) -> Iterator[Row]:
    """Yield the rows of a list that came in one body or several; RegistryError where we do not understand it."""
    rows = (row for body in bodies for row in _rows(reader, body))
    for row in islice(rows, MAX_ROWS):
        yield _checked(row, reader)
    if next(rows, None):
        raise RegistryError(f"more than {MAX_ROWS:,} rows")


def check_header(names: Iterable[str], reader: Reader, where: str = "") -> tuple[str, ...]:
    """Return the names of a list's columns; RegistryError where one is missing, unknown or there twice."""
    found = tuple(plain(name) for name in names)
    at = f"{where}: " if where else ""
    if twice := sorted({name for name in found if found.count(name) > 1}):
        raise RegistryError(f"{at}the column {twice[0]!r} stands there twice")
    missing = [column for column in reader.columns if column not in found]
    unknown = [name for name in found if name not in reader.columns and name not in reader.optional]
    told = (f"the column {missing[0]!r} is missing" if missing else "", f"{unknown[0]!r} is new" if unknown else "")
    if any(told):
        raise RegistryError(f"{at}the columns have changed: {' and '.join(filter(None, told))}")
    return found


def plain(text: str) -> str:
    """Return a cell's text on one line: blanks collapsed, control characters gone, composed (NFC)."""
    if len(text) > MAX_CELL:
        raise RegistryError(f"a cell is longer than {MAX_CELL:,} characters ({text[:40]!r} …)")
    if not text.isprintable():
        text = "".join(x if x.isprintable() or x.isspace() else "" for x in text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def decoded(body: bytes, reader: Reader) -> str:
    """Return the text of a body in the first of the reader's charsets that it is valid in."""
    for charset in reader.charsets:
        try:
            return body.decode(charset)
        except UnicodeDecodeError as error:
            why = error
    raise RegistryError(f"the text is not {' or '.join(reader.charsets)}: {why.reason} at byte {why.start:,}")


def _rows(reader: Reader, body: bytes) -> Iterator[Row]:
    if reader.member and is_zip(body):
        body = member(body, reader.member)
    if not reader.format.startswith("html") and _PAGE.match(body):
        raise RegistryError("a web page came in the place of the list")
    form = import_module(f"pharmcheck.readers.{FORMATS[reader.format]}")
    rows: Iterator[Row] = form.rows(reader, body)
    return rows


def _checked(row: Row, reader: Reader) -> Row:
    """Return the row with plain cells; RegistryError for a value that its column never had."""
    cells = {name: plain(_TAG.sub(" ", value) if reader.markup else value) for name, value in row.cells.items()}
    for column, allowed in reader.values:
        if cells.get(column, "") not in allowed:
            raise RegistryError(f"{row.where}: {column} is {cells.get(column, '')[:60]!r}, which is not known")
    return Row(row.where, cells)
