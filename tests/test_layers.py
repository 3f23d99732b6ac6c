"""Imports point down only, and the network stays behind capture/."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "pharmcheck"
# The first part of the dotted path decides the layer; a module may import its own layer's package and those before it.
LAYERS = [
    {"model"},
    {"redirectors", "suffixes", "target", "whole_file"},
    {"reading"},
    {"readers"},
    {"enquiries", "law", "registries", "signals"},
    {"advice", "bearing", "buyers", "comparison", "evidence", "examine", "grade", "identifiers", "networks", "weights"},
    {"capture"},
    {"pipeline", "report", "refresh"},
    {"audit", "web"},
    {"results"},
    {"cli", "docs"},
]
NETWORK = {"httpx", "httpcore", "socket", "ssl", "dns", "whois", "requests", "urllib.request"}


def _modules() -> list[Path]:
    return sorted(
        p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or p.name not in ("__init__.py", "__main__.py")
    )


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _layer(part: str) -> int | None:
    return next((i for i, layer in enumerate(LAYERS) if part in layer), None)


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down_only(path: Path) -> None:
    """No module imports from a layer above its own."""
    own = _layer(path.relative_to(PACKAGE).parts[0].removesuffix(".py"))
    assert own is not None, f"{path.name} stands in no layer: name it in LAYERS"
    for name in _imports(path):
        if name.startswith("pharmcheck."):
            layer = _layer(name.split(".")[1])
            assert layer is None or layer <= own, f"{path.name} imports {name} from a layer above"


def _parts() -> dict[str, set[str]]:
    """Return, for each folder and each module beside them, which others it imports, also inside a function."""
    found: dict[str, set[str]] = {}
    for path in _modules():
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        parts = {name.split(".")[1] for name in _imports(path) if name.startswith("pharmcheck.")}
        found.setdefault(own, set()).update(part for part in parts if _layer(part) is not None and part != own)
    return found


def test_no_circle() -> None:
    """No part imports another that imports it, on whatever way round."""
    TopologicalSorter(_parts()).prepare()  # raises CycleError, which names the circle


def test_the_picture_shows_the_layers() -> None:
    """pharmcheck/README.md draws the layers as they are held here, the highest first, and each part stands."""
    text = (PACKAGE / "README.md").read_text("utf-8")
    picture = text.partition("<!-- layers -->")[2].partition("<!-- /layers -->")[0]
    drawn = [set(re.findall(r"\w+", row)) for row in re.findall(r"^│ (.*?) │", picture, re.MULTILINE)]
    assert drawn == LAYERS[::-1]
    assert picture.count("▼") == len(LAYERS) - 1
    assert set().union(*LAYERS) == _parts().keys()


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_capture_meets_the_network(path: Path) -> None:
    """httpx, sockets and their like are imported in capture/ only."""
    if path.relative_to(PACKAGE).parts[0] != "capture":
        assert not _imports(path) & NETWORK


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_the_web_form_needs_its_packages(path: Path) -> None:
    """What the extra `web` installs is imported in web/ and by the command that serves it."""
    if path.relative_to(PACKAGE).parts[0] != "web" and path.name != "serve.py":
        assert not {n.partition(".")[0] for n in _imports(path)} & {"fastapi", "starlette", "uvicorn", "pydantic"}


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_rendering_needs_a_browser(path: Path) -> None:
    """Playwright is imported where pages are rendered; and what imports that does so only when one is."""
    if path.name not in ("browser.py", "visit.py"):
        assert not {n.partition(".")[0] for n in _imports(path)} & {"playwright"}


@pytest.mark.parametrize("path", sorted((PACKAGE / "signals").glob("*.py")), ids=lambda p: p.stem)
def test_a_signal_imports_model_and_reading_at_most(path: Path) -> None:
    """Signals know the nouns and the reading, not one another."""
    if path.stem != "__init__":
        ours = {n for n in _imports(path) if n.startswith("pharmcheck.")}
        assert all(n.split(".")[1] in ("model", "reading") for n in ours), ours
