"""The tests of reading take the phrases from their .toml files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pharmcheck.reading import lexicon


@pytest.fixture(autouse=True, scope="session")
def phrases_as_edited() -> Iterator[None]:
    """An edit of a .toml file counts at once, before `pharmcheck docs` has been run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "written", lambda: lexicon.compiled().encode())
        lexicon.lexicon.cache_clear()
        yield
    lexicon.lexicon.cache_clear()
