"""`pharmcheck audit`: check all whom many mails, tables or crawls promote, and go on where it was interrupted."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pharmcheck.cli import options
from pharmcheck.cli.begun import settings_of

if TYPE_CHECKING:
    from pharmcheck.audit.assignments import Settings
    from pharmcheck.audit.standing import Standing
    from pharmcheck.audit.store import Store
    from pharmcheck.cli.progress import Progress


@click.command(short_help="Check all whom many mails, tables or crawls promote.")
@click.argument("inputs", metavar="INPUT...|-", nargs=-1)
@click.option(
    "--out",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the results go.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with the audit in DIR; further INPUTs, and what earlier ones have gained, are added to it.",
)
@click.option("--offline", is_flag=True, help="No network at all: names and official lists only.")
@click.option(
    "--from-warc", is_flag=True, help="The INPUTs are WARC files; judge the sites recorded in them, fetch nothing."
)
@options.country
@options.column
@click.option(
    "--max-age",
    metavar="DAYS",
    type=click.FloatRange(0),
    help="With --resume, check again what was checked longer ago.",
)
@click.option(
    "--processes", metavar="N", type=click.IntRange(1, 256), default=2, show_default=True, help="Processes that check."
)
@click.option(
    "--at-once",
    metavar="N",
    type=click.IntRange(1, 200),
    default=16,
    show_default=True,
    help="Sites that each process reads at once.",
)
@click.option(
    "--per-address",
    metavar="N",
    type=click.IntRange(1, 1000),
    default=4,
    show_default=True,
    help="Sites to read at once at one IP address.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Processes of this machine, or a Dask cluster.",
)
@click.option(
    "--scheduler",
    metavar="tcp://HOST:PORT",
    default="",
    help="With --engine dask: the address of the cluster; without it one of --processes N is started here.",
)
@options.max_pages
@options.timeout
@options.connect_to
@options.render
@click.option("--no-evidence", is_flag=True, help="Keep no recordings (WARC) of what was fetched.")
@click.option("--summary/--no-summary", "pages", default=True, show_default=True, help="Write the pages for people.")
@options.verbose
@click.pass_context
def audit(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    *,
    out: Path,
    resume: bool,
    pages: bool,
    verbose: bool,
    **chosen: Any,
) -> None:
    """Find all whom INPUTs promote, as `pharmcheck links` does, and check each site once.

    \b
    DIR/summary.html   what was found, for people, with a page for each site in DIR/sites/
    DIR/results.jsonl  one report a line, by the name of the site
    DIR/networks.json  which sites belong together, with quotes
    DIR/links.csv      every link: where it was seen, what was undone, why it is left out
    DIR/unread.csv     what could not be read, and why
    DIR/evidence/      the recordings, in WARC files: pharmcheck check SITE --replay DIR/evidence
    DIR/state.sqlite   what is done; kill the audit whenever you like and --resume it

    \b
    Exit codes: 0 when every site was checked, whatever its verdict, 130 when it was
    interrupted before, 1 when it failed, 2 for wrong usage.

    \b
    Examples:
      pharmcheck audit spam.mbox reports/ --out results
      pharmcheck audit --out results --resume
      pharmcheck audit crawl/*.warc.gz --from-warc --out results
      pharmcheck audit results/evidence --from-warc --out again
      pharmcheck audit spam.mbox --out results --engine dask --scheduler tcp://10.0.0.1:8786
    """
    from pharmcheck.audit.run import write_results
    from pharmcheck.audit.store import Store
    from pharmcheck.cli.output import write
    from pharmcheck.cli.progress import Progress

    state = out / "state.sqlite"
    _refuse(inputs, state, chosen, resume=resume)
    out.mkdir(parents=True, exist_ok=True)
    progress = Progress(verbose=verbose)
    with _told(state), Store(state) as store:
        begun = settings_of(ctx, store, out, chosen, datetime.now(UTC))
        try:
            _check_all(store, inputs, begun, progress, chosen)
        except KeyboardInterrupt:
            progress.clear()
            click.echo(f"Interrupted: pharmcheck audit --out {out} --resume goes on.", err=True)
        progress.clear()
        write_results(store, out)
        summary = _pages(out, progress) if pages else ""
        told, left = summary + _summary(store, out), store.counts().get("")
    write(told)  # here, for a reader that has gone away is no failure of the audit
    ctx.exit(130 if left else 0)


@contextmanager
def _told(state: Path) -> Iterator[None]:
    """Tell of a full disk and the like in a sentence: what is in the state file stays, and the audit can go on."""
    import sqlite3

    from pharmcheck.audit.assignments import OwnFaultError
    from pharmcheck.audit.store import StoreError

    try:
        yield
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    except (sqlite3.OperationalError, OSError, OwnFaultError) as error:
        raise click.ClickException(
            f"{state.parent}: {error}. Nothing that was done is lost: when this is mended, go on with --resume."
        ) from None


def _refuse(inputs: tuple[str, ...], state: Path, chosen: dict[str, Any], *, resume: bool) -> None:
    """Raise UsageError for options that contradict each other, and where there is nothing to audit."""
    offline, from_warc, render, scheduler = (chosen[n] for n in ("offline", "from_warc", "render", "scheduler"))
    wrong = {
        "take only one of --offline and --from-warc.": offline and from_warc,
        "--render runs scripts of pages from the network: take neither --offline nor --from-warc.": render
        and (offline or from_warc),
        f"{str(state.parent)!r} holds an audit: go on with it by --resume, or choose another --out.": state.exists()
        and not resume,
        f"there is no audit in {str(state.parent)!r} to resume.": resume and not state.exists() and not inputs,
        "give an INPUT: a file, a folder, or - for standard input.": not inputs and not resume,
    }
    for message, applies in wrong.items():
        if applies:
            raise click.UsageError(message)
    if not state.exists() and not scheduler:  # a cluster may see what is not seen here
        _refuse_missing(inputs)
    if scheduler and chosen["engine"] != "dask":
        raise click.UsageError("--scheduler needs --engine dask.")


def _refuse_missing(inputs: tuple[str, ...]) -> None:
    """Refuse an audit of nothing: one missing file beside others is told in unread.csv."""
    if any(name == "-" or "://" in name or os.path.exists(name) for name in inputs):  # noqa: PTH110 - Path raises for long names
        return
    several = ", and no ".join([*inputs[:3], *(["other INPUT"] if len(inputs) > 3 else [])])
    raise click.UsageError(f"there is no {several}. Give a file, a folder, or - for standard input.")


def _check_all(
    store: Store, inputs: tuple[str, ...], settings: Settings, progress: Progress, chosen: dict[str, Any]
) -> None:
    """Read what is promoted and check each site that has no report yet, until all are checked."""
    if chosen["max_age"] is not None:
        store.forget_before((datetime.now(UTC) - timedelta(days=chosen["max_age"])).isoformat(timespec="seconds"))
    given = store.about_inputs(inputs, chosen["column"])
    if "-" in inputs:
        store.begin_again("-")
    if chosen["engine"] == "dask":
        _on_cluster(store, given, settings, progress, chosen["scheduler"])
    else:
        _here(store, given, settings, progress)


def _here(store: Store, given: Mapping[str, str], settings: Settings, progress: Progress) -> None:
    from pharmcheck.audit.run import check_sites

    unread: Iterator[None] = iter(())
    if settings.source == "warc":
        from pharmcheck.audit.located import read_recorded  # with it comes the HTTP client

        read_recorded(store, list(given), progress)
    else:
        unread = _reading(store, given, progress)
    check_sites(store, settings, lambda standing: progress(_sentence(standing)), unread)


def _reading(store: Store, given: Mapping[str, str], progress: Progress) -> Iterator[None]:
    """Read each input by its column, and yield after each batch of messages."""
    from pharmcheck.audit.run import reading

    for path, column in given.items():
        yield from reading(store, [path], sys.stdin.buffer, column, progress)


def _on_cluster(store: Store, given: Mapping[str, str], settings: Settings, progress: Progress, scheduler: str) -> None:
    from pharmcheck.audit.engines import check_sites_on, cluster, read_recorded_on

    if settings.source != "warc":
        deque(_reading(store, given, progress), maxlen=0)
    with cluster(scheduler, settings.processes) as client:
        if settings.source == "warc":
            read_recorded_on(client, store, list(given), progress)
        check_sites_on(client, store, settings, lambda standing: progress(_sentence(standing)))


def _sentence(standing: Standing) -> str:
    from pharmcheck.report.clean import clean

    left = (standing.total - standing.done) / standing.rate if standing.rate else 0
    verdicts = ", ".join(f"{number} {verdict}" for verdict, number in sorted(standing.verdicts.items()))
    slow = "".join(f"; {clean(name)} {age:.0f} s" for name, age in standing.slowest if age > 20)
    eta = f", {left / 60:.0f} min left" if left > 90 else f", {left:.0f} s left" if left else ""
    return f"{standing.done:,} of {standing.total:,} sites, {standing.rate:.1f}/s{eta}: {verdicts}{slow}"


def _pages(out: Path, progress: Progress) -> str:
    from pharmcheck.registries import load_registries
    from pharmcheck.results.reports import ResultsError
    from pharmcheck.results.summary import write_summary

    try:
        path = write_summary(out, {r.id: r.authority for r in load_registries().all}, progress)
    except ResultsError as error:
        raise click.ClickException(str(error)) from None
    progress.clear()
    return f"Summary: {path}\n"


def _summary(store: Store, out: Path) -> str:
    from pharmcheck.cli.output import table

    counts = sorted(store.counts().items(), key=lambda item: -item[1])
    rows = [(verdict or "not checked", f"{number:,}") for verdict, number in counts]
    said = table(("verdict", "sites"), rows) if rows else "No site was found to check.\n"
    unread = sum(1 for _ in store.unread())
    if unread:
        told = "1 input or message" if unread == 1 else f"{unread:,} inputs or messages"
        said += f"{told} could not be read, or not all of it: see {out / 'unread.csv'}\n"
    return f"{said}Results: {out / 'results.jsonl'}, {out / 'networks.json'}, {out / 'links.csv'}\n"
