"""Verdicts by label over a folder of labelled pages: `python bench/accuracy.py --corpus DIR [--show LABEL]`.

DIR/index.csv has the columns file, url, label, text_kind. One row is one page: what it cannot show is unknown.
Counts only; nothing of the pages is kept.
"""

from __future__ import annotations

import argparse
import collections
import csv
import json
import time
from datetime import UTC, datetime
from pathlib import Path

from pharmcheck.pipeline import check_saved

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ACCUSED = ("rogue", "suspicious")
FOUND = {"rogue_pharmacy", "spam_promo"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--show", default="", help="print each page of this label")
    arguments = parser.parse_args()
    rows = list(csv.DictReader((arguments.corpus / "index.csv").open(encoding="utf-8")))
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    start = time.perf_counter()
    for row in rows:
        report = check_saved(arguments.corpus / row["file"], row["url"], now=NOW)
        outcome = str(report.verdict) + ("+promoted" if report.promoted else "")
        counts[f"{row['label']}/{row['text_kind']}"][outcome] += 1
        counts[row["label"]][outcome] += 1
        if row["label"] == arguments.show:
            signals = " ".join(f"{r.signal}:{r.points:+g}" for r in report.reasons)
            print(f"{row['file']:44} {row['language']:3} {outcome:24} {report.risk:3} {report.kind.name:20} {signals}")
    seconds = time.perf_counter() - start
    for label in sorted(counts):
        print(f"{label:28}", "  ".join(f"{name} {n}" for name, n in counts[label].most_common()))
    figures = summarise(rows, counts)
    print(f"{len(rows)} pages in {seconds:.1f} s;", ", ".join(f"{k} {v}" for k, v in figures.items()))
    print(json.dumps(figures))


def summarise(rows: list[dict[str, str]], counts: dict[str, collections.Counter[str]]) -> dict[str, str]:
    """Return found and accused shares; a promoting page counts as found when it names what it promotes."""
    labels = {row["label"] for row in rows}
    figures = {}
    for label in sorted(labels):
        total = sum(counts[label].values())
        hit = sum(
            n
            for outcome, n in counts[label].items()
            if outcome.startswith(ACCUSED) or (label == "spam_promo" and "promoted" in outcome)
        )
        figures[label] = f"{'found' if label in FOUND else 'accused'} {hit}/{total}"
    return figures


if __name__ == "__main__":
    main()
