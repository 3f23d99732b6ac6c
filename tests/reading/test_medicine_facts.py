"""What the table of medicines says: programmes with their dates, statuses, and what vets prescribe."""

from __future__ import annotations

from datetime import date

import pytest

from pharmcheck.model import Medicine
from pharmcheck.reading.medicine_table import load_medicines

TABLE = {m.name: m for m in load_medicines()}


def forced(name: str, country: str, day: date) -> bool:
    return any(p.in_force(day) for p in TABLE[name].programmes if p.country == country)


@pytest.mark.parametrize(
    ("name", "country", "day", "expected"),
    [
        ("isotretinoin", "US", date(2026, 1, 1), True),
        ("isotretinoin", "GB", date(2026, 1, 1), True),
        ("ambrisentan", "US", date(2024, 1, 1), True),
        ("ambrisentan", "US", date(2026, 1, 1), False),
        ("ambrisentan", "EU", date(2026, 1, 1), True),
        ("macitentan", "US", date(2026, 1, 1), False),
        ("bosentan", "US", date(2026, 1, 1), True),
        ("clozapine", "US", date(2025, 1, 1), True),
        ("clozapine", "US", date(2025, 12, 1), False),
        ("clozapine", "GB", date(2026, 1, 1), True),
        ("mifepristone", "US", date(2020, 1, 1), True),
        ("mifepristone", "US", date(2026, 1, 1), True),
        ("valproate", "GB", date(2017, 1, 1), False),
        ("valproate", "GB", date(2026, 1, 1), True),
        ("topiramate", "GB", date(2024, 1, 1), False),
        ("topiramate", "GB", date(2026, 1, 1), True),
        ("topiramate", "US", date(2026, 1, 1), False),
        ("thalidomide", "DE", date(2026, 1, 1), True),
        ("lenalidomide", "JP", date(2026, 1, 1), True),
        ("flibanserin", "US", date(2017, 1, 1), True),
        ("flibanserin", "US", date(2026, 1, 1), False),
        ("dofetilide", "US", date(2026, 1, 1), False),
        ("sodium oxybate", "US", date(2026, 1, 1), True),
    ],
)
def test_programmes_have_their_time_and_country(name: str, country: str, day: date, expected: bool) -> None:
    """A safety programme counts in its country and between its dates only."""
    assert forced(name, country, day) is expected


def test_programmes_are_well_formed() -> None:
    """Each has a name, a country, and ends after it began."""
    for medicine in TABLE.values():
        for p in medicine.programmes:
            assert p.name and (p.country in ("EU",) or len(p.country) == 2), medicine.name
            assert not (p.since and p.until) or p.since <= p.until, medicine.name


@pytest.mark.parametrize("name", ["retatrutide", "cagrilintide", "survodutide", "BPC-157", "ostarine", "rimonabant"])
def test_never_approved(name: str) -> None:
    """What no regulator authorised, or all withdrew, is known as such."""
    assert TABLE[name].never_approved


@pytest.mark.parametrize("name", ["orforglipron", "trimix", "dapoxetine", "semaglutide", "tesamorelin", "citalopram"])
def test_what_one_market_has_is_not_never_approved(name: str) -> None:
    """A medicine that one market authorised, or a pharmacy may compound, is not called unauthorised."""
    assert not TABLE[name].never_approved


@pytest.mark.parametrize(
    "name",
    ["melatonin", "acetylcysteine", "ephedrine", "loratadine", "nystatin", "fipronil", "codeine cough syrup"],
)
def test_rows_without_schedule_or_with_lawful_sale(name: str) -> None:
    """What a market sells freely, or has for animals too, is told as it is."""
    medicine = TABLE[name]
    assert medicine.status and isinstance(medicine, Medicine)
    assert name == "nystatin" or not medicine.prescription_only


def test_animals_medicines_are_apart() -> None:
    """Rows for animals have their use, and share no name with a row for people."""
    vets = [m for m in TABLE.values() if m.use == "vet"]
    people = {n.casefold() for m in TABLE.values() if m.use == "human" for n in (m.name, *m.brands)}
    assert len(vets) >= 50
    assert not {n.casefold() for m in vets for n in (m.name, *m.brands)} & people


def test_sources_and_confidence() -> None:
    """High confidence needs a source that can be read."""
    for medicine in TABLE.values():
        assert medicine.confidence != "high" or medicine.source.startswith("http"), medicine.name
