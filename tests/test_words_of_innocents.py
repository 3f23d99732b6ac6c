"""Lawful sellers, papers, patients and offices in the words of pill shops: none of them is accused, none promotes anybody."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pharmcheck.model import Verdict
from tests.sites import report

FILES = sorted((Path(__file__).parent / "words_of_innocents").glob("*.toml"))
INNOCENT = {
    f"{file.stem}: {name}": page for file in FILES for name, page in tomllib.loads(file.read_text("utf-8")).items()
}


@pytest.mark.parametrize("page", INNOCENT.values(), ids=INNOCENT.keys())
def test_their_words_accuse_nobody(page: dict[str, str]) -> None:
    """What they say of prescriptions, prices, parcels and messengers is lawful, told of others, or denied."""
    text = page["text"]
    html = text if text.startswith("<") else "".join(f"<p>{line}</p>" for line in text.split("\n"))
    found = report(html, page["url"])
    assert found.verdict not in (Verdict.SUSPICIOUS, Verdict.ROGUE)
    assert not found.promoted
