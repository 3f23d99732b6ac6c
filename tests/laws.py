"""The day on which the tests of the law stand, and the members and medicines that they ask about."""

from __future__ import annotations

from datetime import date

from pharmcheck.reading.medicines import load_medicines

DAY = date(2026, 11, 1)
EEA = [
    "AT",
    "BE",
    "BG",
    "HR",
    "CY",
    "CZ",
    "DK",
    "EE",
    "FI",
    "FR",
    "DE",
    "GR",
    "HU",
    "IS",
    "IE",
    "IT",
    "LV",
    "LI",
    "LT",
    "LU",
    "MT",
    "NL",
    "NO",
    "PL",
    "PT",
    "RO",
    "SK",
    "SI",
    "ES",
    "SE",
]
MEDICINES = {m.name: m for m in load_medicines()}
