"""The `[reader]` table of a registry: in what form its list is published, and which of it we keep. Data, no code."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

# In what form a list may be published, and the file beside this one that reads it.
FORMATS: Mapping[str, str] = {
    "csv": "delimited",
    "json": "json",
    "xml": "elements",
    "xlsx": "sheet",
    "pdf-table": "pdf",
    "html-table": "html",
    "html-items": "html",
    "html-links": "html",
}
FIELDS = frozenset(("name", "number", "site", "since", "note", "url"))
_ONLY_FOR = {
    **dict.fromkeys(("labels", "parts"), "html-items"),
    **dict.fromkeys(("total", "error"), "json"),
    **dict.fromkeys(("delimiters",), "csv"),
    **dict.fromkeys(("sheet",), "xlsx"),
}
_NEEDS_RECORDS = frozenset(("json", "xml", "html-table", "html-items", "html-links"))
TEXT, WHOLE, NAMES, FLAG, DATE = "text", "whole number", "list of texts", "true or false", "date"
_TABLE, _TABLES = "table", "list of tables"
_PLAIN: Mapping[str, type] = {TEXT: str, WHOLE: int, NAMES: list, FLAG: bool, DATE: date}
_TYPES: Mapping[str, type] = {**_PLAIN, _TABLE: dict, _TABLES: list}
_KEYS: Mapping[str, str] = {
    **dict.fromkeys(("format", "member", "sheet", "records", "labels", "total", "error", "lifted"), TEXT),
    **dict.fromkeys(("list_link", "hash_url", "hash_link", "whole_sites"), TEXT),
    **dict.fromkeys(("columns", "optional", "charsets", "delimiters", "dates", "terms"), NAMES),
    **dict.fromkeys(("max_shrink_percent", "unread_percent"), WHOLE),
    **dict.fromkeys(("markup", "keeps_old"), FLAG),
    **dict.fromkeys(("fields", "parts", "values", "pages"), _TABLE),
    **dict.fromkeys(("keep", "drop"), _TABLES),
}
_CONDITION: Mapping[str, str] = {"columns": NAMES, "is": NAMES, "matches": TEXT, "filled": FLAG, "host": FLAG}
_PAGES: Mapping[str, str] = {"first": WHOLE, "step": WHOLE, "last": TEXT, "matches": TEXT}


class SpecError(ValueError):
    """A `[reader]` table is not in order; the message names the key."""


@dataclass(frozen=True, slots=True)
class Condition:
    """True of a row when one of `columns` is filled, is one of `values`, matches `pattern` or is a web address."""

    columns: tuple[str, ...]
    filled: bool = False
    host: bool = False
    values: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """A list on several pages: `{page}` counts from `first` by one, `{offset}` from 0 by `step`.

    How many there are says the text of the element `last` (a CSS selector), in the group of `pattern`; in JSON the
    reader's `total`, divided by `step`.
    """

    first: int
    step: int
    last: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Reader:
    """How a published list is read.

    `columns` are all columns that the list must have, `optional` those that it may have; any other one stops us.
    `fields` gives for each of ours (name, number, site, since, note, url) the column it comes from; `note` is a sentence
    with `{column}` in it. `values` are the only ones known for a column. `keep` must all be true of a row, `drop` none.
    `lifted` names the column whose date ends a warning. `dates` are strptime forms. `whole_sites`: a path on a host
    that fits this pattern is left out, since the list means all of it: there a path is a branch, elsewhere a pharmacy in
    a larger shop. `keeps_old`: entries that fell out of the published list stay.
    `list_link` and `hash_link` are patterns of the one link, on the page at the registry's download_url or at `hash_url`,
    that leads to the list or to its SHA-256; without them these addresses are the list and the sum themselves.
    """

    format: str
    columns: tuple[str, ...]
    fields: Mapping[str, str]
    optional: tuple[str, ...] = ()
    charsets: tuple[str, ...] = ("utf-8-sig",)
    delimiters: tuple[str, ...] = (",",)
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    terms: tuple[str, ...] = ()
    member: str = ""
    sheet: str = ""
    records: str = ""
    labels: str = ""
    total: str = ""
    error: str = ""
    lifted: str = ""
    list_link: str = ""
    hash_url: str = ""
    hash_link: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    keep: tuple[Condition, ...] = ()
    drop: tuple[Condition, ...] = ()
    pages: Pages | None = None
    max_shrink_percent: int = 20
    unread_percent: int = 0
    whole_sites: str = ""
    markup: bool = False
    keeps_old: bool = False


def read_spec(table: Mapping[str, Any]) -> Reader:
    """Return the reader that a `[reader]` table describes; SpecError at the first thing that is not in order."""
    _check_types(table, _KEYS, "")
    for key in ("format", "columns", "fields"):
        if not table.get(key):
            raise SpecError(f"key {key} is missing")
    if table["format"] not in FORMATS:
        raise SpecError(f"format is {table['format']!r}, expected one of {sorted(FORMATS)}")
    if (table["format"] in _NEEDS_RECORDS) is not ("records" in table):
        raise SpecError(f"records is {'not for' if 'records' in table else 'missing for'} the format {table['format']}")
    for key, form in _ONLY_FOR.items():
        if key in table and table["format"] != form:
            raise SpecError(f"{key} is for the format {form} only")
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    for key in ("fields", "parts", "values", "pages", "keep", "drop"):
        plain.pop(key, None)
    reader = Reader(
        **plain,
        fields=_texts(table["fields"], "fields"),
        parts=tuple(_texts(table.get("parts", {}), "parts").items()),
        values=tuple((column, tuple(_names(allowed, column))) for column, allowed in table.get("values", {}).items()),
        keep=tuple(_condition(one, "keep") for one in table.get("keep", ())),
        drop=tuple(_condition(one, "drop") for one in table.get("drop", ())),
        pages=_pages(table["pages"]) if "pages" in table else None,
    )
    _check_columns(reader)
    _check_forms(reader)
    return reader


def columns_of(note: str) -> tuple[str, ...]:
    """Return the columns that a note names in braces."""
    return tuple(re.findall(r"\{([^{}]*)\}", note))


def is_a(value: Any, kind: str) -> bool:
    """True for a value of a TOML file that is of this kind (TEXT, WHOLE …), and all that is in it."""
    listed: Any = value if isinstance(value, list) else ()
    inner = dict if kind == _TABLES else str
    return type(value) is _TYPES[kind] and all(isinstance(one, inner) for one in listed)


def _check_types(table: Mapping[str, Any], known: Mapping[str, str], where: str) -> None:
    for key, value in table.items():
        if key not in known:
            raise SpecError(f"unknown key {where}{key}")
        if not is_a(value, known[key]):
            raise SpecError(f"{where}{key} must be a {known[key]}")


def _texts(table: Mapping[str, Any], name: str) -> dict[str, str]:
    for key, value in table.items():
        if not isinstance(value, str) or not value:
            raise SpecError(f"{name}.{key} must be a text")
    return dict(table)


def _names(value: Any, column: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise SpecError(f"values.{column} must be a list of texts")
    return value


def _condition(table: Mapping[str, Any], name: str) -> Condition:
    _check_types(table, _CONDITION, f"{name}.")
    asked = [key for key in ("is", "matches", "filled", "host") if table.get(key)]
    if len(asked) != 1 or not table.get("columns"):
        raise SpecError(f"{name}: a condition has columns and one of is, matches, filled, host")
    return Condition(
        columns=tuple(table["columns"]),
        filled=asked == ["filled"],
        host=asked == ["host"],
        values=tuple(table.get("is", ())),
        pattern=_pattern(table.get("matches", ""), f"{name}.matches"),
    )


def _pages(table: Mapping[str, Any]) -> Pages:
    _check_types(table, _PAGES, "pages.")
    if table.get("step", 1) < 1:
        raise SpecError("pages.step must be at least 1")
    pattern = _pattern(table.get("matches", ""), "pages.matches")
    if bool(table.get("last")) is not bool(pattern) or (pattern and re.compile(pattern).groups != 1):
        raise SpecError("pages: last and matches go together, and matches has one group")
    return Pages(table.get("first", 1), table.get("step", 1), table.get("last", ""), pattern)


def _pattern(text: str, where: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise SpecError(f"{where}: {error}") from None
    return text


def _check_columns(reader: Reader) -> None:
    """Raise SpecError where a column is used that the list is not said to have."""
    known = {*reader.columns, *reader.optional}
    used = [column for one in (*reader.keep, *reader.drop) for column in one.columns]
    used += [column for column, _ in (*reader.values, *reader.parts)]
    for field, column in reader.fields.items():
        if field not in FIELDS:
            raise SpecError(f"fields.{field} is not one of {sorted(FIELDS)}")
        used += columns_of(column) if field == "note" else (column,)
    used += [reader.lifted] if reader.lifted else []
    for column in used:
        if column.removesuffix("@href") not in known:
            raise SpecError(f"{column!r} is used, and stands neither in columns nor in optional")
    if not reader.fields.keys() & {"name", "number", "site"}:
        raise SpecError("fields needs a name, a number or a site")


def _check_forms(reader: Reader) -> None:
    """Raise SpecError for a charset, delimiter, bound or pairing that cannot be."""
    for charset in reader.charsets:
        try:
            codecs.lookup(charset)
        except LookupError:
            raise SpecError(f"charsets: {charset!r} is not known") from None
    if any(len(delimiter) != 1 for delimiter in reader.delimiters):
        raise SpecError("delimiters must be single characters")
    if not (0 <= reader.max_shrink_percent <= 100 and 0 <= reader.unread_percent <= 100):
        raise SpecError("max_shrink_percent and unread_percent are percentages")
    if reader.hash_link and not reader.hash_url:
        raise SpecError("hash_link is sought on the page hash_url, which is missing")
    _pattern(reader.hash_link, "hash_link")
    _pattern(reader.list_link, "list_link")
    _pattern(reader.whole_sites, "whole_sites")
    if reader.format == "json" and reader.pages and not reader.total:
        raise SpecError("pages of JSON are counted by total, which is missing")
    if reader.pages and reader.format != "json" and not reader.pages.last:
        raise SpecError("pages.last says how many pages there are, and is missing")
