"""`pharmcheck results`: write what an audit found for other programs and people: tables, feeds, block lists, packets."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pharmcheck.cli import options

if TYPE_CHECKING:
    from pharmcheck.cli.progress import Progress
    from pharmcheck.results.reports import AuditReports

_FORMATS = ("csv", "jsonl", "parquet", "stix", "misp", "hosts", "rpz", "packets", "html")
_WITH_OUT = {"parquet": "a FILE", "packets": "a folder"}


@click.command(short_help="Write what an audit found: tables, feeds, block lists, packets.")
@click.argument("audit", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "fmt", type=click.Choice(_FORMATS), default="csv", show_default=True, help="What to write.")
@click.option(
    "--output",
    "--out",
    "out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where it goes; else it is printed. A folder for packets.",
)
@options.verbose
def results(*, audit: Path, fmt: str, out: Path | None, verbose: bool) -> None:
    """Write the results of the audit in DIR, the worst site first, in a format that others read.

    \b
    csv, jsonl, parquet  all sites; jsonl holds the whole reports
    stix, misp           rogue and suspicious sites: a STIX 2.1 bundle, a MISP event
    hosts, rpz           a block list of the rogue ones; read the warning at its head
    packets              a folder for each network or rogue site, to hand on
    html                 summary.html and the pages in DIR once more

    \b
    Nothing is sent to anybody. Look at the reports before you act on a verdict.

    \b
    Examples:
      pharmcheck results audit/ > sites.csv
      pharmcheck results audit/ --format stix --output bundle.json
      pharmcheck results audit/ --format packets --output packets
    """
    from pharmcheck.cli.progress import Progress
    from pharmcheck.registries import load_registries
    from pharmcheck.results.reports import AuditReports, results_file
    from pharmcheck.results.summary import write_summary
    from pharmcheck.results.tally import Tally

    if fmt in _WITH_OUT and out is None:
        raise click.UsageError(f"--format {fmt} needs --output: {_WITH_OUT[fmt]}.")
    if out and fmt != "packets":  # these make their folders
        options.need_folder(out)
    progress = Progress(verbose=verbose)
    names = {r.id: r.authority for r in load_registries().all}
    with _told():
        if fmt == "html":
            click.echo(str(write_summary(audit, names, progress)))
            return
        tally = Tally()
        with AuditReports(results_file(audit), names, tally.add) as audited:
            if fmt == "packets" and out:
                _put_packets(audited, audit, out, progress)
            elif fmt == "parquet" and out:
                _put_parquet(audited, out)
            else:
                _put(_pieces(fmt, audited, audit, tally.newest), out)


@contextmanager
def _told() -> Iterator[None]:
    """Tell of results that cannot be read, and of files that cannot be written, in a sentence."""
    from pharmcheck.results.reports import ResultsError

    try:
        yield
    except BrokenPipeError:
        raise
    except (ResultsError, OSError) as error:
        raise click.ClickException(str(error)) from None


def _put_packets(audited: AuditReports, audit: Path, out: Path, progress: Progress) -> None:
    from pharmcheck.results.networks import read_networks
    from pharmcheck.results.packets import write_packets

    made = write_packets(audited, read_networks(audit) or [], audit, out, progress)
    progress.clear()
    click.echo(f"{made:,} packets in {out}. Nothing was sent.")


def _put_parquet(audited: AuditReports, out: Path) -> None:
    from pharmcheck.results.flat import write_parquet

    write_parquet(audited.worst_first(), out)


def _pieces(fmt: str, audited: AuditReports, audit: Path, captured: str) -> Iterator[bytes]:
    from pharmcheck.results.blocklist import hosts_pieces, rpz_pieces
    from pharmcheck.results.flat import csv_pieces, jsonl_pieces
    from pharmcheck.results.misp import misp_pieces
    from pharmcheck.results.networks import read_networks
    from pharmcheck.results.reports import results_file
    from pharmcheck.results.stix import stix_pieces

    newest = datetime.fromisoformat(captured) if captured else datetime(1970, 1, 1, tzinfo=UTC)
    reports = audited.worst_first()
    if fmt == "jsonl":
        return jsonl_pieces(results_file(audit))
    if fmt == "stix":
        return stix_pieces(reports, read_networks(audit) or [], newest)
    if fmt == "csv":
        return csv_pieces(reports)
    return {"misp": misp_pieces, "hosts": hosts_pieces, "rpz": rpz_pieces}[fmt](reports, newest)


def _put(pieces: Iterable[bytes], out: Path | None) -> None:
    from pharmcheck.whole_file import write_whole

    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    else:
        write_whole(out, pieces)
