"""`pharmcheck docs`: the generated pages of a checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pharmcheck.docs import phrases_readme, readme, registries_readme, signals_readme
from pharmcheck.registries import load_registries
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parent.parent.parent


def test_readme_shows_the_report_of_today() -> None:
    """The report in README.md is what the recorded site gets now."""
    assert readme(ROOT) == (ROOT / "README.md").read_text(encoding="utf-8"), "stale: run `pharmcheck docs`"


def test_catalogue_of_phrases_is_fresh() -> None:
    """The table of concepts by language is what the files hold, and the twelve languages have every concept."""
    page = ROOT / "pharmcheck/reading/phrases/README.md"
    text = phrases_readme()
    assert page.read_text(encoding="utf-8") == text, "stale: run `pharmcheck docs`"
    rows = [line.split("|") for line in text.splitlines() if line.startswith("|") and not line.startswith("|-")]
    lacking = [row[1].strip() for row in rows if row[1].strip() != "concept" and any("·" in c for c in row[2:14])]
    assert not lacking


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout that the command takes for its own."""
    for folder in ("pharmcheck/signals", "pharmcheck/reading/phrases", "registries"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "cassettes").symlink_to(ROOT / "cassettes")
    (tmp_path / "README.md").write_text("<!-- report -->\n<!-- /report -->\n", encoding="utf-8")
    monkeypatch.setattr("pharmcheck.__file__", str(tmp_path / "pharmcheck" / "__init__.py"))
    return tmp_path


def test_writes_what_is_out_of_date(run: Run, checkout: Path) -> None:
    """Pages are written where they differ, and named; a second run writes nothing."""
    assert "registries/README.md written" in run("docs").stdout
    assert (checkout / "registries/README.md").read_text(encoding="utf-8") == registries_readme()
    assert (checkout / "pharmcheck/signals/README.md").read_text(encoding="utf-8") == signals_readme()
    assert run("docs").stdout == ""


def test_check_writes_nothing(run: Run, checkout: Path) -> None:
    """--check exits 1 for a page that is out of date, and leaves it."""
    result = run("docs", "--check")
    assert result.exit_code == 1
    assert "run `pharmcheck docs`" in result.stdout
    assert not (checkout / "registries/README.md").exists()


def test_not_a_checkout(run: Run, checkout: Path) -> None:
    """An installed package has no pages to write: wrong usage."""
    (checkout / "pyproject.toml").unlink()
    assert run("docs").exit_code == 2


def test_pages_tell_of_the_shipped_lists(
    run: Run, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list of one's own, even one that cannot be read, has no part in them."""
    monkeypatch.setenv("PHARMCHECK_DATA", str(tmp_path / "data"))
    version = tmp_path / "data" / "registries" / "cz-sukl" / "1"
    version.mkdir(parents=True)
    (version / "list.json").write_text("{", encoding="utf-8")
    load_registries.cache_clear()
    result = run("docs")
    load_registries.cache_clear()
    assert result.exit_code == 0, result.output
    written = (checkout / "registries" / "README.md").read_text(encoding="utf-8")
    assert written == (ROOT / "registries" / "README.md").read_text(encoding="utf-8")
    assert os.environ["PHARMCHECK_DATA"] == str(tmp_path / "data")
