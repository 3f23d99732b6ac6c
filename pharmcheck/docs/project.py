"""README.md of the checkout: the report that it shows."""

from __future__ import annotations

import re
from pathlib import Path

from pharmcheck.pipeline import check_replay
from pharmcheck.report import render

_SHOWN = "potenzwelt24.example"  # a recorded site whose report shows most of what a report can show
_REPORT = re.compile(r"(?<=<!-- report -->\n).*?(?=<!-- /report -->)", re.DOTALL)


def readme(root: Path) -> str:
    """Return the checkout's README.md with the report of one recorded site, as it is today, in its place."""
    report = check_replay(root / "cassettes" / f"{_SHOWN}.warc.gz", countries=["DE"])
    text = render(report, "text", width=96)
    shown = f"```\n$ pharmcheck check {_SHOWN} --country DE\n{text}```\n"
    return _REPORT.sub(lambda _: shown, (root / "README.md").read_text("utf-8"))
