"""`pharmcheck check`: judge web sites, and say by the exit code how it went."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from pharmcheck.cli import options
from pharmcheck.report import FORMATS

_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
_RECORDED = click.Path(exists=True, path_type=Path)
_NEW = click.Path(dir_okay=False, path_type=Path)


@click.command(short_help="Judge web sites.")
@click.argument("targets", metavar="TARGET...", nargs=-1)
@click.option(
    "--format",
    "fmt",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to write the report.",
)
@click.option(
    "--output", metavar="FILE", type=_NEW, callback=options.in_a_folder, help="Write the report to this file."
)
@options.country
@click.option("--offline", is_flag=True, help="No network at all: the name and the official lists only.")
@click.option(
    "--live-registries",
    is_flag=True,
    help="Also ask the registers NPPES, GPhC, PSI, NABP and LegitScript about the site.",
)
@click.option(
    "--vantage/--no-vantage",
    default=True,
    show_default=True,
    help="Look at the page as a visitor from a search result, a crawler and a phone, too.",
)
@options.render
@click.option(
    "--record",
    metavar="FILE.warc.gz",
    type=_NEW,
    callback=options.in_a_folder,
    help="Keep what was fetched, to --replay it.",
)
@click.option(
    "--replay",
    metavar="FILE.warc.gz|DIR",
    type=_RECORDED,
    help="Judge a saved capture; of a file of several sites, or the evidence of an audit, the TARGETs.",
)
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=_EXISTING,
    help="Judge one saved page (HTML, MHTML, text, .eml); needs --url.",
)
@click.option("--url", help="Where the page of --html came from.")
@options.connect_to
@options.timeout
@options.max_pages
@click.option("--explain", is_flag=True, help="Show every signal and every quote, and why unknown ones are unknown.")
@options.verbose
@click.option("--no-color", is_flag=True, help="No colours; the variable NO_COLOR does the same.")
@click.pass_context
def check(
    ctx: click.Context,
    /,
    targets: tuple[str, ...],
    *,
    fmt: str,
    output: Path | None,
    explain: bool,
    verbose: bool,
    no_color: bool,
    **source: Any,
) -> None:
    """Judge web sites: a URL, a bare domain, or a defanged address each.

    \b
    Examples:
      pharmcheck check pills.example --country DE
      pharmcheck check 'hxxps://pills[.]example/buy' --record site.warc.gz
      pharmcheck check --replay site.warc.gz --format html --output site.html
      pharmcheck check pills.example --render --format html --output site.html
      pharmcheck check pills.example --replay results/evidence
      pharmcheck check --html page.html --url https://pills.example/buy
      pharmcheck check one.example two.example --offline --format json

    \b
    Exit codes:
       0  nothing worse than unverified
      10  suspicious, or an intermediary
      20  matches the pattern of an illegal pharmacy
      30  cannot be assessed
       1  pharmcheck failed
       2  wrong usage, or an address that is never contacted, because it is not public
    With several targets the gravest counts: 1, then 20, 10, 2, 30, 0.
    """
    _refuse_mixture(targets, **source)
    if output and output.absolute() in [
        given.absolute() for given in (source["record"], source["replay"], source["page"]) if given
    ]:
        raise click.UsageError(f"--output would overwrite {str(output)!r}, which this check reads or records.")
    from pharmcheck.cli.jobs import jobs, run

    todo = jobs(targets, **source)
    ctx.exit(run(todo, fmt, output, explain=explain, verbose=verbose, no_color=no_color))


def _refuse_mixture(targets: Sequence[str], **source: Any) -> None:
    """Raise UsageError for options that contradict each other, or where there is nothing to judge."""
    asking = "--live-registries asks registers over the network, and"
    drawing = "--render runs the scripts of pages from the network, and"
    of_audit = source["replay"] and source["replay"].is_dir()
    names = {"offline": "--offline", "replay": "--replay", "page": "--html"}
    chosen = [name for key, name in names.items() if source[key]]
    wrong = {
        f"take only one of {' and '.join(chosen)}.": len(chosen) > 1,
        f"--record keeps what the network gives, and {''.join(chosen)} asks no network.": source["record"] and chosen,
        f"{asking} {''.join(chosen)} asks no network.": source["live_registries"] and chosen,
        f"{drawing} {''.join(chosen)} asks no network; a recording holds what was rendered.": source["render"]
        and chosen,
        "--html and --url go together: the page, and where it came from.": bool(source["url"]) != bool(source["page"]),
        f"{''.join(chosen)} takes no TARGET: --url says what is judged.": targets and source["page"],
        f"{str(source['replay'])!r} holds the sites of an audit: give the TARGET to judge.": of_audit and not targets,
        "give a TARGET: a web address such as pills.example.": not targets
        and not source["replay"]
        and not source["page"],
        "--record keeps one site in one file: give one TARGET.": source["record"] and len(targets) > 1,
    }
    for message, applies in wrong.items():
        if applies:
            raise click.UsageError(message)
