"""`pharmcheck networks`: which of the sites of audits belong together, and what ties them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

import click

_SHOWN = 20


@click.command(short_help="Tell which audited sites belong together.")
@click.argument(
    "audits", metavar="DIR|results.jsonl...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where networks.json goes; else into DIR, if one is given.",
)
@click.option(
    "--hub",
    metavar="N",
    type=click.IntRange(2),
    default=50,
    show_default=True,
    help="What stands on more unrelated sites ties nobody.",
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
    from pharmcheck.cli.output import columns, table, write
    from pharmcheck.report.clean import clean, defang, shortened

    files = [path / "results.jsonl" if path.is_dir() else path for path in audits]
    if output is None and len(audits) == 1 and audits[0].is_dir():
        output = audits[0] / "networks.json"
    with ExitStack() as stack:
        weave = stack.enter_context(woven(_reports(files), output.parent if output else None, hub))
        if output:
            told.write_networks(output, weave)
        rows = []
        for network in islice(told.networks(weave.base), _SHOWN):
            verdicts = ", ".join(f"{number:,} {verdict}" for verdict, number in network["verdicts"].items())
            first = ", ".join(defang(str(member["site"])) for member in network["members"][:3])
            by = [str(i["value"]) for tie in network["ties"][:2] for i in tie["identifiers"]]
            rows.append(
                (
                    f"{network['sites']:,}",
                    clean(verdicts),
                    shortened(clean(first), 48),
                    shortened(clean("; ".join(by)), 60),
                )
            )
        old = weave.without
        number = weave.base.execute("SELECT count(*) FROM named").fetchone()[0]
        write(
            table(("sites", "verdicts", "first", "tied by"), rows, columns()) if rows else "No sites belong together.\n"
        )
    if number > _SHOWN:
        write(f"and {number - _SHOWN:,} more networks\n")
    if old:
        click.echo(
            f"{old:,} reports carry no identifiers: they are of an older version. Audit these sites again.", err=True
        )
    if output:
        write(f"Networks: {output}\n")


def _reports(files: list[Path]) -> Iterator[dict[str, Any]]:
    """Yield the reports of audits; what is none stops us, with its place."""
    for path in files:
        try:
            with path.open("rb") as lines:
                for number, line in enumerate(lines, 1):
                    yield _report(line, f"{path}, line {number}")
        except OSError as error:
            raise click.ClickException(
                f"{path}: {error.strerror}. Give the folder of an audit, or its results.jsonl."
            ) from None


def _report(line: bytes, where: str) -> dict[str, Any]:
    from pharmcheck.audit.woven import identifiers_of
    from pharmcheck.model.judged import SCHEMA

    try:
        report: dict[str, Any] = json.loads(line)
        whole = report["schema"] == SCHEMA and identifiers_of(report) is not None
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise click.ClickException(f"{where}: this is no {SCHEMA}. Give the folder of an audit, or its results.jsonl.")
    return report
