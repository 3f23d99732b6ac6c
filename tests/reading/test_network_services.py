"""Services that serve many: told from the names of their servers, networks and certificates."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

import pytest

from pharmcheck.reading.network_services import parking_service, serves_many


@pytest.mark.parametrize(
    ("kind", "value", "many"),
    [
        ("name-servers", "ada.ns.cloudflare.com", True),
        ("name-servers", "ns-1.awsdns-02.org", True),
        ("name-servers", "ns1.awsdns.example", False),
        ("name-servers", "cloudflare.com.rx.example", False),
        ("certificate", "sni1.cloudflaressl.com", True),
        ("certificate", "shop.example", False),
        ("organisation", "Cloudflare, Inc.", True),
        ("organisation", "", False),
        ("organisation", "The Cloudflare Street Pharmacy", False),
        ("as-number", "13335", True),
        ("as-number", "1333", False),
    ],
)
def test_serves_many(kind: str, value: str, many: bool) -> None:
    """By the whole registrable domain, the beginning of the organisation, the whole number."""
    assert serves_many(kind, value) is many


def test_parking_services() -> None:
    """Named by any of their servers; a name that only contains theirs is none."""
    assert parking_service("ns2.SEDOPARKING.com".lower()) == "Sedo"
    assert parking_service("ns1.sedoparking.com.evil.example") == ""
    assert parking_service("") == ""


def test_the_table_is_dated_sourced_and_without_doubles() -> None:
    """Every row says where it is from, of which day, and stands once; values are as they are compared."""
    text = files("pharmcheck.reading").joinpath("network_services.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert {r["kind"] for r in rows} == {"parking", "name-servers", "certificate", "organisation", "as-number"}
    assert len({(r["kind"], r["value"]) for r in rows}) == len(rows)
    assert all(r["source"] and r["name"] and r["value"] == r["value"].lower() for r in rows)
    assert all(date.fromisoformat(r["as_of"]) <= date(2026, 11, 22) for r in rows)
