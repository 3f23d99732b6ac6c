"""What `pharmcheck registries update` does to each registry, or to the table of RDAP servers, told while it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from pharmcheck.capture import CaptureOptions
from pharmcheck.capture.servers import MAX_BOOTSTRAP_BYTES
from pharmcheck.cli.failure import tell
from pharmcheck.cli.output import write
from pharmcheck.cli.progress import Progress
from pharmcheck.refresh.bootstrap import FAILURES as SERVER_FAILURES
from pharmcheck.refresh.bootstrap import take_servers, update_servers
from pharmcheck.refresh.update import FAILURES, Outcome, take_files, updatable, update
from pharmcheck.registries.store import StoreError, list_in_use, shipped_folder
from pharmcheck.report.clean import clean
from pharmcheck.report.words import day_words

MAX_BYTES = 100_000_000  # the largest list that we know of, the Polish register, has about 20,000 rows of 76 columns
TIMEOUT_S = 60.0  # some registers write their file while one waits
LIST_TIMEOUT_S = 1_800.0  # for a list on hundreds of pages
_CELLS = 20  # of the bar


def refresh(ids: Sequence[str], **how: Any) -> int:
    """Update the registries, print a line for each, and return the exit code: 1 where one kept its old list."""
    for name in ids:
        try:
            shipped_folder(name)
        except StoreError as error:
            raise click.UsageError(clean(str(error))) from None
    progress = Progress(verbose=how["verbose"])
    failed = False
    for name in ids or updatable():
        try:
            outcome = _one(name, progress, how)
        except FAILURES as error:
            progress.clear()
            tell(error, name, verbose=how["verbose"])
            click.echo(f"{name}: {_still(name)}", err=True)
            failed = True
            continue
        progress.clear()
        write(_line(outcome))
    return int(failed)


def _one(name: str, progress: Progress, how: dict[str, Any]) -> Outcome:
    now, accept_fewer = datetime.now(UTC), how["accept_fewer"]
    if how["files"]:
        return take_files(
            name,
            how["files"],
            now,
            how["as_of"].date() if how["as_of"] else _day(how["files"]),
            accept_fewer=accept_fewer,
        )
    return update(name, _options(now, LIST_TIMEOUT_S, MAX_BYTES, how), _come(name, progress), accept_fewer=accept_fewer)


def refresh_servers(**how: Any) -> int:
    """Update the table of RDAP servers, print a line, and return the exit code: 1 where the old one stays in use."""
    progress = Progress(verbose=how["verbose"])
    now, accept_fewer = datetime.now(UTC), how["accept_fewer"]
    try:
        if how["files"]:
            taken = take_servers(how["files"][0], now, accept_fewer=accept_fewer)
        else:
            options = _options(now, TIMEOUT_S, MAX_BOOTSTRAP_BYTES, how)
            taken = update_servers(options, _come("RDAP servers", progress), accept_fewer=accept_fewer)
    except SERVER_FAILURES as error:
        progress.clear()
        tell(error, "RDAP servers", verbose=how["verbose"])
        click.echo("RDAP servers: the table of before stays in use", err=True)
        return 1
    progress.clear()
    changes = f"{taken.added} added, {taken.removed} removed, {taken.moved} moved"
    published = day_words(taken.published.date())
    write(f"RDAP servers: {taken.suffixes} suffixes as of {published}, {'unchanged' if taken.unchanged else changes}\n")
    return 0


def _options(now: datetime, whole_s: float, max_bytes: int, how: dict[str, Any]) -> CaptureOptions:
    return CaptureOptions(now, TIMEOUT_S, whole_s, max_bytes=max_bytes, connect_to=tuple(how["connect_to"]))


def _come(name: str, progress: Progress) -> Callable[[int, int], None]:
    """Return what shows how much has come."""
    progress(f"{name}: asking")
    shown = [""]

    def come(done: int, total: int) -> None:
        if (bar := _bar(done, total)) != shown[0]:  # pieces are small: most change nothing that can be seen
            shown[0] = bar
            progress(f"{name} {bar}")

    return come


def _still(name: str) -> str:
    """Return what is in use after a failure."""
    with suppress(StoreError):
        return "the old list stays in use" if list_in_use(shipped_folder(name)) else "no list is held, as before"
    return "its list of before cannot be used either"


def _day(files: Sequence[Path]) -> date:
    """Return the day on which the oldest of the files was last changed."""
    return datetime.fromtimestamp(min(path.stat().st_mtime for path in files), UTC).date()


def _bar(done: int, total: int) -> str:
    """Return how much has come, as a bar where the whole is known."""
    size = f"{done / 1e6:.1f} MB"
    if not total:
        return size
    share = min(1.0, done / total)
    full = round(share * _CELLS)
    return f"{'█' * full}{'░' * (_CELLS - full)} {share:4.0%} of {total / 1e6:.1f} MB"


def _line(outcome: Outcome) -> str:
    changes = "unchanged" if outcome.unchanged else f"{outcome.added} added, {outcome.removed} removed"
    text = f"{outcome.registry}: {outcome.entries} entries as of {day_words(outcome.as_of)}, {changes}\n"
    if outcome.unread:
        text += (
            f"  {len(outcome.unread)} web addresses are none and were left out; the first: {clean(outcome.unread[0])}\n"
        )
    return text
