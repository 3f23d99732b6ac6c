"""The registries that are shipped: their facts, their entries, and the traps that real lists hold."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from pharmcheck.docs import registries_readme
from pharmcheck.model import Target
from pharmcheck.registries import load_registries

ROOT = Path(__file__).resolve().parent.parent / "registries"


def site(host: str, path: str = "/") -> Target:
    url = f"https://{host}{path}"
    return Target(url, url, host, ".".join(host.split(".")[-2:]))


def test_every_shipped_folder_is_read_and_its_facts_are_in_use() -> None:
    """All folders load, patterns compile, and numbers, hosts and dates are such that a check can use them."""
    registries = load_registries()
    assert [r.id for r in registries.all] == sorted(p.parent.name for p in ROOT.glob("*/registry.toml"))
    assert len(registries.all) >= 28
    for folder in registries.folders:
        registry = folder.registry
        assert re.fullmatch(r"[A-Z]{2}", registry.country), registry.id
        assert registry.id.startswith(registry.country.lower() + "-")
        assert re.compile(registry.number_pattern)
        assert registry.url.startswith(("https://", "http://"))
        assert registry.polarity == "positive" or not registry.exhaustive
        assert registry.source, registry.id


def test_shipped_entries_have_only_the_allowed_status_and_an_address_to_open() -> None:
    """Rows are listed, warned or lifted, dated no later than their list, each with a page for a person."""
    registries = load_registries()
    polarity = {r.id: r.polarity for r in registries.all}
    assert len(registries.listings) > 800
    for listing in registries.listings:
        allowed = {"listed"} if polarity[listing.registry] == "positive" else {"warned", "lifted"}
        assert listing.status in allowed
        assert listing.url.startswith("http")
        assert listing.since is None or listing.since <= listing.as_of


def test_a_listed_site_that_was_later_warned_of_shows_both_and_the_warning_first() -> None:
    """The register of February 2026 still names a domain that the same agency put on its illegal list in 2024."""
    first, second = load_registries().for_site(site("www.lekarnauzamkubucovice.cz"))
    assert (first.registry, first.status, first.since) == ("cz-sukl-illegal", "warned", date(2024, 12, 19))
    assert (second.registry, second.status, second.as_of) == ("cz-sukl", "listed", date(2026, 2, 27))
    assert first.as_of > second.as_of


@pytest.mark.parametrize(
    ("host", "path", "ids"),
    [
        ("www.rohlik.cz", "/lekarna/c1", {"cz-sukl"}),
        ("www.rohlik.cz", "/", set()),
        ("www.dm.de", "/dm-med", {"cz-sukl"}),
        ("www.dm.de", "/makeup", set()),
    ],
)
def test_a_pharmacy_inside_a_larger_shop_is_matched_by_its_path(host: str, path: str, ids: set[str]) -> None:
    """The register names a part of these shops only."""
    assert {x.registry for x in load_registries().for_site(site(host, path))} == ids


def test_a_list_with_missing_web_addresses_does_not_claim_to_be_exhaustive() -> None:
    """Absence never counts where entries lack their address: a lawful pharmacy would be wronged."""
    partly = [f.registry for f in load_registries().folders if f.registry.entries and f.names_sites != "yes"]
    assert "cz-sukl" in {r.id for r in partly}
    assert not any(r.exhaustive for r in partly)


def test_a_lifted_warning_is_marked_so() -> None:
    """An entry that the agency deleted is kept, but is not a warning in force."""
    (found,) = load_registries().for_site(site("lekarnaharmonie.cz"))
    assert (found.status, found.note) == ("lifted", "entry deleted on 2023-01-02; no longer in force")


def test_a_shipped_number_leads_to_its_entry() -> None:
    """The number of a Czech pharmacy names its site."""
    found = load_registries().by_number("cz-sukl", "81713000000")
    assert [x.domain for x in found] == ["lekarnauzamkubucovice.cz"]


def test_letters_about_marketing_are_kept_apart_from_those_about_unlawful_sale() -> None:
    """A telehealth firm's letter stands in its own list, and its note says that it finds no illegal pharmacy."""
    letters = [x for x in load_registries().listings if x.registry == "us-fda-wl-telehealth"]
    assert letters
    assert all("no finding of an illegal pharmacy" in x.note for x in letters)


def test_the_readme_of_the_registries_is_up_to_date() -> None:
    """registries/README.md is generated: run `pharmcheck docs` after a change."""
    assert (ROOT / "README.md").read_text("utf-8") == registries_readme(), "run `pharmcheck docs`"
