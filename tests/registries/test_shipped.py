"""The registries that are shipped: their facts, their entries, and the traps that real lists hold."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pharmcheck.docs import registries_readme
from pharmcheck.law import EEA
from pharmcheck.registries import load_registries
from tests.registries.folders import site

ROOT = Path(__file__).resolve().parent.parent.parent / "registries"


def test_every_shipped_folder_is_read_and_its_facts_are_in_use() -> None:
    """All folders load, patterns compile, and numbers, hosts and dates are such that a check can use them."""
    registries = load_registries()
    assert [r.id for r in registries.all] == sorted(p.parent.name for p in ROOT.glob("*/registry.toml"))
    for folder in registries.folders:
        registry = folder.registry
        assert re.fullmatch(r"[A-Z]{2}", registry.country), registry.id
        assert registry.id.startswith(registry.country.lower() + "-") or "unofficial" in folder.lists
        assert registry.url.startswith(("https://", "http://"))
        assert registry.polarity == "positive" or not folder.exhaustive
        assert registry.source, registry.id
        assert folder.law.endswith("."), registry.id


FEWEST = (
    "AT 2, AU 2, BE 1, BG 1, BR 1, CA 7, CH 1, CY 1, CZ 3, DE 1, DK 2, EE 1, ES 1, EU 1, FI 1, FR 1, GB 6, GR 1, HR 1, "
    "HU 1, IE 3, IL 1, IN 1, IS 1, IT 2, JP 1, KR 1, LT 1, LU 1, LV 1, MT 1, MX 1, NL 1, NO 2, NZ 1, PL 2, PT 1, RO 1, "
    "RU 1, SE 1, SG 1, SI 1, SK 1, TR 1, UA 1, US 17, XX 10, ZA 1"
)


def test_every_known_authority_has_a_folder() -> None:
    """No list is lost: all of the EU and EEA but Liechtenstein, which has no seller, and what is known elsewhere."""
    held = Counter(r.country for r in load_registries().all)
    assert held >= Counter({place: int(count) for place, count in re.findall(r"([A-Z]{2}) (\d+)", FEWEST)})
    assert sum(held.values()) >= 90
    assert held.keys() >= EEA - {"LI"}


# Invented numbers: of the right shape, and a near miss of it.
NUMBERS = {
    "au-pharmacy-councils": [("PHA0001234567", "PHA000123456"), ("12345X", "123456")],
    "be-famhp": [("123456", "12345")],
    "br-anvisa": [("1.23.456-7", "1.23.45-67"), ("1234567", "123456")],
    "ca-bc-cpbc": [("A1234", "AB123")],
    "ca-mb-cphm": [("12345", "123")],
    "ca-on-ocp": [("123456", "1234567")],
    "cz-sukl": [("00999000001", "0999000001")],
    "de-bfarm-versandhandel": [("1234", "123456")],
    "es-aemps-distafarma": [("0123456789abcdef" * 2, "0123456789abcdeg" * 2)],
    "fr-onp": [("75#001234", "75#01234"), ("2A#000123", "2C#000123")],
    "gb-cqc": [("1-123456789", "2-123456789")],
    "gb-gphc": [("1099999", "2099999"), ("9012345", "901234")],
    "gb-mhra-dsl": [("649", "649000")],
    "gb-nhs-ods": [("FZZ01", "AZZ01")],
    "gb-nhsbsa-cpl": [("FZZ01", "FZZ1")],
    "ie-psi": [("10001884", "100")],
    "ie-psi-register": [("9901", "990100")],
    "nl-aanbiedersmedicijnen": [("000012345678", "00001234567")],
    "pl-ra": [("1999001", "19990010")],
    "ua-dls": [("12345678", "1234567")],
    "us-ca-bop": [("PHY 12345", "PHX 12345"), ("NRP1234", "NRP123")],
    "us-dea": [("BP1234563", "BP123456")],
    "us-fda-wl": [("612345", "61234")],
    "us-fl-doh": [("PH12345", "12345")],
    "us-legitscript": [("99999999", "9999")],
    "us-ncpdp": [("1234567", "12345678")],
    "us-nppes": [("1234567893", "3234567893")],
    "us-tx-bop": [("12345", "123")],
    "za-sapc": [("Y12345", "P12345")],
}


def test_numbers_have_the_shape_that_the_register_gives_them() -> None:
    """Each pattern takes an invented number of the right shape and refuses a near miss."""
    patterns = {f.registry.id: f.number_pattern for f in load_registries().folders if f.number_pattern}
    assert patterns.keys() == NUMBERS.keys()
    for id, pattern in patterns.items():  # noqa: A001 - the model's word
        for right, wrong in NUMBERS[id]:
            assert re.fullmatch(pattern, right), (id, right)
            assert not re.fullmatch(pattern, wrong), (id, wrong)


def test_hosts_are_plain_and_belong_to_one_country() -> None:
    """A host never has a scheme, a port or a path, and no two countries share one."""
    countries: dict[str, set[str]] = {}
    for folder in load_registries().folders:
        for host in folder.hosts:
            assert re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", host), (folder.registry.id, host)
            countries.setdefault(host, set()).add(folder.registry.country)
    assert len(countries) > 100
    assert not {host: found for host, found in countries.items() if len(found) > 1}


def test_what_rests_on_memory_proves_nothing_and_earns_no_trust() -> None:
    """Low confidence, or no source that was read: no proof of absence, no host that confirms a seal, no high confidence."""
    low = [f for f in load_registries().folders if f.registry.confidence == "low"]
    assert len(low) > 10
    assert any(f.hosts for f in low)
    assert any(f.number_pattern for f in low)
    assert not any(f.registry.exhaustive or f.registry.hosts or f.registry.number_pattern for f in low)
    memory = [f.registry for f in load_registries().folders if f.registry.source.startswith("background")]
    assert {r.confidence for r in memory} <= {"medium", "low"}


def test_only_registers_of_lawful_sellers_that_name_sites_confirm_seals() -> None:
    """An agency's own pages, where it warns of sites by name, never vouch for one."""
    trusted = {host for r in load_registries().all for host in r.hosts}
    assert {"www.pharmacyregulation.org", "distafarma.aemps.es", "www.aanbiedersmedicijnen.nl"} <= trusted
    warns = {
        "www.fda.gov",
        "www.dmp.no",
        "www.fimea.fi",
        "laegemiddelstyrelsen.dk",
        "www.swissmedic.ch",
        "www.deadiversion.usdoj.gov",
        "www.titck.gov.tr",
        "www.gov.il",
    }
    assert not trusted & warns


def test_no_unofficial_list_holds_an_entry() -> None:
    """Community blocklists and scores are known, described, and not used."""
    unofficial = [f for f in load_registries().folders if "unofficial" in f.lists]
    assert len(unofficial) == 11
    assert all(f.registry.polarity == "neutral" and not f.registry.entries for f in unofficial)
    text = (ROOT / "README.md").read_text("utf-8")
    used, _, unused = text.partition("## Why community blocklists are not used")
    assert all(f"[{f.registry.id}]" in unused and f"[{f.registry.id}]" not in used for f in unofficial)


def test_the_readme_tells_for_each_country_what_can_be_proved() -> None:
    """Every list that is used has a row with its entries, its date, and what absence from it proves."""
    rows = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    table = {row.split("[")[1].split("]")[0]: row.split(" | ") for row in rows if "](http" in row}
    for folder in load_registries().folders:
        registry = folder.registry
        if "unofficial" in folder.lists:
            continue
        country, _, _, entries, fresh, absence, facts = table[registry.id]
        assert country.removeprefix("| ")[:2] == registry.country
        assert entries == (str(registry.entries) if registry.entries else "none held")
        assert fresh.startswith(str(registry.as_of or ""))
        assert absence.startswith("nothing") is not bool(registry.exhaustive), registry.id
        assert facts.startswith(registry.confidence)


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
