"""The command line as a process: light to start, quiet in a pipe, helpful."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import pharmcheck.cli
from pharmcheck import __version__
from tests.cli.conftest import Run
from tests.test_docs import COMMANDS

PYTHON = [sys.executable, "-m", "pharmcheck"]


def test_version_imports_click_only() -> None:
    """`--version` imports click and nothing else that is not Python's own, so it starts fast."""
    code = (
        "import sys; sys.argv = ['pharmcheck', '--version']\n"
        "try:\n    import pharmcheck.cli; pharmcheck.cli.main()\nexcept SystemExit: pass\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules} - set(sys.stdlib_module_names)))\n"
        "print(sorted(m for m in sys.modules if m.startswith('pharmcheck')))"
    )
    result = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _with_path(code)], capture_output=True, text=True, check=True
    )
    version, foreign, own = result.stdout.splitlines()
    assert version == f"pharmcheck {__version__}"
    assert set(eval(foreign)) <= {"__main__", "click", "pharmcheck"}
    assert own == "['pharmcheck', 'pharmcheck.cli']"


@pytest.mark.parametrize(
    "arguments",
    [["registries", "lookup", "pills.example"], ["check", "pills.example", "--offline"], ["serve", "--help"]],
    ids=" ".join,
)
def test_light_commands_import_nothing_of_the_web(arguments: list[str]) -> None:
    """Who asks on the command line does not wait for the server's packages."""
    code = (
        f"import sys; sys.argv = ['pharmcheck', *{arguments!r}]\n"
        "try:\n    import pharmcheck.cli; pharmcheck.cli.main()\nexcept SystemExit: pass\n"
        "print(sorted({'fastapi', 'starlette', 'uvicorn', 'pydantic', 'pharmcheck.web'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"


def _with_path(code: str) -> str:
    return f"import sys; sys.path[:] = {sys.path!r}\n{code}"


@pytest.mark.parametrize("command", [(), *COMMANDS], ids=" ".join)
def test_every_command_has_help(run: Run, command: tuple[str, ...]) -> None:
    """Each command has help with an example of its use."""
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert f"pharmcheck {' '.join(command)}".strip() in result.stdout.partition("\n")[2]
    assert run(*command, "-h").stdout == result.stdout


def test_help_lists_all_commands(run: Run) -> None:
    """The help of the program names every command, with a line on what it does."""
    shown = run("--help").stdout
    files = {path.stem for path in Path(pharmcheck.cli.__file__).parent.glob("*.py")}
    listed = re.findall(r"^  ([a-z]+) +\S+ ", shown.partition("Commands:")[2], re.MULTILINE)
    assert len(listed) == 10
    assert set(listed) <= files
    assert {words[0] for words in COMMANDS} == set(listed)


def test_an_option_means_the_same_in_every_command() -> None:
    """What two commands both take has the same kind of value and, unless it is about their own matter, the same words."""
    own = {"--format", "--output", "--out", "--offline", "--check", "--render"}
    seen: dict[str, tuple[str, str | None]] = {}
    for words, command in COMMANDS.items():
        for option in (p for p in command.params if isinstance(p, click.Option) and not p.hidden):
            for name in (o for o in option.opts if o not in own):
                told = (option.type.name, option.help)
                assert seen.setdefault(name, told) == told, f"{' '.join(words)} {name}"
    assert {"--verbose", "--country", "--connect-to", "--column"} <= seen.keys()


def test_broken_pipe_is_quiet() -> None:
    """A reader that goes away early causes no message."""
    process = subprocess.Popen([*PYTHON, "signals"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    process.wait()
    assert errors == b""


def test_terminal_that_knows_only_ascii() -> None:
    """Where stdout cannot write our symbols they are replaced; the command does not fail."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    result = subprocess.run([*PYTHON, "registries"], capture_output=True, env=environment, check=True)
    assert result.stdout.isascii()
    assert b"authority" in result.stdout


def test_unforeseen_failure_of_any_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong is a sentence and exit code 1; a traceback comes with -v only."""

    def broken() -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("pharmcheck.registries.load_registries", broken)
    result = run("registries")
    assert result.exit_code == 1
    assert "Please report this" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in run("registries", "update", "--check", "-v").stderr
