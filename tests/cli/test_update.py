"""`pharmcheck registries update`: what it tells, its exit codes, and that a look-up then says the new date."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pharmcheck.registries import load_registries
from tests.cli.conftest import Run
from tests.register import Answer, Register
from tests.updating import ID, NEW, Bench


def rules(register: Register) -> list[str]:
    return [word for rule in register.connect_to for word in ("--connect-to", rule)]


def test_a_list_is_refreshed_and_looked_up(run: Run, make_registry: Callable[..., Bench]) -> None:
    """Without an ID every registry whose list can be downloaded is asked; a look-up says the date of the new list."""
    own = make_registry()
    with Register({"/list.csv": Answer(NEW.encode())}) as register:
        result = run("registries", "update", *rules(register))
    assert result.exit_code == 0
    assert result.stdout.startswith("zz-sample: 5 entries as of ")
    assert "5 added, 4 removed" in result.stdout
    day = own.held().all[0].as_of
    shown = run("registries", "lookup", "new1.example").stdout
    assert day is not None
    assert f"our copy is of {day.day} {day:%b %Y}" in shown
    assert str(day) in run("registries").stdout


def test_a_failure_is_told_and_the_exit_code_is_1(run: Run, make_registry: Callable[..., Bench]) -> None:
    """The words name registry, what happened, and that the old list is in use."""
    make_registry()
    with Register({"/list.csv": Answer(NEW.replace("Site", "Web").encode())}) as register:
        result = run("registries", "update", ID, *rules(register))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "zz-sample: the columns have changed: the column 'Site' is missing and 'Web' is new" in result.stderr
    assert "zz-sample: the old list stays in use" in result.stderr


def test_each_step_is_told_with_v(run: Run, make_registry: Callable[..., Bench]) -> None:
    """How much has come is told as a bar while it comes."""
    make_registry()
    with Register({"/list.csv": Answer(NEW.encode())}) as register:
        result = run("registries", "update", ID, "-v", *rules(register))
    assert "zz-sample ████████████████████ 100% of 0.0 MB" in result.stderr


def test_a_list_by_hand(run: Run, make_registry: Callable[..., Bench], tmp_path: Path) -> None:
    """A file that a person saved takes the list's place, as of the day that is given, or else of its last change."""
    own = make_registry()
    saved = tmp_path / "saved.csv"
    saved.write_text(NEW)
    assert "as of 3 Nov 2026" in run("registries", "update", ID, "--from", saved, "--as-of", "2026-11-03").stdout
    assert own.finds("new1.example")
    saved.write_text(NEW.replace("new1", "other1"))
    assert run("registries", "update", ID, "--from", saved).exit_code == 0
    assert own.finds("other1.example")


def test_what_is_stale_is_told(run: Run, make_registry: Callable[..., Bench], tmp_path: Path) -> None:
    """--check downloads nothing; its exit code is 1 while a list that can be refreshed is stale."""
    own = make_registry()
    before = run("registries", "update", "--check")
    assert (before.exit_code, "stale, " in before.stdout) == (1, True)
    (own.shipped / ID / "registry.toml").write_text(
        (own.shipped / ID / "registry.toml").read_text().replace("max_age_days = 90", "max_age_days = 90000")
    )
    load_registries.cache_clear()
    after = run("registries", "update", "--check")
    assert (after.exit_code, "fresh" in after.stdout) == (0, True)


def test_a_look_up_needs_no_reader() -> None:
    """What reads lists, and the network, are imported for an update only."""
    code = (
        "import sys; from pharmcheck.cli import main\n"
        "main(['registries', 'lookup', 'corner.example'], standalone_mode=False)\n"
        "print(sorted({'bs4', 'lxml', 'pdfplumber', 'python_calamine', 'httpx'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["no-such"], "no registry has the id 'no-such'"),
        (["../x"], "no registry has the id"),
        (["--check", "no-such"], "no registry has the id 'no-such'"),
        (["--from", "FILE"], "--from takes the list of one registry"),
        (["--as-of", "2026-01-01", "zz-sample"], "--as-of goes with --from"),
        (["--connect-to", "nonsense", "zz-sample"], "HOST:PORT:ADDR:PORT"),
    ],
)
def test_wrong_usage(
    run: Run, make_registry: Callable[..., Bench], tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    """A wrong call is refused before anything is asked, with exit code 2."""
    make_registry()
    (tmp_path / "list.csv").touch()
    result = run("registries", "update", *(str(tmp_path / "list.csv") if a == "FILE" else a for a in arguments))
    assert result.exit_code == 2
    assert complaint in result.stderr


def test_a_registry_that_can_only_be_looked_at(run: Run, make_registry: Callable[..., Bench]) -> None:
    """Where the form of a list is not known, a person is sent to its page."""
    make_registry("")
    result = run("registries", "update", ID)
    assert result.exit_code == 1
    assert "can only be looked at: https://register.example/" in result.stderr


def test_a_list_without_an_address_is_given_by_hand(run: Run, make_registry: Callable[..., Bench]) -> None:
    """Where the form is known and the address is not, a person is told how to give the file."""
    make_registry(rows=None, download_url="")
    result = run("registries", "update", ID)
    assert result.exit_code == 1
    assert "zz-sample: no list is held, as before" in result.stderr
    assert "--from FILE zz-sample" in result.stderr
