"""`pharmcheck links`: whom mails, tables, pages and texts promote, each link with what was undone or why it is left out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from pharmcheck.cli import options

if TYPE_CHECKING:
    from pharmcheck.audit.links import FoundLink


@click.command(short_help="List whom mails, tables and texts promote.")
@click.argument("inputs", metavar="INPUT...|-", nargs=-1, required=True)
@click.option(
    "--format",
    "fmt",
    type=click.Choice(("text", "json", "csv")),
    default="text",
    show_default=True,
    help="How to write the links.",
)
@options.column
@click.option(
    "--all", "everything", is_flag=True, help="In the format text, show what is left out too; json and csv always do."
)
@click.pass_context
def links(ctx: click.Context, /, inputs: tuple[str, ...], *, fmt: str, column: str, everything: bool) -> None:
    """List the addresses that inputs hold: files, folders of any mix, or - for standard input.

    \b
    Inputs: mail (.eml, .msg, mbox, maildir), HTML, text, CSV, TSV, JSON,
    JSON lines, Parquet, WARC, WACZ, HAR, and ZIP or gzip of these.
    QR codes in their pictures, and in picture files, are read with
    pharmcheck[qr] installed.
    No address is visited. What cannot be read is told, and stops nothing;
    the exit code is 1 where it is a whole input.

    \b
    Examples:
      pharmcheck links spam.mbox
      pharmcheck links reports/ --format json | jq 'select(.left_out == null)'
      pbpaste | pharmcheck links -
    """
    from pharmcheck.audit.inputs import read_inputs
    from pharmcheck.audit.links import FIELDS, find_links, not_counted
    from pharmcheck.audit.message import Broken
    from pharmcheck.cli.output import write
    from pharmcheck.report.clean import clean
    from pharmcheck.report.rows import csv_row

    show = {"json": _as_json, "csv": _as_csv, "text": _as_text}[fmt]
    failed, told, shown, left_out = False, False, 0, 0
    if fmt == "csv":
        write(csv_row(FIELDS))
    for item in read_inputs(inputs, sys.stdin.buffer, column):
        told = told or isinstance(item, Broken) or bool(item.notes)
        if isinstance(item, Broken):
            failed = failed or not item.name
            where = f"{item.file}, {item.name}" if item.name else item.file
            click.echo(f"{clean(where)}: {clean(item.why)}", err=True)
            continue
        every = list(find_links(item))
        for note in filter(None, (*item.notes, not_counted(every))):
            click.echo(f"{clean(', '.join(filter(None, (item.file, item.name))))}: {clean(note)}", err=True)
        found = [f for f in every if everything or fmt != "text" or f.left_out is None]
        write("".join(_once(map(show, found), fmt)))
        shown, left_out = shown + len(found), left_out + len(every) - len(found)
    if not shown and not told:
        click.echo(_nothing(left_out), err=True)
    ctx.exit(1 if failed else 0)


def _nothing(left_out: int) -> str:
    """Say that nothing is shown, beside the output, which stays empty."""
    if not left_out:
        return "No address was found."
    told = "1 address was" if left_out == 1 else f"{left_out:,} addresses were"
    return f"Nobody is promoted: {told} left out, see --all."


def _once(lines: Iterator[str], fmt: str) -> Iterator[str]:
    """Yield lines, in the format text each but once a message."""
    yield from dict.fromkeys(lines) if fmt == "text" else lines


def _as_json(link: FoundLink) -> str:
    return json.dumps(link.as_dict(), ensure_ascii=False) + "\n"


def _as_csv(link: FoundLink) -> str:
    from pharmcheck.audit.links import cells_of
    from pharmcheck.report.rows import csv_row

    return csv_row(cells_of(link.as_dict()))


def _as_text(link: FoundLink) -> str:
    from pharmcheck.report.clean import clean, defang

    where = ", ".join(filter(None, (link.file, link.message)))
    undone = f"  ({clean(', '.join(link.undone))})" if link.undone else ""
    why = f"  [left out: {link.left_out}]" if link.left_out else ""
    address = f"  {defang(link.url)}" if link.url else ""
    return f"{clean(where)}: {clean(link.identity)}{address}{undone}{why}\n"
