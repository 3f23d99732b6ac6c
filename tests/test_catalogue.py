"""The catalogue of signals: complete docstrings, known artifacts, a fresh README, a test each, and a light import."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from pharmcheck import signals
from pharmcheck.docs import signals_readme
from pharmcheck.model import Evidence
from pharmcheck.signals import Signal, SignalError, catalogue

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


SAYS = '"""The shop is blue.\n\n    {}\n    """'
PARTS = "Why: blue shops are odd: ask why.  Source: a note on Why: it is so, 2025.  False alarm: a painter."


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Signal]]:
    """Write a signal of that text beside the others, and return it as the catalogue has it."""
    monkeypatch.setattr(signals, "__path__", [str(tmp_path)])

    def write(text: str) -> Signal:
        (tmp_path / "blue_shop.py").write_text(text, encoding="utf-8")
        (found,) = catalogue.__wrapped__()
        return found

    yield write
    sys.modules.pop("pharmcheck.signals.blue_shop", None)


@pytest.mark.parametrize("parted", [PARTS, PARTS.replace(".  ", ".\n    ")])
def test_parts_on_one_line_or_several(written: Callable[[str], Signal], parted: str) -> None:
    """The parts of a docstring stand each on a line of its own, or one behind the other after two blanks."""
    found = written(f"def blue_shop(pages, target):\n    {SAYS.format(parted)}\n")
    assert (found.title, found.needs) == ("The shop is blue", ("pages", "target"))
    assert found.why == "blue shops are odd: ask why."
    assert found.source == "a note on Why: it is so, 2025."
    assert found.false_alarm == "a painter."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            f"def blue_shop(pages):\n    {SAYS.format('Why: odd.')}\n",
            "the docstring lacks Source, False alarm; it is a sentence",
        ),
        ("def blue_shop(pages):\n    pass\n", "the docstring lacks title, Why, Source, False alarm"),
        (
            f"def blue_shop(pagez):\n    {SAYS.format(PARTS)}\n",
            "no field of Evidence is called pagez; there are target, ",
        ),
        (f"def red_shop(pages):\n    {SAYS.format(PARTS)}\n", "holds no function blue_shop"),
    ],
)
def test_what_a_file_lacks_is_told_to_its_author(written: Callable[[str], Signal], text: str, why: str) -> None:
    """The message names the file, and what it needs."""
    with pytest.raises(SignalError, match=r"^pharmcheck/signals/blue_shop\.py") as refused:
        written(text)
    assert why in str(refused.value)
