"""The registries: strict reading, and look-ups by domain, number and name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pharmcheck.registries import (
    RegistryError,
    read_registries,
)
from tests.registries.folders import GOOD, HEADER, site, write


def test_a_folder_in_order_becomes_a_registry_with_its_entries(tmp_path: Path) -> None:
    """Facts and rows arrive as they are written, and the entry's page is built from the number."""
    registries = read_registries(write(tmp_path, (GOOD,)))
    (registry,) = registries.all
    assert (registry.country, registry.exhaustive, registry.entries) == ("ZZ", "pharmacies", 1)
    assert registry.as_of == date(2026, 1, 31)
    assert registry.fresh(date(2026, 5, 1))
    assert not registry.fresh(date(2026, 5, 2))
    (found,) = registries.for_site(site("corner.example"))
    assert found.url == "https://register.example/entry/1001"
    assert (found.name, found.status, found.since) == ("Corner Pharmacy", "listed", date(2025, 5, 5))


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ((GOOD, "Shop,1002,shop.example,,listed,31.01.2026,,"), r"line 3: Invalid isoformat"),
        ((GOOD, "Shop,1002,shop.example,,listed,2026-02-01,,"), r"line 3: since 2026-02-01 is later"),
        ((GOOD, "Shop,1002,shop.example,,warned,,,"), r"line 3: status 'warned' does not belong"),
        ((GOOD, "Shop,1002,shop.example,,,,,"), r"line 3: status ''"),
        ((GOOD, "Shop,1002,www.shop.example,,listed,,,"), r"line 3: domain 'www.shop.example'"),
        ((GOOD, "Shop,1002,Shop.example,,listed,,,"), r"line 3: domain 'Shop.example'"),
        ((GOOD, "Shop,1002,https://shop.example,,listed,,,"), r"line 3: domain"),
        ((GOOD, "Shop,1002,shöp.example,,listed,,,"), r"line 3: domain"),
        ((GOOD, "Shop,1002,shop.example,pharmacy,listed,,,"), r"line 3: path 'pharmacy'"),
        ((GOOD, "Shop,1002,,/pharmacy,listed,,,"), r"line 3: path '/pharmacy'"),
        ((GOOD, "Shop,12345,shop.example,,listed,,,"), r"line 3: number '12345' has not the shape"),
        ((GOOD, ",,,,listed,,a note only,"), r"line 3: a row needs"),
        ((GOOD, "Shop,1002,shop.example,,listed,,"), r"line 3: 7 fields, expected 8"),
        ((GOOD, GOOD), r"line 3: the same row stands twice"),
        ((GOOD, '"Shop,1002'), r"line 3: unexpected end of data"),
        ((), r"0 entries, expected 1 to 9"),
        (tuple(f"Shop {i},,,,listed,,," for i in range(10)), r"10 entries, expected 1 to 9"),
    ],
)
def test_a_list_out_of_order_stops_us(tmp_path: Path, rows: tuple[str, ...], complaint: str) -> None:
    """A bad date, status, domain, path, number, width or count is an error that names folder and line."""
    with pytest.raises(RegistryError, match=r"zz-sample/list\.csv.*" + complaint):
        read_registries(write(tmp_path, rows))


@pytest.mark.parametrize(
    "header", ["name,number,domain,path,status,since,note", HEADER + ",fax", "", "\ufeff" + HEADER]
)
def test_unknown_or_missing_columns_stop_us(tmp_path: Path, header: str) -> None:
    """The header must be exactly the known one."""
    write(tmp_path, (GOOD,))
    (tmp_path / "zz-sample" / "list.csv").write_text(f"{header}\n{GOOD}\n", "utf-8")
    with pytest.raises(RegistryError, match=r"zz-sample/list\.csv, line 1: the columns must be"):
        read_registries(tmp_path)


def test_a_list_in_another_encoding_stops_us(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are an error, not a name with question marks."""
    write(tmp_path, (GOOD,))
    with (tmp_path / "zz-sample" / "list.csv").open("ab") as out:
        out.write("Lékárna,1002,shop.example,,listed,,,\n".encode("cp1250"))
    with pytest.raises(RegistryError, match=r"zz-sample/list\.csv, line \d+: 'utf-8' codec"):
        read_registries(tmp_path)


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"colour": '"red"'}, "unknown key colour"),
        ({"authority": ""}, "key authority is missing"),
        ({"as_of": ""}, "key as_of is missing"),
        ({"as_of": '"2026-01-31"'}, "as_of must be a date"),
        ({"max_age_days": '"90"'}, "max_age_days must be a whole number"),
        ({"hosts": '"register.example"'}, "hosts must be a list of texts"),
        ({"hosts": '["register.example/logo"]'}, "hosts must be plain host names"),
        ({"hosts": "[1]"}, "hosts must be a list of texts"),
        ({"lists": "[]"}, "lists is"),
        ({"lists": '["drugs"]'}, "lists is"),
        ({"polarity": '"bad"'}, "polarity is 'bad'"),
        ({"exhaustive": '"yes"'}, "exhaustive is 'yes'"),
        ({"confidence": '"sure"'}, "confidence is 'sure'"),
        ({"names_sites": '"some"'}, "names_sites is 'some'"),
        ({"number_pattern": "'('"}, "number_pattern:"),
        ({"entry_url": '"https://register.example/{id}"'}, "entry_url has 1 unknown"),
        ({"law": "unquoted"}, "Invalid value"),
        ({"region": '"Sampleland"'}, "a list of one region is exhaustive for nobody"),
        ({"caution": '"yes"'}, "caution must be a true or false"),
    ],
)
def test_facts_out_of_order_stop_us(tmp_path: Path, changed: dict[str, str], complaint: str) -> None:
    """An unknown, missing or mistyped fact is an error that names the folder and the key."""
    with pytest.raises(RegistryError, match=r"zz-sample/registry\.toml: .*" + complaint):
        read_registries(write(tmp_path, (GOOD,), **changed))


def test_a_date_without_a_list_stops_us(tmp_path: Path) -> None:
    """A folder without list.csv must not look as if it held one."""
    write(tmp_path, (GOOD,))
    (tmp_path / "zz-sample" / "list.csv").unlink()
    with pytest.raises(RegistryError, match=r"unknown key as_of \(there is no list.csv\)"):
        read_registries(tmp_path)


def test_a_registry_without_a_list_is_never_fresh(tmp_path: Path) -> None:
    """Where we hold no entries there is no date, so absence can prove nothing."""
    registry = read_registries(write(tmp_path, None)).all[0]
    assert (registry.entries, registry.as_of) == (0, None)
    assert not registry.fresh(date(2026, 1, 1))


def test_no_registries_at_all_is_an_error(tmp_path: Path) -> None:
    """An empty folder does not pass for "nothing found"."""
    with pytest.raises(RegistryError, match="no registry was found"):
        read_registries(tmp_path)
