"""What stands in deploy/ agrees with the code: names of options, ports, paths, sizes and extras."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.cli.serve import serve
from pharmcheck.registries.index import cache_folder
from pharmcheck.registries.store import data_root
from pharmcheck.web import shield
from pharmcheck.web.app import create_app
from pharmcheck.web.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "pharmcheck" / "web" / "deploy"
CONTAINER, UNIT, PROXY = (
    (DEPLOY / name).read_text("utf-8") for name in ("Containerfile", "pharmcheck.service", "nginx.conf")
)
DEFAULTS: dict[str | None, Any] = {param.name: param.default for param in serve.params}


@pytest.mark.parametrize("text", [CONTAINER, UNIT, PROXY], ids=["container", "unit", "proxy"])
def test_variables_are_options(text: str) -> None:
    """Each variable is that of an option of `pharmcheck serve`, or one of the two places of files."""
    known = {f"PHARMCHECK_{param.name.upper()}" for param in serve.params if param.name} | {
        "PHARMCHECK_DATA",
        "PHARMCHECK_CACHE",
    }
    named = set(re.findall(r"\bPHARMCHECK_[A-Z_]+", text))
    assert named
    assert named <= known


@pytest.mark.parametrize(
    ("text", "writable"), [(CONTAINER, "/data"), (UNIT, "/var/lib/pharmcheck")], ids=["container", "unit"]
)
def test_files_go_where_they_may_be_written(text: str, writable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Results, newer lists and indexes lie in the folders that the service owns."""
    commands = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    places = dict(re.findall(r"\b(PHARMCHECK_(?:STORE|DATA|CACHE))=(\S+)", commands))
    assert places.keys() == {"PHARMCHECK_STORE", "PHARMCHECK_DATA", "PHARMCHECK_CACHE"}
    assert all(
        place.startswith((f"{writable}/", "/var/cache/pharmcheck")) or place == writable for place in places.values()
    )
    for name, place in places.items():
        monkeypatch.setenv(name, place)
    assert (str(data_root()), str(cache_folder())) == (places["PHARMCHECK_DATA"], places["PHARMCHECK_CACHE"])


def test_ports_and_paths() -> None:
    """All speak of the port that is served by default, and the health of the container is asked at a route."""
    ports = set(re.findall(r"127\.0\.0\.1:(\d+)", CONTAINER + PROXY)) | set(re.findall(r"EXPOSE (\d+)", CONTAINER))
    assert ports == {str(DEFAULTS["port"])}
    asked = re.findall(r"127\.0\.0\.1:\d+(/\w+)", CONTAINER)
    assert asked
    assert set(asked) | set(re.findall(r"location = (\S+)", PROXY)) <= {
        getattr(r, "path", "") for r in create_app(Settings()).routes
    }


def test_sizes_and_times() -> None:
    """The proxy lets through what the server takes, and waits as long as a check may last."""
    assert f"client_max_body_size {shield.BODY_BYTES // 1000}k;" in PROXY
    waits = int(re.findall(r"proxy_read_timeout (\d+)s", PROXY)[0])
    assert waits > DEFAULTS["check_seconds"]


def test_the_extra_is_there() -> None:
    """What is installed is an extra of the package, and the image holds the files that its wheel is made of."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for extra in re.findall(r"(?:WHEEL|/src)\[(\w+)\]", CONTAINER + UNIT):
        assert extra in project["project"]["optional-dependencies"]
    kept = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE))
    needed = {
        "pyproject.toml",
        project["project"]["readme"],
        *project["project"]["license-files"],
        "registries",
        "pharmcheck",
    }
    assert kept == needed
