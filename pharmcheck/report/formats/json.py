"""The contract with programs: `schema.json`."""

from __future__ import annotations

from collections.abc import Sequence

from pharmcheck.model import Report
from pharmcheck.report.json import as_json, as_json_array
from pharmcheck.report.look import Look


def write(reports: Sequence[Report], look: Look) -> str:
    """Return an object for one report, an array for a list of them."""
    return as_json(reports[0]) if look.single else as_json_array(reports)
