"""What `pharmcheck check` was asked to judge, one job each; running them, printing, and the exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from pharmcheck import pipeline
from pharmcheck.capture import CaptureOptions
from pharmcheck.cli.failure import tell
from pharmcheck.cli.output import colors_wanted, columns, write
from pharmcheck.cli.progress import Progress
from pharmcheck.model import Report, Verdict
from pharmcheck.model.captured import NOT_PUBLIC
from pharmcheck.report import render
from pharmcheck.report.clean import clean, shortened
from pharmcheck.report.text import render_table
from pharmcheck.target import TargetError, parse_target

Job = Callable[[Progress], Report]

CODES = {Verdict.SUSPICIOUS: 10, Verdict.INTERMEDIARY: 10, Verdict.ROGUE: 20, Verdict.CANNOT_ASSESS: 30}
FAILED = 1
REFUSED = 2  # nothing was sent: the address is not public
# The last is gravest: what could not be judged hides no warning about another site.
_SEVERITY = (0, 30, REFUSED, 10, 20, FAILED)


def exit_code(codes: Iterable[int]) -> int:
    """Return the gravest of exit codes: 1, then 20, 10, 2, 30, 0."""
    return max(codes, key=_SEVERITY.index, default=0)


def jobs(targets: Sequence[str], **source: Any) -> list[tuple[str, Job]]:
    """Return what is judged, by name, and how. UsageError unless every address is understood, before any is asked."""
    for target in (*targets, *filter(None, [source["url"]])):
        try:
            parse_target(target)
        except TargetError as error:
            told = clean(str(error))  # most of these sentences quote what was typed
            hint = "; to find a pharmacy by its name: pharmcheck registries lookup NAME" if "no dot" in told else ""
            raise click.UsageError(
                (told if "“" in told else f"“{shortened(clean(target), 60)}”: {told}") + hint
            ) from None
    countries = source["countries"]
    if source["replay"] and targets:
        return [(target, partial(_kept, source["replay"], target, countries)) for target in targets]
    if source["replay"]:
        return [(str(source["replay"]), lambda _: pipeline.check_replay(source["replay"], countries=countries))]
    if source["page"]:
        return [(str(source["page"]), partial(_saved, source["page"], source["url"], countries))]
    if source["offline"]:
        return [(target, partial(_offline, target, countries)) for target in targets]
    names = ("timeout_s", "max_pages", "connect_to", "record", "live_registries", "vantage", "render")
    limits = {name: source[name] for name in names}
    return [(target, partial(_live, target, countries, limits)) for target in targets]


def run(
    todo: Sequence[tuple[str, Job]], fmt: str, output: Path | None, *, explain: bool, verbose: bool, no_color: bool
) -> int:
    """Do the jobs, print their reports, and return the exit code; what fails is told and stops no other job."""
    color = colors_wanted(no_color) and output is None
    show = partial(render, fmt=fmt, color=color, explain=explain, width=columns())
    progress = Progress(verbose=verbose)
    at_once = fmt == "text" and output is None
    reports: list[Report] = []
    codes: list[int] = []
    for name, job in todo:
        try:
            progress(f"{name}: checking")
            report = job(progress)
        except Exception as error:  # one site that we fail on must not cost the others; told, and exit code 1
            progress.clear()
            tell(error, name, verbose=verbose)
            codes.append(FAILED)
            continue
        progress.clear()
        if at_once:
            write(("\n" if reports else "") + show(report))
        reports.append(report)
        codes.append(_code(report))
    if at_once and len(todo) > 1:
        write("\n" + render_table(reports, color=color))
    elif reports and not at_once and not _written(show(reports if len(todo) > 1 else reports[0]), output):
        codes.append(FAILED)
    return exit_code(codes)


def _code(report: Report) -> int:
    """Return the exit code of a report; an address that was refused is a wrong call, whatever else is not known."""
    if report.verdict is Verdict.CANNOT_ASSESS and any(gap.artifact == NOT_PUBLIC for gap in report.gaps):
        return REFUSED
    return CODES.get(report.verdict, 0)


def _written(text: str, output: Path | None) -> bool:
    try:
        write(text, output)
    except BrokenPipeError:
        raise
    except OSError as error:
        tell(error, str(output or "stdout"), verbose=False)
        return False
    return True


def _live(target: str, countries: Sequence[str], limits: dict[str, Any], progress: Progress) -> Report:
    options = CaptureOptions(now=datetime.now(UTC), look_ups=True, **limits)
    return pipeline.check(target, countries=countries, options=options, progress=progress)


def _kept(kept: Path, target: str, countries: Sequence[str], progress: Progress) -> Report:
    from pharmcheck.audit.recordings import check_kept

    return check_kept(kept, target, countries)


def _offline(target: str, countries: Sequence[str], progress: Progress) -> Report:
    return pipeline.check_offline(target, countries=countries, now=datetime.now(UTC))


def _saved(page: Path, url: str, countries: Sequence[str], progress: Progress) -> Report:
    return pipeline.check_saved(page, url, countries=countries, now=datetime.now(UTC))
