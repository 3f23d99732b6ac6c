"""Verdicts against labels: `python bench/accuracy.py --corpus DIR [--pin] [--lower] [--show LABEL] [--json FILE]`.

DIR/index.csv has the columns file (or domain), url, label, and, where known, language, text_kind, cluster, rung. Files are
.html, .txt and .eml (one page each, as if it stood at its url: what it cannot show is unknown, not absent) and .warc.gz.
Counts only; nothing of the pages is kept. Labels and what counts as an error: README.md beside this file.

Exit 1 when a figure is worse than its floor in floors.json. `--pin` writes floors for a corpus that has none and raises those
that were passed; only `--lower` writes a lower one.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crawled import crawled

from pharmcheck.capture.warc import write_records
from pharmcheck.model import Gap, Report, Site, SiteKind, Verdict
from pharmcheck.model.judged import ACCUSED
from pharmcheck.pipeline import check_replay, check_saved, judge
from pharmcheck.reading.page import read_page
from pharmcheck.target import parse_target

NOW = datetime(2026, 11, 1, tzinfo=UTC)  # registries, programmes and laws are asked as of this day
FLOORS = Path(__file__).with_name("floors.json")
POSITIVE = ("rogue_pharmacy", "spam_promo")
# The cassettes call their strata by shorter names.
LABELS = {
    "rogue": "rogue_pharmacy",
    "promotion": "spam_promo",
    "hacked": "spam_promo",
    "legit": "legit_pharmacy",
    "comparison": "intermediary",
    "information": "health_info",
    "other": "other_shop",
}
Z = 1.96  # 95 %


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled page or recording and what was made of it. `hit`: accused, or, where it promotes, the shop was named."""

    file: str
    label: str
    language: str
    text_kind: str
    cluster: str
    rung: str
    report: Report

    @property
    def hit(self) -> bool:
        named = self.label == "spam_promo" and bool(self.report.promoted)
        return self.report.verdict in ACCUSED or named

    @property
    def wrong(self) -> bool:
        return self.hit != (self.label in POSITIVE)

    @property
    def told(self) -> bool:
        """True when a promoting page is at least called one."""
        return self.hit or self.report.kind.name is SiteKind.PROMOTION


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument(
        "--pin", action="store_true", help="write floors where there are none, raise those that were passed"
    )
    parser.add_argument("--lower", action="store_true", help="let floors fall to what was measured")
    parser.add_argument("--show", default="", help="print each page of this label")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    arguments = parser.parse_args()
    start = time.perf_counter()
    rows = read(arguments.corpus)
    seconds = time.perf_counter() - start
    figures = measure(rows)
    print(as_text(rows, figures, arguments.show))
    print(f"\n{len(rows)} files in {seconds:.1f} s")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    sys.exit(hold(name_of(arguments.corpus), figures, pin=arguments.pin, lower=arguments.lower))


def read(corpus: Path) -> list[Row]:
    """Return the rows of a corpus, each judged: from its index.csv, or from *.jsonl or *.jsonl.gz.

    A line of these is a page (id, label, url, text, and language, which else is the file's name) or a site (id, label, language
    and pages, each with url and html, the home page first).
    """
    if not (corpus / "index.csv").exists():
        return [
            _row_of(json.loads(line), file.name.partition(".")[0])
            for file in _labelled(corpus)
            for line in _lines(file)
        ]
    rows = []
    with (corpus / "index.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row.get("file") or f"{row['domain']}.warc.gz"
            path = corpus / name
            report = check_replay(path) if name.endswith(".warc.gz") else check_saved(path, row["url"], now=NOW)
            cells = {key: row.get(key) or "" for key in ("language", "text_kind", "cluster", "rung")}
            cells["cluster"] = cells["cluster"] or name
            rows.append(Row(file=name, label=LABELS.get(row["label"], row["label"]), report=report, **cells))
    return rows


def _row_of(page: dict[str, Any], language: str) -> Row:
    if "pages" in page:
        return Row(page["id"], page["label"], page["language"], "", page["id"], "", _whole_site(page["pages"]))
    kind = "html" if page["text"].startswith("<") else "plain"
    body, content_type = page["text"].encode(), f"text/{kind}; charset=utf-8"
    read_as = read_page(page["url"], body, content_type=content_type, role="pasted", status=200)
    report = judge(Site(parse_target(page["url"]), NOW, (read_as,)))
    return Row(page["id"], page["label"], page.get("language", language), "", page["id"], "", report)


def _whole_site(pages: Sequence[dict[str, str]]) -> Report:
    """Judge a site by reading it from a recording, as an audit does: its links tell which pages are read."""
    with TemporaryDirectory() as folder:
        recording = Path(folder) / "site.warc.gz"
        write_records(recording, [crawled(page["url"], page["html"].encode(), NOW) for page in pages])
        return check_replay(recording)


def name_of(corpus: Path) -> str:
    """Return the name under which floors are kept: the folder's, and a digest of what is labelled."""
    return f"{corpus.name} {hashlib.sha256(b''.join(map(_bytes, _labelled(corpus)))).hexdigest()[:12]}"


def _labelled(corpus: Path) -> list[Path]:
    """Return the files that say what is in a corpus."""
    index = corpus / "index.csv"
    return [index] if index.exists() else sorted([*corpus.glob("*.jsonl"), *corpus.glob("*.jsonl.gz")])


def _bytes(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def _lines(file: Path) -> list[str]:
    return [line for line in _bytes(file).decode().split("\n") if line]


def measure(rows: Sequence[Row]) -> dict[str, object]:
    """Return all figures: per stratum, per text kind and language, the ladder, abstention."""
    strata: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        strata[row.label].append(row)
        if row.text_kind:
            strata[f"{row.label}/{row.text_kind}"].append(row)
        if row.label in POSITIVE and row.language:
            strata[f"{row.label}/{row.language}"].append(row)
    positive = [r for r in rows if r.label in POSITIVE]
    strata["all to be found"] = positive
    strata["all to be left alone"] = [r for r in rows if r.label not in POSITIVE]
    laddered = [r for r in rows if r.rung]
    undecided = (Verdict.UNVERIFIED, Verdict.CANNOT_ASSESS)
    return {
        "strata": {name: share([r.hit for r in of], [r.cluster for r in of]) for name, of in sorted(strata.items())},
        "promotion told": share([r.told for r in strata["spam_promo"]], [r.cluster for r in strata["spam_promo"]]),
        "undecided": {
            name: share([r.report.verdict in undecided for r in of], [r.cluster for r in of])
            for name, of in sorted(strata.items())
            if "/" not in name
        },
        "confusion": {
            name: dict(Counter(r.report.verdict.value for r in of))
            for name, of in sorted(strata.items())
            if "/" not in name
        },
        "ladder": share([rung_of(r.report) == r.rung for r in laddered], [r.cluster for r in laddered]),
    }


def rung_of(report: Report) -> str:
    """Return the lowest rung that the site says or does, "" if it says and does none."""
    ladder = report.ladder
    return "" if isinstance(ladder, Gap) or ladder.lowest is None else ladder.lowest.value


def share(hits: Iterable[bool], clusters: Iterable[str]) -> dict[str, float]:
    """Return a share with its 95 % interval (Wilson), as wide as that many independent sites make it: clusters, not pages."""
    hits = list(hits)
    n, sites = len(hits), len(set(clusters))
    if not n:
        return {"hits": 0, "of": 0, "clusters": 0, "share": 0.0, "low": 0.0, "high": 1.0}
    p = sum(hits) / n
    middle, spread = p + Z * Z / (2 * sites), Z * sqrt(p * (1 - p) / sites + Z * Z / (4 * sites * sites))
    scale = 1 + Z * Z / sites
    return {
        "hits": sum(hits),
        "of": n,
        "clusters": sites,
        "share": round(p, 4),
        "low": round(max(0.0, (middle - spread) / scale), 4),
        "high": round(min(1.0, (middle + spread) / scale), 4),
    }


def as_text(rows: Sequence[Row], figures: Mapping[str, object], show: str) -> str:
    """Return the tables for people."""
    lines = [f"{r.file:44} {r.language:3} {line(r)}" for r in rows if r.label == show]
    verdicts = [v.value for v in Verdict]
    lines += ["", f"{'label':28}" + "".join(f"{v[:13]:>14}" for v in verdicts)]
    for label, counts in figures["confusion"].items():  # type: ignore[attr-defined]
        lines.append(f"{label:28}" + "".join(f"{counts.get(v, 0):14}" for v in verdicts))
    lines += ["", f"{'stratum':34}{'found or accused':>18}{'share':>8}   95 % interval (clusters)"]
    for name, s in figures["strata"].items():  # type: ignore[attr-defined]
        lines.append(_share_line(name, s))
    for name in ("promotion told", "ladder"):
        if figures[name]["of"]:  # type: ignore[index]
            lines.append(_share_line(name, figures[name]))  # type: ignore[arg-type]
    for name, s in figures["undecided"].items():  # type: ignore[attr-defined]
        lines.append(_share_line(f"undecided: {name}", s))
    lines += ["", "The worst twenty errors:"]
    lines += [f"{r.file:44} {r.label:15} {r.language:3} {line(r)}" for r in worst(rows)[:20]]
    return "\n".join(lines)


def _share_line(name: str, s: Mapping[str, float]) -> str:
    found = f"{s['hits']} of {s['of']}"
    return f"{name:34}{found:>18}{s['share']:8.1%}   {s['low']:.1%} to {s['high']:.1%} ({s['clusters']})"


def line(row: Row) -> str:
    """Return what was made of a row: verdict, risk, kind, reasons."""
    report = row.report
    reasons = " ".join(f"{r.signal}:{r.points:+g}" for r in report.reasons)
    promoted = " +promoted" if report.promoted else ""
    return f"{report.verdict.value}{promoted} {report.risk} {report.kind.name.value} {reasons}"


def worst(rows: Sequence[Row]) -> list[Row]:
    """Return the errors: who was wronged first, by the risk that was seen; then who was missed, the quietest last."""
    wrong = [r for r in rows if r.wrong]
    return sorted(wrong, key=lambda r: (r.label in POSITIVE, -r.report.risk, r.file))


def hold(corpus: str, figures: Mapping[str, object], *, pin: bool, lower: bool) -> int:
    """Compare with the floors of a corpus; return 1 when one is not held, else 0."""
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    strata: Mapping[str, Mapping[str, float]] = figures["strata"]  # type: ignore[assignment]
    # Of what is to be found the share counts, of what is to be left alone what is left alone: both may only rise.
    now = {
        name: round(s["share"] if name.startswith(POSITIVE) else 1 - s["share"], 4)
        for name, s in strata.items()
        if "/" not in name and not name.startswith("all")
    }
    held = floors.get(corpus, {})
    broken = {name: (floor, now.get(name, 0.0)) for name, floor in held.items() if now.get(name, 0.0) < floor}
    for name, (floor, value) in broken.items():
        print(f"below its floor: {name} {value:.2%}, floor {floor:.2%}")
    if lower or (pin and not broken):
        floors[corpus] = now if lower else {name: max(value, held.get(name, 0.0)) for name, value in now.items()}
        FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        print(f"floors of {corpus} written")
        return 0
    return 1 if broken else 0


if __name__ == "__main__":
    main()
