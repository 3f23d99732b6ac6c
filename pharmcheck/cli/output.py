"""Where a report goes: stdout, or a file that is there whole or not at all; and how a terminal wants it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap

import click

from pharmcheck.report.clean import cells
from pharmcheck.whole_file import write_whole


def write(text: str, path: Path | None = None) -> None:
    """Write `text` to stdout, as far as its encoding goes, or as UTF-8 to `path`, atomically. Raises OSError."""
    if path is None:
        click.echo(text.encode(sys.stdout.encoding or "utf-8", "replace"), nl=False)
        return
    write_whole(path, [text.encode("utf-8", "replace")])


def colors_wanted(no_color: bool) -> bool:
    """True on a terminal that shows colours, unless the option or NO_COLOR (no-color.org) says no."""
    return sys.stdout.isatty() and not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """Return the width to print at: the terminal's, 40 to 110 columns; 100 where there is none."""
    return max(40, min(110, shutil.get_terminal_size((100, 24)).columns))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return aligned columns under their heads; the last column is wrapped to the width to print at."""
    widths = [max(cells(row[i]) for row in (head, *rows)) for i in range(len(head) - 1)]
    left = sum(widths) + 2 * len(widths)
    lines = []
    for row in (head, *rows):
        first = "".join(cell + " " * (wide - cells(cell) + 2) for cell, wide in zip(row, widths, strict=False))
        last = wrap(row[-1], max(20, columns() - left), break_on_hyphens=False) or [""]
        lines += [(lead + text).rstrip() for lead, text in zip([first, *[" " * left] * len(last)], last, strict=False)]
    return "\n".join(lines) + "\n"
