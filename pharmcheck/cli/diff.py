"""`pharmcheck diff`: what changed between two audits."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path

import click

_FORMATS = ("text", "json")


@click.command(short_help="Tell what changed between two audits.")
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format", "fmt", type=click.Choice(_FORMATS), default="text", show_default=True, help="How to write the changes."
)
def diff(*, old: Path, new: Path, fmt: str) -> None:
    """Tell which sites are new or gone in the audit NEW, and whose verdict, reasons or risk are others than in OLD.

    \b
    OLD and NEW are folders that `pharmcheck audit --out` wrote, or their results.jsonl.
    json prints an object a line: site, change (new, gone, verdict, reasons, risk),
    old and new (verdict, risk, captured, reasons), came and went (signals).

    \b
    Examples:
      pharmcheck diff october/ november/
      pharmcheck diff october/ november/ --format json | jq 'select(.change == "verdict")'
    """
    from pharmcheck.cli.output import write
    from pharmcheck.report.clean import clean
    from pharmcheck.results.changes import KINDS, Comparison, as_json, as_text
    from pharmcheck.results.reports import ResultsError

    try:
        comparison = Comparison(old, new)
    except (ResultsError, OSError) as error:
        raise click.ClickException(str(error)) from None
    show = as_json if fmt == "json" else as_text
    counts: Counter[str] = Counter()
    with closing(comparison):
        for change in comparison.changes():
            counts[change.kind] += 1
            write(show(change))
    if fmt == "text":
        told = ", ".join(f"{counts[kind]:,} {kind}" for kind in KINDS if counts[kind])
        write(f"Changes: {told}\n" if told else "Nothing changed.\n")
        before, after = comparison.rulesets
        if before != after:
            rules = (", ".join(map(clean, sorted(r))) or "none" for r in (before, after))
            write("The rules are not the same, so a change may be ours: {} and {}\n".format(*rules))
