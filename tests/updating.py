"""A registry of a test's own with an old list, a data directory of its own, and an update over loopback."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pharmcheck.capture import CaptureOptions
from pharmcheck.refresh.update import Outcome, update
from pharmcheck.registries import Registries, load_registries
from tests.register import HOST, Register
from tests.registries.folders import site, write

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
URL = f"http://{HOST}/list.csv"
OLD = tuple(f"Old {n},{n:04},old{n}.example,,listed,,," for n in range(1, 5))
READER = """
[reader]
format = "csv"
columns = ["Name", "No", "Site", "Owner"]
[reader.fields]
name = "Name"
number = "No"
site = "Site"
"""
HASHED = READER.replace('format = "csv"', f'format = "csv"\nhash_url = "http://{HOST}/list.sha256"')
LINKED = HASHED.replace("list.sha256", "page").replace("\ncolumns", "\nhash_link = '/files/.*hash'\ncolumns")
NEW = "Name,No,Site,Owner\n" + "".join(f"New {n},{n:04},new{n}.example,Ann Owner\n" for n in range(1, 6))
FRESH = NEW.encode()
ID = "zz-sample"


@dataclass(frozen=True)
class Bench:
    """Where a test's registry and its lists are."""

    shipped: Path
    data: Path

    def update(self, register: Register, day: int = 0, *, accept_fewer: bool = False, **limits: Any) -> Outcome:
        """Update the registry over loopback, some days after NOW."""
        options = CaptureOptions(NOW + timedelta(days=day), connect_to=register.connect_to, **limits)
        return update(ID, options, lambda *_: None, accept_fewer=accept_fewer)

    def held(self) -> Registries:
        """Return the registries as a look-up sees them now."""
        load_registries.cache_clear()
        return load_registries()

    def sites(self) -> list[str]:
        """Return the sites of the list in use."""
        return [listing.domain for listing in self.held().listings]

    def finds(self, host: str) -> bool:
        """Tell whether a look-up finds a site."""
        return bool(self.held().for_site(site(host)))

    def log(self) -> list[dict[str, Any]]:
        """Return the lines of the registry's log."""
        return [json.loads(line) for line in (self.data / "registries" / ID / "log.jsonl").read_text().splitlines()]

    def versions(self) -> list[str]:
        """Return the names of the versions that are kept, oldest first."""
        return sorted(path.name for path in (self.data / "registries" / ID).glob("[0-9]*"))


Make = Callable[..., Bench]  # what the fixture make_registry gives


def table(spec: str) -> str:
    """Return a `[reader]` table as it stands in registry.toml."""
    text = "[reader]\n" + spec.strip()
    for name in ("fields", "parts", "values"):
        text = text.replace(f"\n[{name}]", f"\n[reader.{name}]")
    return "\n" + text + "\n"


def bench(root: Path, reader: str = READER, rows: tuple[str, ...] | None = OLD, **changed: str) -> Bench:
    """Write the registry with its old list, and return where it is; PHARMCHECK_DATA must name `root / "data"`."""
    assert os.environ["PHARMCHECK_DATA"] == str(root / "data")
    facts = {"download_url": f'"{URL}"', "number_pattern": "", "max_entries": "50", "min_entries": "1", **changed}
    shipped = write(root / "shipped", rows, ID, **facts)
    if rows is None:
        with (shipped / ID / "registry.toml").open("a") as out:
            out.write("min_entries = 1\nmax_entries = 50\n")
    with (shipped / ID / "registry.toml").open("a") as out:
        out.write(reader)
    return Bench(shipped, root / "data")
