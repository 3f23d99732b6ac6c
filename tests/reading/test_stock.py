"""Stock sentences of shops are understood in many wordings; those of lawful pharmacies and of the news accuse nobody."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pharmcheck.model import Page, Stance, Verdict
from pharmcheck.reading.phrases import find_mentions
from tests.sites import report

FOLDER = Path(__file__).with_name("stock")
STOCK = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


def _lines(kind: str) -> list[tuple[str, str]]:
    return [(language, line) for language, stock in STOCK.items() for line in stock[kind]]


@pytest.mark.parametrize(("language", "line"), _lines("shop"))
def test_what_a_shop_says_is_understood(language: str, line: str) -> None:
    """A sentence by which shops are known asserts at least one concept."""
    mentions = find_mentions(Page("https://shop.example/", "home", 200, line, language=language))
    assert any(mention.stance is Stance.ASSERTED for mention in mentions)


@pytest.mark.parametrize(("language", "line"), _lines("lawful"))
def test_what_a_pharmacy_says_accuses_it_of_nothing(language: str, line: str) -> None:
    """A sentence that lawful pharmacies, regulators or papers write leaves a pharmacy's page alone."""
    html = "".join(f"<p>{part}</p>" for part in (*STOCK[language]["page"], line))
    verdict = report(html, "https://larkfield-place.example/terms").verdict
    assert verdict not in (Verdict.ROGUE, Verdict.SUSPICIOUS)
