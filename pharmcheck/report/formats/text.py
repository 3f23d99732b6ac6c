"""For a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from pharmcheck.model import Report
from pharmcheck.report.look import Look
from pharmcheck.report.text import render_text


def write(reports: Sequence[Report], look: Look) -> str:
    """Return the reports one after another, an empty line between them."""
    texts = (
        render_text(r, color=look.color, explain=look.explain, width=look.width, authorities=look.authorities)
        for r in reports
    )
    return "\n".join(texts)
