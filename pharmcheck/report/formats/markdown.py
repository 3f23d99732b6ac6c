"""CommonMark, a rule between reports."""

from __future__ import annotations

from collections.abc import Sequence

from pharmcheck.model import Report
from pharmcheck.report.look import Look
from pharmcheck.report.markdown import render_markdown


def write(reports: Sequence[Report], look: Look) -> str:
    """Return the reports one after another."""
    return "\n---\n\n".join(render_markdown(r, explain=look.explain, authorities=look.authorities) for r in reports)
