"""Lists as JSON: records at a path, nested values as `outer.inner`, several of one name joined by a bar."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pharmcheck.readers.our_list import RegistryError
from pharmcheck.readers.spec import Reader
from pharmcheck.readers.table import Row, check_header, decoded

MAX_DEPTH = 20


def rows(reader: Reader, body: bytes) -> Iterator[Row]:
    """Yield the records; each must have all columns, and none that is not known."""
    found = _at(_loaded(reader, body), reader.records)
    if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
        raise RegistryError(f"no list of records stands at {reader.records!r}")
    for number, record in enumerate(found, 1):
        cells: dict[str, str] = {}
        _flatten(record, "", cells, 0)
        check_header(cells, reader, f"record {number}")
        yield Row(f"record {number}", cells)


def count(reader: Reader, body: bytes) -> int:
    """Return how many records there are in all, on this page and the others."""
    total = _at(_loaded(reader, body), reader.total)
    if type(total) is not int or total < 0:
        raise RegistryError(f"no count of records stands at {reader.total!r}")
    return total


def _loaded(reader: Reader, body: bytes) -> Any:
    try:
        found = json.loads(decoded(body, reader))
    except (ValueError, RecursionError) as error:
        raise RegistryError(f"this is not JSON, or not all of it: {error}") from None
    if reader.error and (told := _at(found, reader.error)):
        raise RegistryError(f"the register answers with an error: {str(told)[:200]}")
    return found


def _at(value: Any, path: str) -> Any:
    for key in path.split(".") if path else ():
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _flatten(value: Any, path: str, cells: dict[str, str], depth: int) -> None:
    """Put what is inside a value into `cells`; an empty list or object leaves an empty cell."""
    if depth > MAX_DEPTH:
        raise RegistryError(f"values are nested more than {MAX_DEPTH} times")
    if isinstance(value, dict) and (value or not path):
        for key, inner in value.items():
            _flatten(inner, f"{path}.{key}" if path else key, cells, depth + 1)
    elif isinstance(value, list) and value:
        for inner in value:
            _flatten(inner, path, cells, depth + 1)
    else:
        text = "" if value in (None, [], {}) else str(value).lower() if isinstance(value, bool) else str(value)
        cells[path] = f"{cells[path]} | {text}" if cells.get(path) else text
