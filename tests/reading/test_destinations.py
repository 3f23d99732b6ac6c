"""Destinations: lists of countries, and how far apart they are."""

from __future__ import annotations

import pytest

from pharmcheck.model import Page
from pharmcheck.reading.continents import continents
from pharmcheck.reading.destinations import ships_to


def codes(text: str) -> list[str]:
    return [place.value for place in ships_to(Page("https://pills.example/", "shipping", 200, text))]


def test_a_list_under_a_heading() -> None:
    """Countries one a line, or a few, under a heading about shipping are destinations; the list ends with other text."""
    text = "Countries we ship to:\nUnited States\nCanada, Mexico\nGermany\n\nOur team\nIndia"
    assert codes(text) == ["US", "CA", "MX", "DE"]


def test_a_long_line_of_countries() -> None:
    """A line may be as long as the names of many countries."""
    names = (
        "USA, Canada, Mexico, Brazil, Germany, France, Spain, Italy, Portugal, Poland, Austria, Sweden, Norway, Finland"
    )
    line = f"We ship to {names}, Denmark, Belgium, Netherlands, Switzerland, Japan, Singapore, Thailand, Australia"
    assert len(set(codes(line + ", " + ", ".join(["New Zealand"] * 20)))) == 23


@pytest.mark.parametrize(
    "text",
    [
        "Countries we do not ship to:\nGermany\nFrance",
        "Our offices\nGermany\nFrance",
        "We ship quickly. "
        + "Our founder studied at length and wrote about health for many a paper. " * 8
        + "In Spain.",
    ],
)
def test_no_destinations(text: str) -> None:
    """Exclusions, lists of offices, and paragraphs that name a country in passing are none."""
    assert codes(text) == []


def test_continents_of_countries() -> None:
    """Neighbours lie on one continent; what we do not know counts for none."""
    assert continents(["DE", "FR", "GB"]) == {"Europe"}
    assert continents(["US", "BR", "AU", "JP", "WORLD"]) == {"America", "Oceania", "Asia"}
