"""Lists as XML: one element a record, its children by their local names. A document type is refused, so are entities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pharmcheck.readers.our_list import RegistryError
from pharmcheck.readers.spec import Reader
from pharmcheck.readers.table import Row, check_header

_LOCAL = "{*}"  # in any namespace


def rows(reader: Reader, body: bytes) -> Iterator[Row]:
    """Yield the elements named `records`: nested children are `outer.inner`, several of one name joined by a bar."""
    from lxml import etree  # noqa: PLC0415  (only lists in XML and HTML need it)

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RegistryError(f"this is not XML, or not all of it: {error}") from None
    if root.getroottree().docinfo.doctype:
        raise RegistryError("the document declares a document type, which no list needs")
    for element in root.iter(_LOCAL + reader.records):
        where = f"line {element.sourceline}"
        cells: dict[str, str] = {}
        for child in element.iterchildren(_LOCAL + "*"):
            _flatten(child, "", cells)
        check_header(cells, reader, where)
        yield Row(where, cells)


def _flatten(element: Any, path: str, cells: dict[str, str]) -> None:
    """Put an element's text, or what is inside it, into `cells`. The parser caps the depth at 256."""
    name = element.tag.rpartition("}")[2]
    path = f"{path}.{name}" if path else name
    children = list(element.iterchildren(_LOCAL + "*"))
    for child in children:
        _flatten(child, path, cells)
    if not children:
        text = element.text or ""
        cells[path] = f"{cells[path]} | {text}" if cells.get(path) else text
