"""Where a report goes: stdout, or a file that is there whole or not at all; and how a terminal wants it."""

from __future__ import annotations

import codecs
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from unicodedata import normalize

import click

from pharmcheck.report.clean import cells
from pharmcheck.whole_file import write_whole

# What stands for a sign that the encoding of the output lacks; no two verdicts share one.
_PLAIN = {
    **{"✔": "+", "?": "?", "⇄": "=", "▲": "!", "✖": "X", "○": "o", "–": "-", "▷": ">"},
    **{"▸": ">", "→": "->", "↪": "->", "·": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'"},
}
_LAST = 12  # columns that the last one needs at least


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Answer an encoding error with signs that any encoding has."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(
        _PLAIN.get(c) or normalize("NFKD", c).encode("ascii", "ignore").decode() or "?" for c in lost
    ), error.end


_AS_PLAIN = "pharmcheck-plain"
codecs.register_error(_AS_PLAIN, _plain)


def write(text: str, path: Path | None = None) -> None:
    """Write `text` to stdout, as far as its encoding goes, or as UTF-8 to `path`, atomically. Raises OSError."""
    if path is None:
        click.echo(text.encode(sys.stdout.encoding or "utf-8", _AS_PLAIN), nl=False)
        return
    write_whole(path, [text.encode("utf-8", "replace")])


def colors_wanted(no_color: bool) -> bool:
    """True on a terminal that shows colours, unless the option or NO_COLOR (no-color.org) says no."""
    return sys.stdout.isatty() and not no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """Return the width to print at: the terminal's, 40 to 110 columns; 100 where there is none."""
    return max(40, min(110, shutil.get_terminal_size((100, 24)).columns))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return aligned columns under their heads, the last one wrapped to the width to print at; where they do not fit, a list."""
    widths = [max(cells(row[i]) for row in (head, *rows)) for i in range(len(head) - 1)]
    left = sum(widths) + 2 * len(widths)
    if left + _LAST > columns():
        return "".join(_listed(head, row) for row in rows)
    lines = []
    for row in (head, *rows):
        first = "".join(cell + " " * (wide - cells(cell) + 2) for cell, wide in zip(row, widths, strict=False))
        last = wrap(row[-1], max(20, columns() - left), break_on_hyphens=False) or [""]
        lines += [(lead + text).rstrip() for lead, text in zip([first, *[" " * left] * len(last)], last, strict=False)]
    return "\n".join(lines) + "\n"


def _listed(head: Sequence[str], row: Sequence[str]) -> str:
    """Return a row as lines: its first cell, and under it each other one behind its head."""
    cells_below = (f"{name}: {cell}" for name, cell in zip(head[1:], row[1:], strict=True) if cell)
    lines = [
        wrap(text, columns(), initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
        for text in cells_below
    ]
    return "\n".join([row[0], *(line for wrapped in lines for line in wrapped)]) + "\n"
