"""No test reads the lists that the person who runs it has downloaded; some have lists of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Before any test module is imported: some ask the registries while tests are collected."""
    for name in ("PHARMCHECK_DATA", "PHARMCHECK_CACHE"):
        folder = TemporaryDirectory(prefix="pharmcheck-")
        config.add_cleanup(folder.cleanup)
        os.environ[name] = folder.name


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
