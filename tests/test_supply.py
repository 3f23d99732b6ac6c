"""What we depend on is declared, bounded and locked, and what is said about safety points to what exists."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pharmcheck import __version__

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = SETTINGS["project"]
CORE = [Requirement(text) for text in PROJECT["dependencies"]]
EXTRAS = {name: [Requirement(text) for text in rows] for name, rows in PROJECT["optional-dependencies"].items()}
LOCKS = ("requirements.lock", "requirements-dev.lock")
RUN_TIME = ("registries", "hosting", "web", "audit", "cluster", "qr", "render")
WITHIN = {"pdfminer-six": "pdfplumber"}  # which pins it exactly


def locked(name: str) -> dict[str, set[str]]:
    """Return the versions in a lock by package; there are several where they differ by Python."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([a-z0-9-]+)==([^ ;]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


def imported() -> Iterator[tuple[str, str]]:
    """Yield the packages that our code imports, with a file that does."""
    for path in (ROOT / "pharmcheck").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            yield from ((name.partition(".")[0], str(path.relative_to(ROOT))) for name in names)


@pytest.mark.parametrize(
    "requirement", [*CORE, *(r for rows in EXTRAS.values() for r in rows if r.name != "pharmcheck")], ids=str
)
def test_a_dependency_has_a_least_version_and_ends_before_a_break(requirement: Requirement) -> None:
    """At least the version whose behaviour we rely on, and less than one that nobody has tried."""
    assert {spec.operator for spec in requirement.specifier} == {">=", "<"}


def test_what_is_imported_is_declared() -> None:
    """A package that only comes along with another one may go with it."""
    declared = {canonicalize_name(r.name) for r in (*CORE, *(r for name in RUN_TIME for r in EXTRAS[name]))}
    homes = packages_distributions()
    for package, file in imported():
        if package in sys.stdlib_module_names or package == "pharmcheck":
            continue
        distributions = {canonicalize_name(name) for name in homes.get(package, [package])}
        known = {WITHIN.get(name, name) for name in distributions}
        assert known & declared, f"{file} imports {package}"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_hashes_and_no_place(name: str) -> None:
    """Each version has its hashes, and no line says from where it comes: `make lock` writes it."""
    text = (ROOT / name).read_text("utf-8")
    entries = re.split(r"\n(?=[a-z0-9-]+==)", text)[1:]
    assert len(entries) > len(CORE)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|--(extra-)?index|--find-links", text)
    assert "make lock" in text


@pytest.mark.parametrize(("name", "wanted"), [(LOCKS[0], CORE), (LOCKS[1], [*CORE, *EXTRAS["dev"], *EXTRAS["web"]])])
def test_a_lock_holds_what_is_declared(name: str, wanted: list[Requirement]) -> None:
    """A dependency that was added or moved needs `make lock`."""
    held = locked(name)
    for requirement in wanted:
        if requirement.name != "pharmcheck":
            versions = held.get(canonicalize_name(requirement.name), set())
            assert versions, f"{requirement.name} is not in {name}: run `make lock`"
            assert all(requirement.specifier.contains(version) for version in versions)


def test_who_has_a_release_has_what_its_pages_name() -> None:
    """The sdist holds the lock by which SECURITY.md installs, and the pages that stand beside it."""
    included = set(SETTINGS["tool"]["hatch"]["build"]["targets"]["sdist"]["include"])
    assert included >= {f"/{name}" for name in (LOCKS[0], "README.md", "SECURITY.md", "CHANGELOG.md", "LICENSE")}
    assert all((ROOT / name.removeprefix("/")).exists() for name in included)


def test_tests_run_with_what_people_run() -> None:
    """Each version of the one lock is that of the other."""
    people, tests = (locked(name) for name in LOCKS)
    assert {name: tests.get(name) for name in people} == people


def test_what_is_said_about_safety_points_to_what_exists() -> None:
    """Each module and test that SECURITY.md names is there."""
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    named = re.findall(r"`((?:tests/|bench/)?[a-z_/]+(?:\.py|/))`", text)
    assert len(named) > 30
    for name in named:
        assert (ROOT / name).exists() or (ROOT / "pharmcheck" / name).exists(), name


def test_the_version_stands_in_one_place() -> None:
    """The package holds it, the build reads it there, and the changelog begins with it."""
    assert PROJECT["dynamic"] == ["version"]
    assert "version" not in PROJECT
    assert SETTINGS["tool"]["hatch"]["version"]["path"] == "pharmcheck/__init__.py"
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == __version__


def test_what_is_promised_of_python_is_tried() -> None:
    """Each version that the package names is one in which the workflow runs everything, from the least on."""
    named = [c.rpartition(" ")[2] for c in PROJECT["classifiers"] if re.search(r"Python :: 3\.\d+$", c)]
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8")
    assert re.findall(r'"(3\.\d+)"', workflow) == named
    assert PROJECT["requires-python"] == f">={named[0]}"


def test_types_and_licence_are_shipped() -> None:
    """The marker of a typed package lies in it and is promised; the licence is the one whose text is there."""
    assert (ROOT / "pharmcheck" / "py.typed").exists()
    assert "Typing :: Typed" in PROJECT["classifiers"]
    assert PROJECT["license"] in (ROOT / "LICENSE").read_text("utf-8").partition("\n")[0]
