"""What is being done, on stderr: one changing line on a terminal, plain lines with -v, else nothing."""

from __future__ import annotations

import shutil
import sys

import click

from pharmcheck.report.clean import clean, shortened

_ERASE = "\r\x1b[K"  # ECMA-48 EL: erase to the end of the line


class Progress:
    """Call it with a sentence for what is being done."""

    def __init__(self, *, verbose: bool) -> None:
        self._lines = verbose
        self._live = not verbose and sys.stderr.isatty()
        self._columns = shutil.get_terminal_size((80, 24)).columns

    def __call__(self, sentence: str) -> None:
        if self._lines:
            click.echo(clean(sentence), err=True)
        elif self._live:
            click.echo(f"{_ERASE}… {shortened(clean(sentence), self._columns - 4)}", err=True, nl=False, color=True)

    def clear(self) -> None:
        """Take the line away, before a report is printed."""
        if self._live:
            click.echo(_ERASE, err=True, nl=False, color=True)
