"""`pharmcheck registries`: the lists, their age, and the search in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pharmcheck.registries import load_registries, read_registries
from tests.cli.conftest import Run
from tests.registries.folders import write


def test_lists_all(run: Run) -> None:
    """Every registry has a line that says what it lists; one without a copy says so."""
    lines = {line.split()[0]: line for line in run("registries").stdout.splitlines() if not line.startswith(" ")}
    words = {"positive": "lawful sellers", "negative": "warnings", "neutral": "neither"}
    for registry in load_registries().all:
        assert words[registry.polarity] in lines[registry.id]
        expected = (str(registry.entries), str(registry.as_of)) if registry.entries else ("none held",)
        assert all(part in lines[registry.id] for part in expected)


@pytest.mark.parametrize("text", ["lekarnauzamkubucovice.cz", "hxxps://lekarnauzamkubucovice[.]cz/a", "81713000000"])
def test_finds_by_site_or_number(run: Run, text: str) -> None:
    """A site, pasted in any form, or a number finds the entry with the date of our copy."""
    shown = run("registries", "lookup", text).stdout
    assert "✔ listed by" in shown
    assert "our copy is of" in shown


def test_warning_first_and_defanged(run: Run) -> None:
    """Of a site in both kinds of list the warning comes first, and its address cannot be clicked."""
    shown = run("registries", "lookup", "lekarnauzamkubucovice.cz").stdout
    assert shown.index("✖ warning by") < shown.index("✔ listed by")
    assert "lekarnauzamkubucovice[.]cz" in shown
    assert "lekarnauzamkubucovice.cz" not in shown


def test_a_number_in_a_neutral_list_is_told_to_prove_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of identifiers is no list of lawful sellers, and no entry of it looks like one."""
    rows = ("Sample Ltd,1001,,,recorded,,,",)
    held = read_registries(write(tmp_path, rows, polarity='"neutral"', lists='["identifiers"]'))
    monkeypatch.setattr("pharmcheck.registries.load_registries", lambda: held)
    shown = run("registries", "lookup", "1001").stdout
    assert "· recorded, which proves nothing about a site, by" in shown
    assert "✔" not in shown


def test_nothing_found_proves_nothing(run: Run) -> None:
    """No entry is told as such, with exit code 0, and never as a verdict."""
    result = run("registries", "lookup", "zzqy\x1b[31m")
    assert result.exit_code == 0
    assert "That alone proves nothing" in result.stdout
    assert "\x1b" not in result.stdout


def test_needs_something_to_look_for(run: Run) -> None:
    """An empty search is wrong usage."""
    assert run("registries", "lookup", " ").exit_code == 2
