"""Every form of list gives its entries, and stops us where it is not what we know."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from pharmcheck.readers import table, zipped
from pharmcheck.readers.entries import read_list
from pharmcheck.readers.our_list import RegistryError
from tests.readers import forms
from tests.readers.making import pdf, xlsx
from tests.readers.making import zipped as archive

GRID = (("Name", "No", "Site"), ("Sample Pharmacy", "1", "sample.example"), ("Other", "2", "other.example/shop"))
CSV = "\n".join(",".join(row) for row in GRID).encode()
CONTRACTS = (
    b"\xef\xbb\xbfODS_CODE,TRADING_NAME,POST_CODE,CONTRACT_TYPE\r\n"
    b"FZZ01, EXAMPLE PHARMACY ,ZZ1 1ZZ,Community\r\nFZZ02,SAMPLE APPLIANCES,ZZ1 1ZZ,DAC\r\n"
)
SAMPLE, OTHER = "Sample Pharmacy|1|sample.example||listed|||", "Other|2|other.example|/shop|listed|||"


def read(text: str, *bodies: bytes, polarity: str = "positive") -> list[str]:
    reading = read_list(forms.reader(text), bodies, polarity, "https://register.example/list")
    return ["|".join(entry) for entry in reading.entries]


@pytest.mark.parametrize(
    ("spec", "bodies", "expected"),
    [
        (forms.PLAIN, [CSV], [SAMPLE, OTHER]),
        (forms.PLAIN, [CSV, CSV], [SAMPLE, OTHER]),
        (forms.PLAIN, [CSV + b"\n,,\n\n"], [SAMPLE, OTHER]),
        (forms.CONTRACTS, [CONTRACTS], ["EXAMPLE PHARMACY|FZZ01|||listed||post code ZZ1 1ZZ|"]),
        (
            forms.PORTAL,
            [forms.portal_page(0), forms.portal_page(2)],
            ["EXAMPLE PHARMACY|FZZ01|||listed||post code ZZ1 1ZZ|", "THIRD|FZZ03|||listed||post code ZZ1 1ZZ|"],
        ),
        (
            forms.NUMBERS,
            [forms.number_answer(forms.ORGANISATION, forms.PERSON)],
            ["SAMPLE MAIL PHARMACY LLC|1234567893|||listed||Supplies / Mail Order Pharmacy|"],
        ),
        (
            forms.ITEMS,
            [forms.items_page(1), forms.items_page(2)],
            [
                "Sample Pharmacy 1|9901|||listed||premises: 1 Main Street, Sampletown, Co. Test|",
                "Sample Pharmacy 2|9902|||listed||premises: 2 Main Street, Sampletown, Co. Test|",
            ],
        ),
        (forms.ELEMENTS, [forms.XML], ["Sample Pharmacy|77|sample.example||listed|||"]),
        (forms.WORKBOOK, [xlsx([*GRID, ("Third", 3)])], [SAMPLE, OTHER, "Third|3|||listed||no web address in the register|"]),
        (forms.TABLE, [forms.HTML_TABLE], ["Sample Pharmacy|1|sample.example||listed|||https://register.example/entry/1"]),
        (forms.DOCUMENT, [pdf([GRID[:2], [GRID[0], GRID[2]]])], [SAMPLE, OTHER]),
        (forms.DOCUMENT, [pdf([[], GRID[:2], GRID[2:], []])], [SAMPLE, OTHER]),
    ],
)  # fmt: skip
def test_a_form_gives_its_entries(spec: str, bodies: Sequence[bytes], expected: list[str]) -> None:
    """CSV, CKAN, NPPES, labelled items on pages, XML, XLSX, HTML tables and PDF tables are read."""
    assert read(spec, *bodies) == [line.replace(" / ", " | ") for line in expected]


def test_links_that_are_no_sites_are_left_out() -> None:
    """A list of links gives the sites that they name, whole, and not the navigation between them."""
    found = read(forms.LINKS, forms.HTML_LINKS, polarity="negative")
    assert found == ["||no-rx-sample.example||warned|||", "||sample-meds.example||warned|||"]


def test_the_monthly_archive_is_read_as_the_single_file_is() -> None:
    """The same register as ZIP, with semicolons and in cp1250, gives the same rows; its other members are not read."""
    spec = 'charsets = ["utf-8-sig", "cp1250"]\ndelimiters = [",", ";"]\nmember = "list.csv"\n' + forms.PLAIN
    rows = "Name;No;Site\nLékárna Žluťoučká;1;sample.example\n"
    packed = archive({"folder/list.csv": rows.encode("cp1250"), "other.csv": b"x"})
    assert read(spec, packed) == read(spec, rows.replace(";", ",").encode("utf-8-sig"))
    assert read(spec, packed)[0].startswith("Lékárna Žluťoučká|")


@pytest.mark.parametrize(
    ("spec", "body", "complaint"),
    [
        (forms.PLAIN, CSV.replace(b"Site", b"Website"), "'Site' is missing and 'Website' is new"),
        (forms.PLAIN, b"Name,No\nSample,1\n", "'Site' is missing"),
        (forms.PLAIN, b"Name,No,Site,Fax\nSample,1,,\n", "'Fax' is new"),
        (forms.PLAIN, b"Name,No,Site,No\nSample,1,,\n", "'No' stands there twice"),
        (forms.PLAIN, b"Name,No,Site\nSample,1\n", "line 2: 2 fields, expected 3"),
        (forms.PLAIN, b'Name,No,Site\n"Sample,1,sample.example\n', "line 2: unexpected end of data"),
        (forms.PLAIN, "Name,No,Site\nLékárna,1,\n".encode("cp1250"), "not utf-8-sig: .* at byte 14"),
        (forms.PLAIN, b"", "the column 'Name' is missing"),
        (forms.PLAIN, b" <!DOCTYPE html><p>Please log in", "a web page came in the place of the list"),
        (forms.PLAIN, b"Name,No,Site\nSample,1," + b"x" * 20_001, "a cell is longer"),
        (forms.PLAIN, b"Name,No,Site\nSample,1,not a site\n", "3 of 3 web addresses are none; .*line 2: 'not'"),
        (forms.CONTRACTS, CONTRACTS.replace(b"DAC", b"NEW"), "line 3: CONTRACT_TYPE is 'NEW', which is not known"),
        (forms.PORTAL, forms.portal_page(0), "counts 3 records, and 2 came"),
        (forms.PORTAL, forms.portal_page(0)[:-9], "not JSON, or not all of it"),
        (forms.PORTAL, b'{"result": {"total": 1}}', "no list of records stands at 'result.records'"),
        (forms.PORTAL, b"[" * 100_000, "not JSON"),
        (forms.NUMBERS, b'{"Errors":[{"description":"No such number"}]}', "answers with an error: .*No such number"),
        (forms.NUMBERS, forms.number_answer({**forms.ORGANISATION, "fax": "1"}), "record 1: .*'fax' is new"),
        (forms.ELEMENTS, forms.XML.replace(b"<website>", b"<site/><website>"), "line 2: .*'site' is new"),
        (forms.ELEMENTS, forms.XML[:-20], "not XML, or not all of it"),
        (forms.ELEMENTS, forms.XML.replace(b"<register", b"<!DOCTYPE r [<!ENTITY x 'y'>]><register"), "a document type"),
        (forms.WORKBOOK, xlsx([GRID[0][:2], GRID[1][:2]]), "'Site' is missing"),
        (forms.WORKBOOK, xlsx([*GRID, ("A", "B", "C", "D")]), "row 4: 4 cells, expected 3"),
        (forms.WORKBOOK, xlsx(GRID)[:300], "the archive is broken"),
        (forms.WORKBOOK, archive({"a": b"b"}), "not a readable XLSX"),
        (forms.WORKBOOK, xlsx([]), "the sheet is empty"),
        (forms.TABLE, forms.HTML_TABLE.replace(b'class="list"', b""), "nothing on the page fits 'table.list'"),
        (forms.TABLE, forms.HTML_TABLE.replace(b"<td>1</td>", b""), "table 1, row 2: 2 cells, expected 3"),
        (forms.TABLE, forms.HTML_TABLE.replace(b"<td>1</td>", b"<td>%b</td>" % (b"<i>" * 3_000)), "stand in one another"),
        (forms.ITEMS, forms.items_page(1).replace(b"Opening", b"Office"), "item 1: the label 'Office Hours' is new"),
        (forms.ITEMS, forms.items_page(1).replace(b"h5>", b"h4>"), "item 1: 0 elements fit '.avatar-content h5'"),
        (forms.ITEMS, b"<div class=search-register-result-item><div class=avatar-content><h5>x</h5><small>y</small></div>"
                      b"</div>", "the label 'PSI Registration Number' is missing"),
        (forms.DOCUMENT, pdf([GRID[:2], [], GRID[2:]]), "page 2 has no table, though"),
        (forms.DOCUMENT, pdf([[]]), "no page has a table"),
        (forms.DOCUMENT, pdf([GRID[:2], [("A", "B")]]), "page 2, row 1: 2 cells, expected 3"),
        (forms.DOCUMENT, b"%PDF-1.4\nnothing", "not a readable PDF"),
        (forms.DOCUMENT, pdf([GRID]).replace(b"[0 0 800 600]", b"[0 0 800 /x]"), "not a readable PDF"),
        (forms.WORKBOOK, xlsx(GRID).replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"), "archive is broken"),
    ],
)  # fmt: skip
def test_a_list_that_is_not_what_we_know_stops_us(spec: str, body: bytes, complaint: str) -> None:
    """A new, missing or renamed column, a strange value, a broken body: an error that says what and where."""
    with pytest.raises(RegistryError, match=complaint):
        read(spec, body)


def test_a_path_is_a_branch_of_a_chain_or_a_pharmacy_in_a_larger_shop() -> None:
    """On a host that is a pharmacy's by its name the whole site is meant, elsewhere only the path."""
    body = b"Name,No,Site\nX,1,www.lekarna-vzor.example/letnany/ velky-obchod.example/lekarna/\n"
    found = read('whole_sites = "lekar"\n' + forms.PLAIN, body)
    assert found == ["X|1|lekarna-vzor.example||listed|||", "X|1|velky-obchod.example|/lekarna|listed|||"]


@pytest.mark.parametrize("cell", ["www.facebook.com", "https://facebook.com/", "ebay.co.uk", "co.uk", "blogspot.com"])
def test_an_entry_never_vouches_for_a_platform(cell: str) -> None:
    """A seller that gives a platform, a market or a suffix as its site does not make all of it a listed seller."""
    with pytest.raises(RegistryError, match="1 of 1 web addresses are none"):
        read(forms.PLAIN, f"Name,No,Site\nX,1,{cell}\n".encode())
    with pytest.raises(RegistryError, match="1 of 1 web addresses are none"):
        read('whole_sites = "."\n' + forms.PLAIN, f"Name,No,Site\nX,1,{cell}/pages/x\n".encode(), polarity="negative")


def test_an_external_entity_is_not_read() -> None:
    """A document that names a file of ours is refused before anything is looked up."""
    evil = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + forms.XML.partition(b"?>")[2].replace(
        b"77", b"&x;"
    )
    with pytest.raises(RegistryError, match="document type"):
        read(forms.ELEMENTS, evil)


def test_limits_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and expanded bytes are counted; an archive is not expanded past its limit, whatever it says of itself."""
    with pytest.raises(RegistryError, match="expands to more than 1,000,000 bytes"):
        read('member = "list.csv"\n' + forms.PLAIN, archive({"list.csv": b"0" * 2_000_000}))
    with pytest.raises(RegistryError, match="expands to more than"):
        read(forms.WORKBOOK, archive({"xl/workbook.xml": b" " * 3_000_000}))
    monkeypatch.setattr(zipped, "MAX_MEMBERS", 1)
    with pytest.raises(RegistryError, match="holds 2 files"):
        read('member = "a"\n' + forms.PLAIN, archive({"a": b"", "b": b""}))
    monkeypatch.setattr(table, "MAX_ROWS", 1)
    with pytest.raises(RegistryError, match="more than 1 rows"):
        read(forms.PLAIN, CSV)


def test_a_few_bad_addresses_may_pass_where_people_type_them() -> None:
    """Within the stated share an entry is kept without its address, and the place is told; a warning is left out."""
    rows = b"Name,No,Site\nBad,9,www.\n" + b"".join(b"S,%d,s%d.example\n" % (i, i) for i in range(19))
    spec = forms.reader("unread_percent = 5\n" + forms.PLAIN)
    reading = read_list(spec, [rows], "positive")
    assert ("Bad", "9", "", "", "listed", "", "no web address in the register", "") in reading.entries
    assert reading.unread == ("line 2: 'www'",)
    assert len(read_list(spec, [rows], "negative").entries) == 19
    with pytest.raises(RegistryError, match="2 of 21 web addresses are none"):
        read_list(spec, [rows + b"Nowhere,8,\n"], "negative")


@pytest.mark.parametrize(
    ("cell", "sites"),
    [
        ("https://www.Shop.example/", ["shop.example|"]),
        ("shop.example, www.other.example; third.example/pharmacy", ["shop.example|", "other.example|", "third.example|/pharmacy"]),
        ("http://shop.example/index.html", ["shop.example|"]),
        ("http://shop.example/cs/", ["shop.example|"]),
        ("http://shop.example/l%C3%A9k%C3%A1rna/?x=1#y", ["shop.example|/lékárna"]),
        ("lékárna.example", ["xn--lkrna-yqa8c.example|"]),
        ("hxxps://shop[.]example", ["shop.example|"]),
        ("facebook.com/sample.pharmacy", ["facebook.com|/sample.pharmacy"]),
        ("sample.blogspot.com", ["sample.blogspot.com|"]),
        ("-", []),
        ("N/A", []),
    ],
)  # fmt: skip
def test_addresses_as_people_write_them(cell: str, sites: list[str]) -> None:
    """Several in one cell, with or without scheme, a start page, a path inside a larger shop, or none."""
    body = b"Name,No,Site\nX,1," + json.dumps(cell, ensure_ascii=False).encode() + b"\n"
    found = [entry.split("|") for entry in read(forms.PLAIN, body)]
    assert [f"{entry[2]}|{entry[3]}" for entry in found if entry[2]] == sites
