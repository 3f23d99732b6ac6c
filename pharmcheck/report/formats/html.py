"""A web page with an article for each report."""

from __future__ import annotations

from collections.abc import Sequence

from pharmcheck.model import Report
from pharmcheck.report.html import render_html
from pharmcheck.report.look import Look


def write(reports: Sequence[Report], look: Look) -> str:
    """Return one page of all reports."""
    return render_html(reports, explain=look.explain, authorities=look.authorities)
