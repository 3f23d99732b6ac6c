"""Errors told to people: one sentence on stderr, the traceback only when it is asked for."""

from __future__ import annotations

import traceback
from pathlib import PurePath

import click

from pharmcheck.report.clean import clean


def tell(error: Exception, about: str, *, verbose: bool) -> None:
    """Write what went wrong with `about`; an error that we did not foresee asks for a report of it."""
    if verbose:
        click.echo("".join(traceback.format_exception(error)), err=True)
    sentence = _sentence(error)
    named = sentence.startswith((clean(about), clean(PurePath(about).name or about)))
    click.echo(sentence if named else f"{clean(about)}: {sentence}", err=True)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return clean(f"{error.strerror} ({error.filename})" if error.filename else error.strerror)
    if type(error).__module__.startswith("pharmcheck."):  # our own errors are sentences for people
        return clean(str(error))
    what = clean(f"{type(error).__name__}: {error}")
    return f"this should not have happened ({what}). Please report this with the command that you ran; -v, if it takes it, shows more."
