"""The `[reader]` table is checked when a registry is read, not when its list is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pharmcheck.readers.our_list import RegistryError
from pharmcheck.readers.spec import SpecError
from pharmcheck.registries.folder import read_folder
from tests.readers.forms import DOCUMENT, ITEMS, PLAIN, PORTAL, TABLE, reader


@pytest.mark.parametrize(
    ("spec", "complaint"),
    [
        (PLAIN.replace('"csv"', '"word"'), "format is 'word'"),
        (PLAIN.replace("columns", "colums", 1), "unknown key colums"),
        ('format = "csv"\n[fields]\nname = "a"', "key columns is missing"),
        ("max_shrink_percent = '5'\n" + PLAIN, "max_shrink_percent must be a whole number"),
        ("max_shrink_percent = 101\n" + PLAIN, "are percentages"),
        ('charsets = ["utf-9"]\n' + PLAIN, "'utf-9' is not known"),
        ('delimiters = ["--"]\n' + PLAIN, "single characters"),
        ('records = "x"\n' + PLAIN, "records is not for the format csv"),
        (TABLE.replace('records = "table.list"', ""), "records is missing for the format html-table"),
        ('sheet = "x"\n' + PLAIN, "sheet is for the format xlsx only"),
        ('labels = "p"\n' + TABLE, "labels is for the format html-items only"),
        (PLAIN + 'fax = "No"', "fields.fax is not one of"),
        (PLAIN + 'since = "Day"', "'Day' is used, and stands neither in"),
        (PLAIN + 'note = "see {Place}"', "'Place' is used"),
        (PLAIN.partition("[fields]")[0] + '[fields]\nnote = "{Name}"', "needs a name, a number or a site"),
        ('keep = [{ columns = ["No"] }]\n' + PLAIN, "a condition has columns and one of"),
        ('keep = [{ columns = ["No"], is = ["1"], filled = true }]\n' + PLAIN, "a condition has columns and one of"),
        ('keep = [{ columns = ["Nr"], is = ["1"] }]\n' + PLAIN, "'Nr' is used"),
        ('drop = [{ columns = ["No"], matches = "(" }]\n' + PLAIN, "drop.matches: "),
        ('lifted = "Ended"\n' + PLAIN, "'Ended' is used"),
        ('hash_link = "x"\n' + PLAIN, "hash_link is sought on the page hash_url"),
        (PLAIN + '[values]\nNo = "1"', "values.No must be a list of texts"),
        (PORTAL.replace('total = "result.total"', ""), "counted by total"),
        (ITEMS.replace("matches = 'of (\\d+)'", "matches = 'of'"), "matches has one group"),
        (ITEMS.replace(".pagination-description", ""), "last and matches go together"),
        ("pages = { step = 0 }\n" + DOCUMENT, "pages.step must be at least 1"),
        ("pages = { step = 9 }\n" + DOCUMENT, "pages.last says how many pages there are"),
    ],
)
def test_a_reader_out_of_order_stops_us(spec: str, complaint: str) -> None:
    """An unknown, missing, mistyped or impossible key is an error that names it."""
    with pytest.raises(SpecError, match=complaint):
        reader(spec)


def test_the_error_names_the_registry(tmp_path: Path) -> None:
    """A mistake in a reader is told with its folder, as any other in `registry.toml`."""
    from tests.registries.folders import write

    folder = write(tmp_path, ("Corner,1001,corner.example,,listed,,,",)) / "zz-sample"
    with (folder / "registry.toml").open("a") as out:
        out.write('\n[reader]\nformat = "word"\ncolumns = ["a"]\nfields = { name = "a" }\n')
    with pytest.raises(RegistryError, match=r"zz-sample/registry\.toml: \[reader\] format is 'word'"):
        read_folder(folder)
