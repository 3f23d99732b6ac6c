"""Check every recorded site of cassettes/ without any network: print the reports, then a closing table.

Run by `make demo`. Exits 1 when a site did not get the verdict that cassettes/index.csv expects.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from pharmcheck.pipeline import check_replay
from pharmcheck.report import render

CASSETTES = Path(__file__).resolve().parent.parent / "cassettes"


def main() -> int:
    rows = list(csv.DictReader((CASSETTES / "index.csv").open(encoding="utf-8")))
    table = []
    for row in rows:
        report = check_replay(
            CASSETTES / f"{row['domain']}.warc.gz", countries=[row["country"]] if row["country"] else []
        )
        print(render(report, "text", color=sys.stdout.isatty()))
        table.append((row["domain"], row["label"], row["expected_verdict"], str(report.verdict), report.risk))
    print(f"{'recorded site':38} {'what it imitates':28} {'verdict':16} risk")
    for domain, label, expected, verdict, risk in table:
        print(
            f"{domain:38} {label:28} {verdict:16} {risk:3}  {'as expected' if verdict == expected else 'EXPECTED ' + expected}"
        )
    wrong = sum(verdict != expected for _, _, expected, verdict, _ in table)
    print(
        f"{len(table) - wrong} of {len(table)} as expected. All of these sites are invented; none was fetched from the internet."
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
