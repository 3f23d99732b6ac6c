"""Answers of registers in their real shapes, about invented pharmacies."""

from __future__ import annotations

import json
from typing import Any

NPI, PREMISES, PSI_NUMBER = "1234567893", "1099999", "9901"


def nppes(number: str = NPI, **changed: Any) -> str:
    """Return the answer of the NPPES API, version 2.1, with one organisation."""
    result = {
        "created_epoch": "1577836800000",
        "enumeration_type": "NPI-2",
        "last_updated_epoch": "1767225600000",
        "number": number,
        "addresses": [
            {"address_purpose": "MAILING", "address_1": "PO BOX 1", "city": "ELSEWHERE", "state": "KS"},
            {
                "address_purpose": "LOCATION",
                "address_1": "1 TEST ST",
                "city": "SAMPLETOWN",
                "state": "KS",
                "telephone_number": "555-555-0100",
            },
        ],
        "practiceLocations": [],
        "basic": {
            "organization_name": "SAMPLE MAIL PHARMACY LLC",
            "status": "A",
            "last_updated": "2026-01-01",
            "authorized_official_first_name": "INVENTED",
            "authorized_official_last_name": "OFFICIALNAME",
        },
        "taxonomies": [
            {"code": "332B00000X", "desc": "Durable Medical Equipment", "primary": True},
            {"code": "3336M0002X", "desc": "Pharmacy, Mail Order Pharmacy", "primary": False, "license": "2-00000"},
        ],
        "identifiers": [],
        "endpoints": [],
        "other_names": [],
    }
    return json.dumps({"result_count": 1, "results": [{**result, **changed}]})


NPPES_NONE = '{"result_count":0, "results":[]}'
NPPES_ERROR = '{"Errors":[{"description":"Number must be 10 digits","field":"number","number":"04"}]}'
NPPES_PERSON = nppes(
    enumeration_type="NPI-1", basic={"first_name": "INVENTED", "last_name": "PERSONNAME", "status": "A"}, taxonomies=[]
)


def gphc(number: str = PREMISES, status: str = "Registered", site: str = "") -> str:
    """Return an entry page of the register of premises."""
    field = '<div class="field"><div class="field__label">{}</div><div class="field__item">{}</div></div>'
    rows = [
        ("Registration number", number),
        ("Registration status", status),
        ("Superintendent pharmacist", "Invented Person"),
    ]
    rows += [("Website", f'<a href="https://{site}/">https://{site}/</a>')] if site else []
    body = "".join(field.format(*row) for row in rows)
    return (
        "<!DOCTYPE html><html lang=en><head><title>Register entry</title></head><body><nav><a href=/>Home</a></nav>"
        f"<main><h1>Sample Chemist</h1>{body}</main></body></html>"
    )


GPHC_NONE = f"<!DOCTYPE html><title>Search the registers</title><h1>Search the registers</h1><p>No results found for {PREMISES}.</p>"


def psi(*numbers: str, pages: str = "Page 1 of 1") -> str:
    """Return a result page of the search of the PSI."""
    item = """<div class="search-register-result-item"><div class="avatar-content"><h5>Sample Pharmacy</h5><small>1 Main Street,
     Sampletown , Co. Test</small></div><p class="srchlbls"><b>PSI Registration Number:</b> {}</p>
    <p class="srchlbls"><b>Superintendent Pharmacist:</b> Invented Person</p>
    <p class="srchlbls"><b>Opening Hours:</b><br>Monday: 09:00 to 13:00, 14:00 to 18:00</p></div>"""
    found = "".join(item.format(number) for number in numbers)
    return f'<!DOCTYPE html><h1>Search register</h1><p class="pagination-description">{pages}</p>{found}'


def nabp(result: str, url: str = "shop.example") -> str:
    return json.dumps({"result": result, "url": url})


def legitscript(word: str, domain: str = "shop.example") -> str:
    """Return the look-up page with the classification of one domain."""
    return (
        "<!DOCTYPE html><html lang=en><title>Website verification</title><body><form><input name=checker_keywords></form>"
        f"<section class=result><h2>{domain}</h2><p><strong>Status:</strong> {word}</p></section>"
        "<footer>LegitScript LLC, Portland</footer></body></html>"
    )
