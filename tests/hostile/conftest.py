"""The profile of the long form: `make gauntlet` chooses it, with a seed that it prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.hostile.faults import SHOP, URL
from tests.loopback import Loopback
from tests.updating import NOW

settings.register_profile(
    "gauntlet",
    deadline=None,
    max_examples=1_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[list[str]]:
    """Serve a shop on loopback; yields the arguments of a check of it."""
    (tmp_path / "sites" / "shop.example").mkdir(parents=True)
    for name in ("index", "faq", "contact"):
        (tmp_path / "sites" / "shop.example" / f"{name}.html").write_text(SHOP.format(f"<a href=/faq>{name}</a>" * 200))
    with Loopback(tmp_path / "sites", NOW) as server:
        rules = [part for rule in server.connect_to for part in ("--connect-to", rule)]
        yield ["check", URL, "--no-vantage", "--format", "json", *rules]
