"""The table of medicines (medicines.csv), row by row."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from pharmcheck.model import Medicine, Programme


@cache
def load_medicines() -> tuple[Medicine, ...]:
    """Return all medicines of medicines.csv, in its order."""
    return tuple(_medicine(row) for row in rows())


@cache
def rows() -> tuple[Mapping[str, str], ...]:
    """Return the rows of medicines.csv by the names of its columns."""
    lines = csv.reader((files("pharmcheck.reading") / "medicines.csv").read_text("utf-8").splitlines())
    columns = next(lines)
    return tuple(dict(zip(columns, line, strict=True)) for line in lines)


def cells(cell: str) -> tuple[str, ...]:
    """Return the entries of a cell that holds a list."""
    return tuple(cell.split("|")) if cell else ()


def _medicine(row: Mapping[str, str]) -> Medicine:
    return Medicine(
        name=row["name"],
        use=row["use"],
        family=row["family"],
        brands=cells(row["brands"]),
        export_brands=tuple(
            (brand, home) for brand, _, home in (b.rpartition("=") for b in cells(row["export_brands"]))
        ),
        status={market: row[market.lower()] for market in ("US", "GB", "EU") if row[market.lower()]},
        schedule={
            market: row[f"{market.lower()}_schedule"] for market in ("US", "GB") if row[f"{market.lower()}_schedule"]
        },
        programmes=tuple(_programme(p) for p in cells(row["programmes"])),
        max_strength_mg=float(row["max_strength_mg"]) if row["max_strength_mg"] else None,
        pharmacist_max_mg=float(row["pharmacist_max_mg"]) if row["pharmacist_max_mg"] else None,
        impossible_forms=cells(row["impossible"]),
        without_prescription=row["without_prescription"],
        source=row["source"],
        confidence=row["confidence"],
    )


def _programme(text: str) -> Programme:
    """Read `name@country@since@until`; empty dates are unknown or open."""
    name, country, since, until = text.split("@")
    return Programme(
        name, country, date.fromisoformat(since) if since else None, date.fromisoformat(until) if until else None
    )
