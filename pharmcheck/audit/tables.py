"""Rows of tables and JSON lines: the cells that hold addresses or text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from pharmcheck.audit.message import Broken, Message, text_message
from pharmcheck.reading.decode import decode

_MAX_CELL_CHARS = 2_000_000
_MAX_LINE_BYTES = 20_000_000
MAX_JSON_BYTES = 200_000_000  # of a file that is one value: it is held whole
_MOST_TEXTS = 10_000  # of one JSON value
_SAMPLE_ROWS = 50
_NAMES = re.compile(
    r"url|link|href|domain|host|website|web|site|address|adresse|uri|text|body|message|content|html|comment|mail|post",
    re.I,
)
_SNIFFED = 8192  # bytes of which the last line may be cut
_SAID = re.compile(
    r"\ufeff?\"?sep=(.)\"?(?:[\r\n]|\Z)"
)  # how Excel is told what parts the cells: a line before the table
_ALONE = re.compile(r"\s*\S+\s*")
# Looked for where a word begins: from each of its letters on it would take the square of the length of a long one.
_ADDRESS = re.compile(r"https?://|www\.|hxxp|(?<![a-z0-9-])[a-z0-9-]+(?:\.|\[\.\])[a-z]{2,}", re.IGNORECASE)


def read_table(file: BinaryIO, name: str, column: str = "") -> Iterator[Message | Broken]:
    """Yield the rows of CSV or TSV, one message each, in the column named, or else those that hold addresses."""
    csv.field_size_limit(_MAX_CELL_CHARS)
    head = file.read(65_536)
    charset = decode(head)[1]
    text = io.TextIOWrapper(io.BufferedReader(_Rest(head, file)), encoding=charset, errors="replace", newline="")
    shown = head.decode(charset, "replace")
    numbered = _numbered(csv.reader(_lines(text), dialect=_dialect(shown)), name)
    if _SAID.match(shown):
        next(numbered)
    sample = list(islice(numbered, _SAMPLE_ROWS))
    broken = [r for r in sample if isinstance(r, Broken)]
    first = [r for r in sample if not isinstance(r, Broken)]
    chosen, has_head = _columns([cells for _, cells in first], column)
    if not chosen:
        what = f"has no column {column!r}" if column else "has no column that holds addresses; name it with --column"
        yield Broken(name, "", f"this table {what}")
        return
    yield from broken
    for row in chain(first[1:] if has_head else first, numbered):
        if isinstance(row, Broken):
            yield row
            continue
        number, cells = row
        value = "\n".join(cells[i] for i in chosen if i < len(cells) and cells[i].strip())
        if value:
            yield text_message(name, f"row {number}", value)


def _numbered(rows: Iterator[list[str]], name: str) -> Iterator[tuple[int, list[str]] | Broken]:
    number = 0
    while True:
        number += 1
        try:
            yield number, next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Broken(name, f"row {number}", f"this row cannot be read: {error}")


class _Rest(io.RawIOBase):
    """The head that was read, then the rest of the file."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head, self._file = head, file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] or self._file.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield the lines, one without an end in pieces, so that it is never held; NULs are no text."""
    while line := text.readline(2 * _MAX_CELL_CHARS):  # a cell that is too large is seen as such
        yield line.replace("\0", "")


def _dialect(head: str) -> Any:
    said = _SAID.match(head)
    lines = head.splitlines()[:20]
    counts = {sign: min((line.count(sign) for line in lines[:5] if line.strip()), default=0) for sign in "\t;|,"}
    best = max(counts, key=lambda sign: counts[sign])

    class Dialect(csv.excel):
        delimiter = said[1] if said else best if counts[best] else ","

    return Dialect


def _columns(rows: Sequence[list[str]], column: str) -> tuple[list[int], bool]:
    """Return which columns to read, and whether the first row names them."""
    if not rows:
        return [], False
    head = [cell.strip().lstrip("\ufeff") for cell in rows[0]]
    if column:
        if column.isdecimal() and int(column) >= 1:
            at = int(column) - 1
            there = at < max(map(len, rows))
            return [at] if there else [], not any(_ADDRESS.search(cell) for cell in head)
        found = [i for i, cell in enumerate(head) if cell.casefold() == column.casefold()]
        return found, True
    has_head = not any(_ADDRESS.search(cell) for cell in head) and len(rows) > 1
    body = rows[1:] if has_head else rows
    width = max(len(r) for r in body)
    share = [sum(bool(_ADDRESS.search(r[i])) for r in body if i < len(r)) / len(body) for i in range(width)]
    named = [i for i in range(min(width, len(head))) if has_head and _NAMES.search(head[i]) and share[i] > 0]
    return named or [i for i in range(width) if share[i] >= 0.2], has_head


def looks_like_table(head: bytes) -> bool:
    """True for three rows and more of as many cells each, in one column of which addresses stand by themselves."""
    lines = decode(head)[0].splitlines()[: _SAMPLE_ROWS + 1]
    lines = [line for line in (lines[:-1] if len(head) >= _SNIFFED else lines) if line.strip()]
    if len(lines) < 3:
        return False
    dialect = _dialect("\n".join(lines))
    try:
        rows = list(csv.reader(lines[1:] if _SAID.fullmatch(lines[0]) else lines, dialect=dialect))
    except csv.Error:
        return False
    if len(rows[0]) < 2 or len({len(row) for row in rows}) > 1:
        return False
    chosen, has_head = _columns(rows, "")
    return any(all(_ALONE.fullmatch(row[i]) for row in rows[has_head:] if row[i].strip()) for i in chosen)


def read_json_lines(file: BinaryIO, name: str, column: str = "") -> Iterator[Message | Broken]:
    """Yield the objects of JSON lines, one message each: all their texts, or those of one field."""
    number = 0
    while line := file.readline(_MAX_LINE_BYTES):
        number += 1
        if not line.strip():
            continue
        try:
            value = json.loads(line.decode("utf-8", "replace"))
        except (ValueError, RecursionError) as error:
            yield Broken(name, f"line {number}", f"this line is no JSON: {error}")
            continue
        yield from _item(name, f"line {number}", value, column)


def read_json(file: BinaryIO, name: str, column: str = "") -> Iterator[Message | Broken]:
    """Yield the items of a JSON list, or the one object that a file holds."""
    value = json_in(file)
    if isinstance(value, Unreadable):
        yield Broken(name, "", f"this file is not read: {value.why}")
        return
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        yield from _item(name, f"item {number}", item, column)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands in place of a value of a file that holds none, and says why."""

    why: str


def json_in(file: BinaryIO) -> Any:
    """Return the JSON value that a file holds, Unreadable where it is none or too large."""
    data = file.read(MAX_JSON_BYTES + 1)
    if len(data) > MAX_JSON_BYTES:
        return Unreadable(f"it is larger than {MAX_JSON_BYTES // 1_000_000} MB: cut it into several")
    try:
        return json.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        return Unreadable(f"it is no JSON: {error}")


def _item(file: str, name: str, value: Any, column: str) -> Iterator[Message | Broken]:
    """Yield the message of a JSON value: its texts, or those of one field."""
    texts = list(islice(_texts(value, column), _MOST_TEXTS + 1))
    if len(texts) > _MOST_TEXTS:
        yield Broken(file, name, f"only its first {_MOST_TEXTS:,} texts were read")
    if texts:
        yield text_message(file, name, "\n".join(texts[:_MOST_TEXTS]))


def _texts(value: Any, column: str) -> Iterator[str]:
    """Yield the texts of a JSON value, without recursion."""
    stack = [value]
    if column:
        stack = [value.get(column)] if isinstance(value, dict) else []
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item[:_MAX_CELL_CHARS].encode("utf-8", "replace").decode("utf-8")
        elif isinstance(item, dict):
            stack += reversed(list(item.values()))
        elif isinstance(item, list):
            stack += reversed(item)


def read_parquet(path: Path, name: str, column: str = "") -> Iterator[Message | Broken]:
    """Yield the rows of a Parquet file; needs the extra `audit`."""
    try:
        import duckdb  # noqa: PLC0415 - an extra of 70 MB
    except ImportError:
        yield Broken(name, "", "to read Parquet install pharmcheck[audit]")
        return
    try:
        with duckdb.connect(":memory:") as base:
            base.execute("SET memory_limit='200MB'; SET threads=1")
            cursor = base.execute("SELECT * FROM read_parquet(?)", [str(path)])
            names = [d[0] for d in cursor.description or ()]
            head = cursor.fetchmany(_SAMPLE_ROWS)
            chosen, _ = _columns([names, *([_cell(c) for c in row] for row in head)], column)
            if not chosen:
                yield Broken(
                    name, "", "this table has no such column, or none that holds addresses; name it with --column"
                )
                return
            number = 0
            while head:
                for row in head:
                    number += 1
                    value = "\n".join(_cell(row[i]) for i in chosen if row[i] is not None)
                    if value:
                        yield text_message(name, f"row {number}", value)
                head = cursor.fetchmany(1_000)
    except duckdb.Error as error:
        yield Broken(name, "", f"this Parquet file cannot be read: {str(error).splitlines()[0][:200]}")


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
