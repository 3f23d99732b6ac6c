"""A plugin of pytest for `mutants.py`: each test begins without what was read before.

Mutants are tried in copies of a process that has run all tests once: what it remembers would answer in their place.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from steps import caches


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> Iterator[None]:
    """Empty the caches of what pages said before each test and behind it."""
    for cache in caches():
        cache.cache_clear()
    yield
    for cache in caches():
        cache.cache_clear()
