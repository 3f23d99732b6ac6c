"""`pharmcheck serve` as a process."""

from __future__ import annotations

import builtins
import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.cli.conftest import Run
from tests.loopback import Loopback
from tests.sites import NOW
from tests.web.serving import SITES, served


def test_a_check_from_form_to_result(tmp_path: Path) -> None:
    """The served form takes a link, follows it to its result, and keeps it in the file that was named."""
    store = tmp_path / "results.db"
    with Loopback(SITES, NOW) as sites:
        with served(sites, "--store", str(store), "--workers", "1") as (address, _):
            sent = Request(
                f"{address}/checks",
                urlencode({"target": "potenzwelt24.example", "country": "DE"}).encode(),
                {"Sec-Fetch-Site": "same-origin"},
            )
            with urlopen(sent) as page:
                place = page.url
            urlopen(f"{place}/events").read()
            assert "do not buy" in urlopen(place).read().decode()
        with served(sites, "--store", str(store), "--workers", "1") as (again, _):
            assert "do not buy" in urlopen(place.replace(address, again)).read().decode()


def test_workers_end_with_it() -> None:
    """When the server is told to end, its workers end too."""
    with Loopback(SITES, NOW) as sites, served(sites, "--workers", "2") as (_, pid):
        children = Path(f"/proc/{pid}/task/{pid}/children")
        if not children.exists():
            pytest.skip("this system does not tell the children of a process")
        workers = [Path("/proc", child) for child in children.read_text().split()]
        assert len(workers) == 2
    assert not [worker for worker in workers if worker.exists()]


def test_without_its_packages(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is not installed, a sentence says how to install it."""
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "uvicorn":
            raise ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    result = run("serve")
    assert result.exit_code == 1
    assert "pip install 'pharmcheck[web]'" in result.stderr


def test_a_file_that_cannot_keep_results(run: Run, tmp_path: Path) -> None:
    """A text, a database of somebody else and a folder that is not there are refused with a sentence, and left as they are."""
    text, other = tmp_path / "links.txt", tmp_path / "other.db"
    text.write_text("a text, no database")
    with contextlib.closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE checks (name TEXT)")
    for file in (text, other, tmp_path / "nowhere" / "results.db"):
        result = run("serve", "--store", file)
        assert (result.exit_code, "Invalid value for '--store'" in result.stderr) == (2, True), file
    assert text.read_text() == "a text, no database"


@pytest.mark.parametrize(
    "origin", ["foo", "shop.example", "*", "https://shop.example/", "https://Shop.example", "https://shop.example:443"]
)
def test_an_origin_that_no_browser_sends(run: Run, origin: str) -> None:
    """What could never match the header of a browser is refused instead of being ignored."""
    result = run("serve", "--allow-origin", origin)
    assert result.exit_code == 2
    assert f"{origin!r} is no origin as browsers send it" in " ".join(result.stderr.split())


def test_settings_come_from_the_environment() -> None:
    """Each option may be set by a variable, and a wrong one is named."""
    command = [sys.executable, "-m", "pharmcheck", "serve"]
    result = subprocess.run(
        command, capture_output=True, text=True, env={"PATH": "/usr/bin", "PHARMCHECK_PORT": "notaport"}, check=False
    )
    assert result.returncode == 2
    assert "notaport" in result.stderr
