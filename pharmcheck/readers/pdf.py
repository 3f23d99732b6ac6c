"""Lists as PDF with a ruled table: each page repeats the columns or goes on below those of the page before."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO

from pharmcheck.readers.our_list import RegistryError
from pharmcheck.readers.spec import Reader
from pharmcheck.readers.table import Row, check_header, plain

MAX_PAGES = 500  # a list of 10,000 sellers at twenty rows a page
_BROKEN = (TypeError, ValueError, LookupError, AttributeError, RecursionError)  # of pdfminer, where objects are damaged


def rows(reader: Reader, body: bytes) -> Iterator[Row]:
    """Yield the rows of all tables; a page without one in the middle of them stops us, for it may hide entries."""
    header: tuple[str, ...] = ()
    bare = 0
    for page, tables in enumerate(_tables(body), 1):
        if not tables:
            bare = page if header else 0
            continue
        if bare:
            raise RegistryError(f"page {bare} has no table, though pages before and after it have one")
        for table in tables:
            lines = [[plain(cell or "") for cell in line] for line in table]
            if not header:
                header = check_header(lines.pop(0), reader, f"page {page}")
            for number, cells in enumerate(lines, 1):
                where = f"page {page}, row {number}"
                if tuple(cells) == header:
                    continue
                if len(cells) != len(header):
                    raise RegistryError(f"{where}: {len(cells)} cells, expected {len(header)}")
                yield Row(where, dict(zip(header, cells, strict=True)))
    if not header:
        raise RegistryError("no page has a table")


def _tables(body: bytes) -> Iterator[list[list[list[str | None]]]]:
    """Yield the tables of each page."""
    try:
        import pdfplumber  # noqa: PLC0415  (only lists in PDF need it)
        from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415
        from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException  # noqa: PLC0415
    except ImportError:
        raise RegistryError("reading PDF needs more: pip install 'pharmcheck[registries]'") from None
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd font
    try:
        with pdfplumber.open(BytesIO(body)) as document:
            if len(document.pages) > MAX_PAGES:
                raise RegistryError(f"the document has {len(document.pages)} pages, more than {MAX_PAGES}")
            for page in document.pages:
                yield page.extract_tables()
                page.close()  # else each page stays in memory
    except (PdfminerException, MalformedPDFException, PDFException, *_BROKEN) as error:
        if isinstance(error, RegistryError):
            raise
        raise RegistryError(f"this is not a readable PDF: {error}") from None
