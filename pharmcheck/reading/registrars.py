"""Registrars whom an authority or a body of registrars' law named for what they do about illegal pharmacies: dated, sourced."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

_SPEAKS_DAYS = 5 * 365  # a registrar can mend its ways in that time, and some did


@dataclass(frozen=True, slots=True)
class Reported:
    """What `publisher` said of a registrar on the day `published`; `begins` is how registries begin to write its name."""

    begins: str
    registrar: str
    published: date
    publisher: str
    says: str
    source: str


@cache
def reported_registrars() -> tuple[Reported, ...]:
    """Return all rows of `reported_registrars.csv`, also those that are too old to speak."""
    text = files("pharmcheck.reading").joinpath("reported_registrars.csv").read_text("utf-8")
    return tuple(
        Reported(
            row["begins"],
            row["registrar"],
            date.fromisoformat(row["published"]),
            row["publisher"],
            row["says"],
            row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def reports_on(registrar: str, day: date) -> Iterator[Reported]:
    """Yield the reports on a registrar that still speak on `day`."""
    name = registrar.casefold()
    for report in reported_registrars():
        if name.startswith(report.begins) and 0 <= (day - report.published).days <= _SPEAKS_DAYS:
            yield report
