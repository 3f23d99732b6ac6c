"""A report for people and for programs: each file of `formats/` writes it in one way."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from pharmcheck.model import Report
from pharmcheck.report.formats import FORMATS
from pharmcheck.report.look import Look

__all__ = ("FORMATS", "Look", "render")


def render(
    reports: Report | Sequence[Report],
    fmt: str = "text",
    *,
    color: bool = False,
    explain: bool = False,
    width: int = 100,
) -> str:
    """Return one report, or several one after another, in one of FORMATS, with a newline at the end.

    One report makes one JSON object, a sequence makes an array. `color` (ANSI) and `width` (columns) are for text.
    `explain` adds the signals that did not fire. Raises KeyError for another format.
    """
    if fmt not in FORMATS:
        raise KeyError(fmt)
    single = isinstance(reports, Report)
    several = (reports,) if isinstance(reports, Report) else tuple(reports)
    written: str = import_module(f"pharmcheck.report.formats.{fmt}").write(several, Look(single, color, explain, width))
    return written
