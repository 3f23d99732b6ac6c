"""The command line with a judge that answers at once: no network, no files but the test's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pharmcheck.cli import main
from pharmcheck.model import Report

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line with these arguments, and `input` on stdin; stdout and stderr are kept apart."""
    for name in ("NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments, **given: CliRunner().invoke(
        main, [str(a) for a in arguments], prog_name="pharmcheck", **given
    )


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Report | Exception]], list[tuple[str, Any]]]:
    """Let every way of judging answer from a table by target, file name or URL; return the list of what was asked."""

    def answer_with(table: dict[str, Report | Exception]) -> list[tuple[str, Any]]:
        asked: list[tuple[str, Any]] = []

        def answer(key: str, options: Any) -> Report:
            asked.append((key, options))
            made = table[key]
            if isinstance(made, Exception):
                raise made
            return made

        monkeypatch.setattr("pharmcheck.pipeline.check", lambda target, **o: answer(target, o))
        monkeypatch.setattr("pharmcheck.pipeline.check_offline", lambda target, **o: answer(target, o))
        monkeypatch.setattr("pharmcheck.pipeline.check_replay", lambda path, **o: answer(path.name, o))
        monkeypatch.setattr("pharmcheck.pipeline.check_saved", lambda path, url, **o: answer(url, o))
        return asked

    return answer_with
