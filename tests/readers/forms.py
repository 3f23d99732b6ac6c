"""`[reader]` tables and bodies for forms that no shipped list has in its sample: short, invented, as registers do it."""

from __future__ import annotations

import json
import tomllib

from pharmcheck.readers.spec import Reader, read_spec


def reader(text: str) -> Reader:
    """Return the reader that the TOML of a `[reader]` table describes."""
    return read_spec(tomllib.loads(text))


PLAIN = """
format = "csv"
columns = ["Name", "No", "Site"]
[fields]
name = "Name"
number = "No"
site = "Site"
"""
# The pharmaceutical list of an English health service: padded values, a type of contract, no web address.
CONTRACTS = """
format = "csv"
columns = ["ODS_CODE", "TRADING_NAME", "POST_CODE", "CONTRACT_TYPE"]
keep = [{ columns = ["CONTRACT_TYPE"], is = ["Community", "LPS"] }]
[values]
CONTRACT_TYPE = ["Community", "LPS", "DAC"]
[fields]
name = "TRADING_NAME"
number = "ODS_CODE"
note = "post code {POST_CODE}"
"""
# The same from an open-data portal (CKAN): a count, records, an offset from page to page.
PORTAL = CONTRACTS.replace('"csv"', '"json"\nrecords = "result.records"\ntotal = "result.total"').replace(
    '"CONTRACT_TYPE"]\nkeep', '"CONTRACT_TYPE"]\noptional = ["_id"]\npages = { step = 2 }\nkeep'
)
# A numbering authority (NPPES): nested records, persons beside organisations, several taxonomies each.
NUMBERS = """
format = "json"
records = "results"
total = "result_count"
error = "Errors"
columns = ["number", "enumeration_type", "basic.status", "taxonomies.code", "taxonomies.desc", "taxonomies.primary"]
optional = ["basic.organization_name", "basic.first_name", "basic.last_name", "identifiers"]
keep = [
  { columns = ["enumeration_type"], is = ["NPI-2"] },
  { columns = ["basic.status"], is = ["A"] },
  { columns = ["taxonomies.code"], matches = '\\b333[56]' },
]
[fields]
name = "basic.organization_name"
number = "number"
note = "{taxonomies.desc}"
"""
# A register on several pages of labelled items (PSI).
ITEMS = """
format = "html-items"
records = "div.search-register-result-item"
labels = "p.srchlbls"
columns = ["Name", "Address", "PSI Registration Number", "Superintendent Pharmacist"]
optional = ["Opening Hours"]
pages = { last = ".pagination-description", matches = 'of (\\d+)' }
[parts]
Name = ".avatar-content h5"
Address = ".avatar-content small"
[fields]
name = "Name"
number = "PSI Registration Number"
note = "premises: {Address}"
"""
LINKS = """
format = "html-links"
records = "ul.sites a"
columns = ["text", "href"]
keep = [{ columns = ["text"], host = true }]
whole_sites = "."
[fields]
site = "text"
"""
ELEMENTS = """
format = "xml"
records = "pharmacy"
columns = ["name", "licence.number", "website"]
optional = ["owner"]
[fields]
name = "name"
number = "licence.number"
site = "website"
"""
WORKBOOK = PLAIN.replace('"csv"', '"xlsx"')
TABLE = PLAIN.replace('"csv"', '"html-table"\nrecords = "table.list"').replace(
    'site = "Site"', 'site = "Site"\nurl = "Name@href"'
)
DOCUMENT = PLAIN.replace('"csv"', '"pdf-table"')


def portal_page(offset: int, total: int = 3) -> bytes:
    """Return one answer of the portal, two records at most."""
    rows = [
        ("FZZ01", " EXAMPLE PHARMACY ", "Community"),
        ("FZZ02", "SAMPLE APPLIANCES", "DAC"),
        ("FZZ03", "THIRD", "LPS"),
    ]
    found = [
        {"_id": i, "ODS_CODE": code, "TRADING_NAME": name, "POST_CODE": "ZZ1 1ZZ", "CONTRACT_TYPE": kind}
        for i, (code, name, kind) in enumerate(rows, 1)
    ]
    return json.dumps({"success": True, "result": {"total": total, "records": found[offset : offset + 2]}}).encode()


def items_page(page: int, of: int = 2) -> bytes:
    """Return one page of the register: one item."""
    return f"""<!DOCTYPE html><html><body><p class="pagination-description">Page {page} of {of}</p>
<div class="search-register-result-item"><div class="avatar-content"><h5>Sample Pharmacy {page}</h5><small>{page} Main Street,
     Sampletown , Co. Test</small></div>
<p class="srchlbls"><b>PSI Registration Number:</b> 990{page}</p>
<p class="srchlbls"><b>Superintendent Pharmacist:</b> N/A</p>
<p class="srchlbls"><b>Opening Hours:</b><br>Monday: 09:00 to 13:00</p></div></body></html>""".encode()


def number_answer(*records: dict[str, object], count: int | None = None) -> bytes:
    """Return an answer of the numbering authority."""
    return json.dumps({"result_count": len(records) if count is None else count, "results": records}).encode()


ORGANISATION: dict[str, object] = {
    "number": "1234567893",
    "enumeration_type": "NPI-2",
    "basic": {"organization_name": "SAMPLE MAIL PHARMACY LLC", "status": "A"},
    "taxonomies": [
        {"code": "332B00000X", "desc": "Supplies", "primary": True},
        {"code": "3336M0002X", "desc": "Mail Order Pharmacy", "primary": False},
    ],
    "identifiers": [],
}
PERSON: dict[str, object] = {
    **ORGANISATION,
    "enumeration_type": "NPI-1",
    "basic": {"first_name": "X", "last_name": "Y", "status": "A"},
}
XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<register xmlns="urn:example:register"><pharmacy><name>Sample Pharmacy</name><licence><number>77</number></licence>
<website>https://www.sample.example/</website><owner>X Y</owner></pharmacy></register>"""
HTML_TABLE = b"""<html><body><table class="list"><tr><th>Name</th><th>No</th><th>Site</th></tr>
<tr><td><a href="/entry/1">Sample<br>Pharmacy</a></td><td>1</td><td>sample.example</td></tr></table></body></html>"""
HTML_LINKS = b"""<html><body><ul class="sites"><li><a href="#">no-rx-sample.example</a></li>
<li><a href="#">Sample-Meds.example/shop</a></li><li><a href="/report/">Report a site</a></li></ul></body></html>"""
