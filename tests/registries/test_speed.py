"""Look-ups stay quick with many entries; the bounds leave room for a machine that does other work as well."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "bench"))

import registries as bench  # a program of bench/, not a package


def test_twenty_thousand_entries(tmp_path: Path) -> None:
    """Half of all exact look-ups take under 5 ms and half of the others under 100 ms: a scan takes far longer."""
    figures = bench.measure(tmp_path, 20_000, asked=60, starts=1)
    medians = {name: ms for name, ms in figures.items() if name.endswith("median (ms)")}
    assert len(medians) == 11
    for name, ms in medians.items():
        assert ms < (5 if name.startswith(("domain", "number", "search by domain")) else 100), name
    assert figures["found with 0 errors (of 100)"] == 100
    assert figures["found with 1 errors (of 100)"] > 90
    assert figures["found with 2 errors (of 100)"] > 70
