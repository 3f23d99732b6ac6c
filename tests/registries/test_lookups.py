"""What an entry covers: look-ups by domain, number and name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pharmcheck.model import Answer, Operator, Registry, Target
from pharmcheck.registries import (
    RegistryError,
    read_registries,
)
from pharmcheck.registries.folder import entry_url
from pharmcheck.target import parse_target
from tests.builders import address, ask, evidence, offer, registers
from tests.registries.folders import GOOD, site, write


@pytest.mark.parametrize(
    ("target", "found"),
    [
        (site("corner.example"), True),
        (site("www.corner.example", "/any/page?x=1"), True),
        (site("shop.corner.example"), True),
        (site("corner.example.evil.example", domain="evil.example"), False),
        (site("xcorner.example"), False),
        (site("corner.other"), False),
    ],
)
def test_an_entry_covers_the_hosts_of_its_domain_and_no_others(tmp_path: Path, target: Target, found: bool) -> None:
    """Hosts are compared label by label, never by substring."""
    assert bool(read_registries(write(tmp_path, (GOOD,))).for_site(target)) is found


@pytest.mark.parametrize(
    ("host", "path", "found"),
    [
        ("mall.example", "/pharmacy", True),
        ("www.mall.example", "/pharmacy/", True),
        ("mall.example", "/pharmacy/pills?x=1", True),
        ("mall.example", "/", False),
        ("mall.example", "/pharmacy-fake", False),
        ("mall.example", "/Pharmacy", False),
        ("east.chain.example", "/", True),
        ("www.east.chain.example", "/", True),
        ("chain.example", "/", False),
        ("west.chain.example", "/", False),
    ],
)
def test_an_entry_with_a_path_or_a_deeper_host_covers_only_that(
    tmp_path: Path, host: str, path: str, found: bool
) -> None:
    """A pharmacy inside a larger shop does not vouch for the shop."""
    rows = ("Mall,1001,mall.example,/pharmacy,listed,,,", "East,1002,east.chain.example,,listed,,,")
    assert bool(read_registries(write(tmp_path, rows)).for_site(site(host, path))) is found


def test_warnings_come_first_then_entries_then_lifted_warnings_newest_first(tmp_path: Path) -> None:
    """The order is that of weight: what is in force against the site is read before what speaks for it."""
    write(tmp_path, ("Corner,1001,corner.example,,listed,,,",), "zz-list")
    rows = (
        ",,corner.example,,lifted,2025-12-01,,",
        ",,corner.example,,warned,2020-01-01,old,",
        ",,corner.example,,warned,2024-01-01,new,",
    )
    negative = {"polarity": '"negative"', "lists": '["illegal-sites"]', "entry_url": "", "exhaustive": '""'}
    registries = read_registries(write(tmp_path, rows, "zz-warnings", **negative))
    found = registries.for_site(site("corner.example"))
    assert [(x.status, x.note) for x in found] == [("warned", "new"), ("warned", "old"), ("listed", ""), ("lifted", "")]
    assert found[0].url == "https://register.example/"


def test_a_number_is_found_however_it_is_written(tmp_path: Path) -> None:
    """Blanks and dashes do not matter; another registry's number is another number."""
    registries = read_registries(write(tmp_path, (GOOD,)))
    assert [x.name for x in registries.by_number("zz-sample", " 10-01 ")] == ["Corner Pharmacy"]
    assert registries.by_number("zz-sample", "1002") == ()
    assert registries.by_number("zz-other", "1001") == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("corner.example", ["Corner Pharmacy"]),
        ("hxxps://www.corner[.]example/page", ["Corner Pharmacy"]),
        ("https://žluť.example:443/a", ["Žluť"]),
        ("xn--lu-yta1h.example", ["Žluť"]),
        ("Lékárna.Na.Rohu", ["Lékárna Na Rohu"]),
        ("1001", ["Corner Pharmacy"]),
        ("77", ["Lékárna Na Rohu"]),
        ("pharmacy CORNER", ["Corner Pharmacy"]),
        ("Cornr Pharmacy", ["Corner Pharmacy"]),
        ("lekarna na rohu", ["Lékárna Na Rohu"]),
        ("Riverside", []),
        ("", []),
        ("...", []),
        ("x" * 10_000, []),
    ],
)
def test_search_finds_by_domain_number_or_name(tmp_path: Path, text: str, names: list[str]) -> None:
    """A person finds an entry without knowing accents, leading zeros, order of words or every letter."""
    odd = (",,bad.example,,listed,,,", "Žluť,0078,xn--lu-yta1h.example,,listed,,,")
    rows = (GOOD, "Lékárna Na Rohu,0077,rohu.example,,listed,,,", *odd)
    assert [x.name for x in read_registries(write(tmp_path, rows)).search(text)] == names


def test_an_entry_page_that_cannot_be_built_becomes_the_registry_page() -> None:
    """A missing number or an unknown slug gives a page to open, never a broken address."""
    registry = Registry(
        "zz", "ZZ", "Office", "positive", "https://a.example/", entry_url="https://a.example/?d={domain}"
    )
    assert entry_url(registry, "1", "b.example") == "https://a.example/?d=b.example"
    assert entry_url(registry, "1", "") == "https://a.example/"
    assert entry_url(registry, "", "x&y=1") == "https://a.example/?d=x%26y%3D1"


def test_facts_from_memory_are_shown_and_judge_nothing(tmp_path: Path) -> None:
    """Of low confidence, a list is exhaustive for nobody, gives numbers no shape, and its hosts can confirm no seal."""
    (folder,) = read_registries(write(tmp_path, (GOOD,), confidence='"low"')).folders
    registry = folder.registry
    assert (registry.exhaustive, registry.number_pattern, registry.hosts) == ("", "", ())
    assert (folder.exhaustive, folder.number_pattern, folder.hosts) == ("pharmacies", r"^\d{4}$", ("register.example",))


@pytest.mark.parametrize(
    ("confidence", "answer"), [("high", Answer.PRESENT), ("medium", Answer.PRESENT), ("low", Answer.UNKNOWN)]
)
def test_absence_from_a_list_that_is_complete_from_memory_accuses_nobody(
    tmp_path: Path, confidence: str, answer: Answer
) -> None:
    """A seller at home that the list does not name: a red flag where a source says that it is complete, else unknown."""
    held = read_registries(write(tmp_path, (GOOD,), country='"GB"', as_of="2026-10-20", confidence=f'"{confidence}"'))
    seller = evidence(
        operator=Operator(addresses=(address("GB"),)), offers=(offer(),), registers=registers(consulted=held.all)
    )
    assert ask("not-in-exhaustive-register", seller).answer is answer


@pytest.mark.parametrize(
    "changed",
    [
        {"hosts_confirm": "false"},
        {"names_sites": '"no"'},
        {"polarity": '"neutral"', "lists": '["identifiers"]'},
        {"polarity": '"negative"', "lists": '["warned-sites"]', "exhaustive": '""'},
    ],
)
def test_only_a_list_that_is_sure_of_its_hosts_and_names_sites_can_confirm_a_seal(
    tmp_path: Path, changed: dict[str, str]
) -> None:
    """A page of an agency that warns, or of a list of numbers, earns a site no trust by naming it."""
    (registry,) = read_registries(write(tmp_path, None, **changed)).all
    assert registry.hosts == ()


def test_a_neutral_list_names_no_site(tmp_path: Path) -> None:
    """A row with a number is recorded; one with a web address stops us."""
    neutral = {"polarity": '"neutral"', "lists": '["identifiers"]'}
    (found,) = read_registries(write(tmp_path, ("Sample Ltd,1001,,,recorded,,,",), **neutral)).listings
    assert found.status == "recorded"
    write(tmp_path, ("Sample Ltd,1001,shop.example,,recorded,,,",), **neutral)
    with pytest.raises(RegistryError, match=r"line 2: domain 'shop.example' in a neutral list"):
        read_registries(tmp_path)


@pytest.mark.parametrize(
    ("rows", "polarity"),
    [((GOOD.replace("listed", "recorded"),), "neutral"), ((GOOD.replace("listed", "warned"),), "negative")],
)
def test_an_unofficial_list_never_holds_entries(tmp_path: Path, rows: tuple[str, ...], polarity: str) -> None:
    """Nobody answers for them: a copy that slips in stops us."""
    write(tmp_path, rows, polarity=f'"{polarity}"', lists='["unofficial"]')
    with pytest.raises(RegistryError, match="an unofficial list is neutral, and its entries are never held"):
        read_registries(tmp_path)


def test_an_unknown_format_stops_us(tmp_path: Path) -> None:
    """The forms in which lists are public are known words."""
    write(tmp_path, None, formats='["html", "fax"]')
    with pytest.raises(RegistryError, match="formats is"):
        read_registries(tmp_path)


def test_an_entry_with_a_path_covers_no_page_that_only_begins_like_it(tmp_path: Path) -> None:
    """A server resolves `..` before it answers: what lies beside the listed part is not listed."""
    registries = read_registries(write(tmp_path, ("Corner,1001,mall.example,/pharmacy,listed,,,",)))
    for inside in ("pharmacy", "pharmacy/", "pharmacy/tea", "pharmacy/tea/../oil", "./pharmacy", "%70harmacy"):
        assert registries.for_site(parse_target(f"mall.example/{inside}")), inside
    for beside in (
        "",
        "pharmacy2",
        "pharmacy/../pills",
        "pharmacy/%2e%2e/pills",
        "pharmacy/..%2fpills",
        "pharmacy/..%5cpills",
    ):
        assert not registries.for_site(parse_target(f"mall.example/{beside}")), beside
