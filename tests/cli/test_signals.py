"""`pharmcheck signals`: the catalogue and its entries."""

from __future__ import annotations

from pharmcheck.signals import catalogue
from pharmcheck.weights import load_weights
from tests.cli.conftest import Run


def test_lists_all(run: Run) -> None:
    """Every signal has a line with its points, or says that it is on trial."""
    lines = run("signals").stdout.splitlines()
    first = {line.split()[0]: line for line in lines if line and not line.startswith(" ")}
    weights = load_weights().signals
    for signal in catalogue():
        assert (f"{weights[signal.id].points:+.0f}" if signal.id in weights else "trial") in first[signal.id]


def test_tells_about_one(run: Run) -> None:
    """An entry gives why, source, false alarm, needs and weight; underscores and case do not matter."""
    shown = run("signals", "No_Prescription_Needed").stdout
    assert shown.startswith("no-prescription-needed: ")
    assert all(f"\n{part}: " in shown for part in ("Why", "Source", "False alarm", "Needs", "Weight"))
    assert "decibans" in shown


def test_unknown_id(run: Run) -> None:
    """An unknown id is wrong usage; near ids are offered."""
    result = run("signals", "no-precription-needed")
    assert result.exit_code == 2
    assert "no-prescription-needed" in result.stderr
