"""The catalogue of signals: complete docstrings, known artifacts, a fresh README, a test each, and a light import."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from pharmcheck.docs import signals_readme
from pharmcheck.model import Evidence
from pharmcheck.signals import Signal, catalogue

FOLDER = Path(__file__).parents[1] / "pharmcheck" / "signals"
# Two milliseconds a signal with what they share, on a busy machine; a cold check has 1 s for everything.
IMPORT_MS = 150.0


def test_ids_are_files() -> None:
    """Every file of the folder is one signal, and the id is its name with dashes."""
    files = {path.stem.replace("_", "-") for path in FOLDER.glob("*.py")} - {"--init--"}
    assert {signal.id for signal in catalogue()} == files
    assert files


@pytest.mark.parametrize("signal", catalogue(), ids=lambda signal: signal.id)
def test_signal_is_documented(signal: Signal) -> None:
    """A signal has a title of one sentence, its parts, parameters that are fields of Evidence, and a test."""
    assert signal.title
    assert not signal.title.endswith(".")
    assert signal.why.endswith(".")
    assert signal.source.endswith(".")
    assert signal.false_alarm.endswith(".")
    assert set(signal.needs) <= {field.name for field in fields(Evidence)}
    assert signal.needs
    test = Path(__file__).parent / "signals" / f"test_{signal.id.replace('-', '_')}.py"
    assert test.is_file(), f"{test} is missing: a case that fires, a near miss, and an unknown where it raises Unread"


def test_readme_is_fresh() -> None:
    """The catalogue in README.md is what `pharmcheck docs` writes."""
    assert (FOLDER / "README.md").read_text() == signals_readme(), "stale: run `pharmcheck docs`"


def test_importing_all_signals_is_light() -> None:
    """Loading the catalogue, once the model is there, costs less than IMPORT_MS of processor time (best of five)."""
    code = (
        "import time, pkgutil, dataclasses, re, importlib, pharmcheck.model\n"
        "start = time.process_time()\n"
        "from pharmcheck.signals import catalogue\n"
        "catalogue()\n"
        "print((time.process_time() - start) * 1000)"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(5)]
    assert min(float(run.stdout) for run in runs) < IMPORT_MS


def test_listing_the_signals_loads_nothing_that_reads_pages() -> None:
    """Signals judge what was read: neither phrases nor medicines, offers or pages are sought to list them."""
    readers = [
        f"pharmcheck.reading.{name}"
        for name in ("kind", "lexicon", "medicines", "offers", "page", "phrases", "vantage")
    ]
    code = f"import sys; from pharmcheck.signals import catalogue; catalogue(); print(*(m for m in {readers} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
