"""Numbers of persons: those that pharmacists and prescribers have at their councils. Printed, so trusted for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pharmcheck.model import Detail, Page
from pharmcheck.reading.check_digits import WRONG, dea_holds, npi_holds
from pharmcheck.reading.landmarks import landmarks


class _Scheme(NamedTuple):
    """A council's numbers: name, country, the words beside them, their shape."""

    name: str
    country: str
    pattern: re.Pattern[str]


def _scheme(name: str, country: str, words: str, shape: str) -> _Scheme:
    # "NPI number: 12…", "GMC no. 70…", "DEA # AB…"; never over a line's end but for a label above its number
    between = r"[^\n0-9]{0,30}?(?:\n[^\n0-9]{0,4})?(?<![\w.,-])"
    return _Scheme(name, country, re.compile(rf"(?:{words})\b{between}(?P<number>{shape})(?![\w-]|[.,]\d)"))


# GPhC: persons begin with 20 (pharmacists) or 50 (technicians). Ahpra: HL7 AU Base, au-ahpraregistrationnumber.
# DEA: 21 CFR 1301 (two signs, seven digits). NPI: 45 CFR 162.406. RPPS: 11 digits (Ordre national des pharmaciens).
_SCHEMES = (
    _scheme("GPhC", "GB", "GPhC|GPHC|gphc", r"(?:20|50)\d{5}"),
    _scheme("GMC", "GB", "GMC|gmc|[Gg]eneral [Mm]edical [Cc]ouncil", r"\d{7}"),
    _scheme("NMC", "GB", "NMC", r"\d{2}[A-L]\d{4}[A-Z]"),
    _scheme("NPI", "US", "NPI|npi|National Provider Identifier", r"[12]\d{9}"),
    _scheme("DEA", "US", "DEA", r"[ABFGMPR][A-Z9]\d{7}"),
    _scheme("RPPS", "FR", "RPPS|rpps", r"\d(?: ?\d){10}"),
    _scheme("BIG", "NL", "BIG", r"\d{11}"),
    _scheme("Ahpra", "AU", "AHPRA|Ahpra|ahpra", r"[A-Z]{3}\d{10}"),
)


def read_practitioner_numbers(page: Page) -> Iterator[Detail]:
    """Yield the numbers of pharmacists and prescribers as `council number`; `valid` is whether the check digit holds.

    Only NPI and DEA numbers are checked; of the others the shape is known and no more.
    """
    for word in landmarks(page.text).get("practitioner", ()):
        for scheme in _SCHEMES:
            match = scheme.pattern.match(page.text, word.start)
            if match:
                number = match["number"].replace(" ", "")
                valid = _holds(scheme.name, number)
                quote = page.quote(match.start(), match.end(), "" if valid else WRONG)
                yield Detail("practitioner-number", f"{scheme.name} {number}", quote, scheme.country, valid)
                break


def _holds(council: str, number: str) -> bool:
    if council == "NPI":
        return npi_holds(number)
    return council != "DEA" or dea_holds(number)
