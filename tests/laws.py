"""The day on which the tests of the law stand, and the medicines that they ask about."""

from __future__ import annotations

from datetime import date

from pharmcheck.reading.medicine_table import load_medicines

DAY = date(2026, 11, 1)
MEDICINES = {m.name: m for m in load_medicines()}
