"""The map of the folder: each module in one place, and each place after those that it needs."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

READING = Path(__file__).resolve().parents[2] / "pharmcheck" / "reading"
SECTIONS = (READING / "README.md").read_text("utf-8").split("\n## ")[1:]
FILES = [
    (name, place)
    for place, section in enumerate(SECTIONS)
    for row in re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)
    for name in re.findall(r"`([\w.]+)`", row)
]
MODULES = sorted(path for path in READING.glob("*.py") if path.name != "__init__.py")


def test_each_file_has_one_place() -> None:
    """The README names each module and each table of the folder once, and none that is not there."""
    there = [path.name for path in READING.iterdir() if path.suffix in (".py", ".csv", ".toml")]
    assert Counter(name for name, _ in FILES) == Counter(name for name in there if name != "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_a_module_needs_none_further_down(path: Path) -> None:
    """A module imports those of its own section and of sections above it, also inside a function."""
    place = dict(FILES)
    imported = {
        node.module.rpartition(".")[2]
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pharmcheck.reading.")
    }
    assert {name for name in imported if place[f"{name}.py"] > place[path.name]} == set()
