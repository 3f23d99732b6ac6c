"""`pharmcheck networks`: which of the sites of audits belong together, and what ties them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import click

from pharmcheck.cli import options

_SHOWN = 20


@click.command(short_help="Tell which audited sites belong together.")
@click.argument(
    "audits", metavar="DIR|results.jsonl...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=options.in_a_folder,
    help="Where networks.json goes; else into DIR, if one is given.",
)
@click.option(
    "--hub",
    metavar="N",
    type=click.IntRange(2),
    default=50,
    show_default=True,
    help="What stands on more than N unrelated sites ties nobody.",
)
def networks(audits: tuple[Path, ...], *, output: Path | None, hub: int) -> None:
    """Tie the sites of one or more audits by what platforms do not share, and write networks.json.

    \b
    One is enough: a wallet, a chat account, a mailbox at a free provider; a
    telephone or another mail address where most of the sites are accused.
    Two together: a sentence of the drug trade, a table of packs, a checkout
    host, a licence number, an address. What a pharmacy in a register prints
    ties nobody: others may have copied it.

    \b
    Examples:
      pharmcheck networks results
      pharmcheck networks may/results.jsonl june/results.jsonl --output networks.json
    """
    from pharmcheck.audit import told
    from pharmcheck.audit.woven import woven
    from pharmcheck.cli.output import table, write

    if output is None and len(audits) == 1 and audits[0].is_dir():
        output = audits[0] / "networks.json"
    with woven(_reports(audits), output.parent if output else None, hub) as weave:
        if output:
            told.write_networks(output, weave)
        rows = [_row(network) for network in islice(told.networks(weave.base), _SHOWN)]
        old = weave.without
        number = weave.base.execute("SELECT count(*) FROM named").fetchone()[0]
        write(table(("sites", "verdicts", "first", "tied by"), rows) if rows else "No sites belong together.\n")
    if number > _SHOWN:
        write(f"and {number - _SHOWN:,} more networks\n")
    if old:
        click.echo(
            f"{old:,} reports carry no identifiers: they are of an older version. Audit these sites again.", err=True
        )
    if output:
        write(f"Networks: {output}\n")


def _row(network: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a network as networks.json holds it as cells: how many sites, their verdicts, the first sites, what ties them."""
    from pharmcheck.report.clean import clean, defang, shortened

    verdicts = ", ".join(f"{number:,} {verdict}" for verdict, number in network["verdicts"].items())
    first = ", ".join(defang(str(member["site"])) for member in network["members"][:3])
    by = [str(i["value"]) for tie in network["ties"][:2] for i in tie["identifiers"]]
    cells = clean(verdicts), shortened(clean(first), 48), shortened(clean("; ".join(by)), 60)
    return f"{network['sites']:,}", *cells


def _reports(audits: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield the reports of audits; what is none stops us, with its place."""
    from pharmcheck.model.judged import SCHEMA
    from pharmcheck.results.reports import ResultsError, read_saved, results_file

    for path in audits:
        try:
            file = results_file(path)
            for number, (_, report) in enumerate(read_saved(file), 1):
                if not _whole(report, SCHEMA):
                    advice = "Give the folder of an audit, or its results.jsonl."
                    raise click.ClickException(f"{file}, line {number}: this is no {SCHEMA}. {advice}")
                yield report
        except (ResultsError, OSError) as error:
            raise click.ClickException(str(error)) from None


def _whole(report: dict[str, Any], schema: str) -> bool:
    """True for a report of this schema with all that sites are tied by."""
    from pharmcheck.audit.woven import identifiers_of

    try:
        return bool(report["schema"] == schema and identifiers_of(report))
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
