"""Lists as web pages: tables, items with labels and values, or bare links."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pharmcheck.readers.our_list import RegistryError
from pharmcheck.readers.spec import Reader
from pharmcheck.readers.table import Row, check_header, decoded, plain
from pharmcheck.reading.bounds import MAX_DEPTH, is_deep

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag


def rows(reader: Reader, body: bytes) -> Iterator[Row]:
    """Yield the rows of the elements that the CSS selector `records` finds; none at all stops us."""
    found = _page(reader, body).select(reader.records)
    if not found:
        raise RegistryError(f"nothing on the page fits {reader.records!r}, where the list stood")
    if reader.format == "html-table":
        for number, table in enumerate(found, 1):
            yield from _table(table, reader, number)
    elif reader.format == "html-items":
        yield from _items(found, reader)
    else:
        for number, link in enumerate(found, 1):
            yield Row(f"link {number}", {"text": plain(link.get_text(" ")), "href": str(link.get("href") or "")})


def last_page(reader: Reader, body: bytes) -> int:
    """Return the number of the last page, as this page states it."""
    assert reader.pages
    stated = [plain(element.get_text(" ")) for element in _page(reader, body).select(reader.pages.last)]
    found = {int(match[1]) for text in stated for match in re.finditer(reader.pages.pattern, text)}
    if len(found) != 1:
        raise RegistryError(f"the page does not say how many pages there are, at {reader.pages.last!r}")
    return found.pop()


def links(body: bytes, pattern: str) -> list[str]:
    """Return the addresses on a page that fit a pattern, each once, as they stand there."""
    from bs4 import BeautifulSoup  # noqa: PLC0415

    page = BeautifulSoup(body, "lxml")
    found = (str(link.get("href") or "") for link in page.select("a[href]"))
    return list(dict.fromkeys(address for address in found if re.search(pattern, address)))


def _page(reader: Reader, body: bytes) -> BeautifulSoup:
    from bs4 import (  # noqa: PLC0415  (only lists in HTML need it)
        BeautifulSoup,
        MarkupResemblesLocatorWarning,
        XMLParsedAsHTMLWarning,
    )

    text = decoded(body, reader)
    if is_deep(text.encode("utf-8", "ignore")):
        raise RegistryError(f"more than {MAX_DEPTH:,} elements of the page stand in one another, as in no list")
    with (
        warnings.catch_warnings()
    ):  # advice for programmers, on XML or an address in a page's place: such a page has no rows
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(text, "lxml")


def _table(table: Tag, reader: Reader, number: int) -> Iterator[Row]:
    header: tuple[str, ...] = ()
    for line, row in enumerate(table.select("tr"), 1):
        if row.find_parent("table") is not table:
            continue  # of a table inside a cell
        cells = row.find_all(["th", "td"], recursive=False)
        if not header:
            header = check_header((cell.get_text(" ") for cell in cells), reader, f"table {number}")
            continue
        where = f"table {number}, row {line}"
        if len(cells) != len(header):
            raise RegistryError(f"{where}: {len(cells)} cells, expected {len(header)}")
        found: dict[str, str] = {}
        for name, cell in zip(header, cells, strict=True):
            found[name] = cell.get_text(" ")
            link = cell.find("a", href=True)
            found[f"{name}@href"] = str(link["href"]) if link else ""
        yield Row(where, found)


def _items(items: list[Tag], reader: Reader) -> Iterator[Row]:
    """Yield items: `parts` by their selectors, and what stands behind a label. A label that no item has was renamed."""
    labels = set(reader.columns) - {column for column, _ in reader.parts}
    seen: set[str] = set()
    for number, item in enumerate(items, 1):
        where = f"item {number}"
        cells = dict.fromkeys((*reader.columns, *reader.optional), "")
        for column, selector in reader.parts:
            parts = item.select(selector)
            if len(parts) != 1:
                raise RegistryError(f"{where}: {len(parts)} elements fit {selector!r} ({column}), expected one")
            cells[column] = parts[0].get_text(" ")
        for line in item.select(reader.labels) if reader.labels else ():
            label, value = _labelled(line, where)
            if label not in labels and label not in reader.optional:
                raise RegistryError(f"{where}: the label {label!r} is new")
            cells[label] = value
            seen.add(label)
        yield Row(where, cells)
    if lost := sorted(labels - seen):
        raise RegistryError(f"the label {lost[0]!r} is missing")


def _labelled(line: Tag, where: str) -> tuple[str, str]:
    """Return label and value of a line: the label is its first element, and ends with a colon or not."""
    first = line.find(True)
    if first is None:
        raise RegistryError(f"{where}: a line has no label: {plain(line.get_text(' '))[:60]!r}")
    label = plain(first.get_text(" "))
    return label.rstrip(": "), plain(line.get_text(" ")).removeprefix(label).strip()
