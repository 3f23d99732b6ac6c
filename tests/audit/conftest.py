"""What tests of audits share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pharmcheck.audit.engines import cluster


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A cluster of two workers on this machine."""
    with cluster("", 2) as client:
        yield client
