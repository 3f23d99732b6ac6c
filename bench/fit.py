"""Fit the weights to a labelled corpus: `python bench/fit.py --corpus DIR [--write]`.

Each weight starts from its expert estimate and is moved by the pages on which its signal fires: logistic loss, pages of one
cluster sharing one vote, a lawful page counting twenty times, a quadratic pull back to the expert (two decibans are one
standard deviation), never below zero and never further than six decibans away; groups keep their caps and trust its weights.
`--write` puts the new points and the counts into weights.toml; without it the table is only printed.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from accuracy import POSITIVE, Row, read

from pharmcheck.grade import BYSTANDER, SCORED, TRUST
from pharmcheck.model import Answer
from pharmcheck.weights import Weights, load_weights

WEIGHTS = Path(__file__).resolve().parent.parent / "pharmcheck" / "weights.toml"
PULL_DB = 2.0  # how far an expert is off as a rule
REACH_DB = 6.0  # a factor of four: more than that the expert must look at again
COST = 20.0  # of wronging a lawful site, in missed ones
STEPS, RATE = 400, 0.5
NAT = math.log(10) / 10  # one deciban in natural units
# Facts of registers are no matter of frequency on sampled pages.
FIXED = TRUST | {
    "on-official-warning-list",
    "not-in-exhaustive-register",
    "licence-belongs-to-another-domain",
    "licence-number-unknown-to-register",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    weights = load_weights()
    rows = read(arguments.corpus)
    counts = {signal: count(rows, signal) for signal in weights.signals}
    fitted = fit(rows, weights)
    clusters = (
        len({r.cluster for r in rows if r.label in POSITIVE}),
        len({r.cluster for r in rows if r.label not in POSITIVE}),
    )
    print(
        f"{'signal':48}{'expert':>8}{'fitted':>8}   sources that show it: of {clusters[0]} rogue, of {clusters[1]} other"
    )
    for signal, weight in sorted(weights.signals.items()):
        print(f"{signal:48}{weight.expert:8.1f}{fitted[signal]:8.1f}   {counts[signal][0]:4} {counts[signal][1]:4}")
    if arguments.write:
        WEIGHTS.write_text(written(WEIGHTS.read_text("utf-8"), fitted, counts, clusters), encoding="utf-8")


def fired(row: Row) -> frozenset[str]:
    """Return the signals that fire on a page and are scored there."""
    found = {f.signal for f in row.report.findings if f.answer is Answer.PRESENT}
    return frozenset(found if row.report.kind.name in SCORED else found & BYSTANDER)


def count(rows: Sequence[Row], signal: str) -> tuple[int, int]:
    """Return on how many sources, rogue and other, a signal fires."""
    rogue = {r.cluster for r in rows if r.label in POSITIVE and signal in fired(r)}
    other = {r.cluster for r in rows if r.label not in POSITIVE and signal in fired(r)}
    return len(rogue), len(other)


def fit(rows: Sequence[Row], weights: Weights) -> dict[str, float]:
    """Return the points of each signal, in decibans, by projected gradient descent."""
    # Intermediaries send from abroad by nature, and have a bar of their own.
    rows = [r for r in rows if r.label != "intermediary"]
    share = Counter(r.cluster for r in rows)
    pages = [(fired(r) & weights.signals.keys(), r.label in POSITIVE, 1 / share[r.cluster]) for r in rows]
    pages = [page for page in pages if page[0]]
    expert = {signal: weight.expert for signal, weight in weights.signals.items()}
    points = dict(expert)
    for _ in range(STEPS):
        slope = {signal: (points[signal] - expert[signal]) / PULL_DB**2 for signal in points}
        for signals, rogue, vote in pages:
            full = _full_groups(signals, points, weights)
            total = weights.prior + sum(_capped(signals, points, weights).values())
            chance = 1 / (1 + math.exp(-total * NAT))
            error = (chance - rogue) * vote * (1.0 if rogue else COST)
            for signal in signals:
                if weights.signals[signal].group not in full:
                    slope[signal] += error * NAT
        for signal in points.keys() - FIXED:
            moved = points[signal] - RATE * slope[signal]
            points[signal] = min(max(moved, 0.0, expert[signal] - REACH_DB), expert[signal] + REACH_DB)
    return {signal: round(value * 2) / 2 for signal, value in points.items()}


def _capped(signals: frozenset[str], points: Mapping[str, float], weights: Weights) -> dict[str, float]:
    sums: dict[str, float] = {}
    for signal in signals:
        group = weights.signals[signal].group
        sums[group] = sums.get(group, 0.0) + points[signal]
    return {group: max(-weights.caps[group], min(weights.caps[group], total)) for group, total in sums.items()}


def _full_groups(signals: frozenset[str], points: Mapping[str, float], weights: Weights) -> set[str]:
    """Return the groups whose cap is reached: there a weight more or less changes nothing."""
    return {g for g, total in _capped(signals, points, weights).items() if abs(total) >= weights.caps[g]}


def written(
    text: str, fitted: Mapping[str, float], counts: Mapping[str, tuple[int, int]], clusters: tuple[int, int]
) -> str:
    """Return weights.toml with new points and counts; comments and order stay."""
    text = re.sub(r"(?m)^sources = .*$", f"sources = [{clusters[0]}, {clusters[1]}]", text)
    for signal, points in fitted.items():
        at = text.index(f"[signals.{signal}]")
        end = text.find("\n[", at + 1)
        block = text[at : end if end >= 0 else len(text)]
        new = re.sub(r"(?m)^points = .*$", f"points = {points}", block)
        new = re.sub(r"(?m)^seen = .*$", f"seen = [{counts[signal][0]}, {counts[signal][1]}]", new)
        text = text.replace(block, new)
    return text


if __name__ == "__main__":
    main()
