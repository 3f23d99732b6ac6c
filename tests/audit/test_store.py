"""The state of an audit: what is asked again, and which files are none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pharmcheck.audit.store import Job, Store, StoreError


def test_answers_that_are_too_old_are_asked_again(tmp_path: Path) -> None:
    """Younger ones are reused."""
    with Store(tmp_path / "state.sqlite") as store:
        for name, day in (("old.example", "2026-01-01"), ("new.example", "2026-10-01")):
            store.add_site(Job(name, f"http://{name}/", name))
            store.note_report(name, {"captured": f"{day}T00:00:00Z", "verdict": "unverified"})
        store.forget_before("2026-06-01T00:00:00Z")
        assert [job.identity for job in store.todo(10)] == ["old.example"]


def test_a_state_that_is_none_is_refused(tmp_path: Path) -> None:
    """With a sentence, and the file stays as it is."""
    (tmp_path / "state.sqlite").write_bytes(b"not a database, " * 100)
    with pytest.raises(StoreError, match="no state of an audit"):
        Store(tmp_path / "state.sqlite")


def test_a_state_of_another_version_is_refused_and_let_go(tmp_path: Path) -> None:
    """As often as it is tried: it is not held by who was refused."""
    path = tmp_path / "state.sqlite"
    Store(path).__exit__(None, None, None)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("UPDATE about SET value = '1' WHERE name = 'version'")
    refused = []
    for _ in range(2):
        with pytest.raises(StoreError, match="written by another version") as told:
            Store(path)
        refused.append(told)
