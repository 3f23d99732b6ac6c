"""No test leaves this machine, or reads the lists that the person who runs it has downloaded; some have their own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.only_loopback.sitecustomize import LOG, watch

CONTROLLER = f"{LOG}_OF_CONTROLLER"


def pytest_configure(config: pytest.Config) -> None:
    """Before any test module is imported: some ask the registries while tests are collected."""
    os.environ[CONTROLLER] = os.environ.get(LOG, "") if hasattr(config, "workerinput") else ""
    for name in ("PHARMCHECK_DATA", "PHARMCHECK_CACHE", LOG):
        folder = TemporaryDirectory(prefix="pharmcheck-")
        config.add_cleanup(folder.cleanup)
        os.environ[name] = folder.name
    os.environ[LOG] = str(Path(os.environ[LOG], "tried.txt"))
    watched = str(Path(__file__).parent / "only_loopback")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (watched, os.environ.get("PYTHONPATH", ""))))
    sys.addaudithook(watch)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What was tried outside of a test, or by a process that outlived its test, fails the run."""
    if tried := _tried():
        told = "".join(f"left this machine, outside of any test: {line}\n" for line in tried)
        if controller := os.environ[CONTROLLER]:  # xdist's workers decide nothing
            Path(controller).write_text(told)
        sys.stderr.write(told)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def only_loopback() -> Iterator[None]:
    """A test fails where it, or a process that it started, tries to leave this machine, whatever came of it."""
    yield
    assert not _tried()


def _tried() -> list[str]:
    """Return what tried to leave this machine since this was last asked."""
    log = Path(os.environ[LOG])
    if not log.exists():
        return []
    lines = log.read_text("utf-8", "replace").splitlines()
    log.unlink()
    return lines


@pytest.fixture
def make_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Make a registry with an old list, and a data directory, for this test alone (tests/updating.py)."""
    from pharmcheck.registries import load_registries, store
    from tests.updating import bench

    monkeypatch.setenv("PHARMCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(store, "shipped_root", lambda: tmp_path / "shipped")
    load_registries.cache_clear()
    yield lambda *args, **changed: bench(tmp_path, *args, **changed)
    load_registries.cache_clear()
