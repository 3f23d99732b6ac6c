"""One key for one address, however it is written: what ties sites that give the same one."""

from __future__ import annotations

import re
import unicodedata

from pharmcheck.model import Detail
from pharmcheck.reading.postcodes import SHARED, SURE
from pharmcheck.reading.streets import streets

_SHORT = (
    (r"str(?:asse|eet|aße)?\b", "st"), (r"\broad\b", "rd"), (r"\bavenue\b", "ave"), (r"\blane\b", "ln"),
    (r"\bdrive\b", "dr"), (r"\bboulevard\b", "blvd"), (r"\bulica\b", "ul"), (r"\bcalle\b", "c"),
)  # fmt: skip
_UNSPACED = frozenset(("JP", "CN", "TW", "HK", "MO"))
_INSIDE = re.compile(r"\b(?:suite|ste|unit|floor|level|shop|office|plot|building)\b", re.IGNORECASE)  # not the street


def address_key(address: Detail) -> str:
    """Return `country postcode number street` in plain lower-case letters and digits, "" where any of it is missing."""
    value = address.value
    if address.country in _UNSPACED:
        return f"{address.country} {_plain(value).replace(' ', '')[:60]}"
    found = SURE.search(value + " X") or SHARED.search(value + " X")  # a town is asked for behind some postcodes
    begins, ends = streets(value)
    if not found or not begins or not address.country:
        return ""
    ranges = list(zip(begins, ends, strict=True))
    outside = [at for at in ranges if not _INSIDE.search(value[slice(*at)])]
    first, last = (outside or ranges)[0]
    begin = value.rfind(",", 0, first) + 1
    end = value.find(",", last)
    if end >= 0 and not outside:  # "Unit 17, Sample Farm": the name of the place stands behind
        end = value.find(",", end + 1)
    street = value[begin : end if end >= 0 else len(value)].replace(found[0], " ")
    postcode = re.findall(r"[A-Za-z]*\d[\dA-Za-z -]*", found[0])[-1:] or [found[0]]
    plain = _plain(street)
    number = re.search(r"\d+[a-z]?\b", plain)
    name = "".join(re.findall(r"[^\W\d_]+", plain.replace(number[0], " ", 1))) if number else ""
    return f"{address.country} {_plain(postcode[0]).replace(' ', '')} {number[0]} {name}" if number and name else ""


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(sign if sign.isalnum() else " " for sign in folded if not unicodedata.combining(sign))
    for long, short in _SHORT:
        folded = re.sub(long, short, folded)
    return " ".join(folded.split())
