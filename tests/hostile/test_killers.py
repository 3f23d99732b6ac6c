"""Inputs made to stop parsers end in time, in bounded memory, and with a result."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.doors import DOORS
from tests.hostile.killers import FLOODS, HEAVY, KILLERS, rdap_of_wrong_types
from tests.hostile.limits import PEAK_MB, in_time, through
from tests.hostile.test_fuzz import LONG

PART_BYTES = 150_000


@pytest.mark.parametrize("name", KILLERS)
def test_a_killer_kills_nothing(name: str) -> None:
    """It is read in 10 s of CPU, five times what a generated input may take, for it is up to 10 MB long."""
    door, made = KILLERS[name]
    data = made()
    with in_time(10):
        DOORS[door](data)


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_is_read_in_linear_time(name: str) -> None:
    """Its first 150 kB are read in 3 s of CPU, half a second of which most of them take."""
    door, made = FLOODS[name]
    data = made()[:PART_BYTES]
    with in_time(3):
        DOORS[door](data)


def test_rdap_of_wrong_types() -> None:
    """Whatever stands where something else should, the answer is read or refused."""
    for answer in rdap_of_wrong_types():
        DOORS["rdap"](answer)


@pytest.mark.parametrize("name", [*KILLERS, *FLOODS, *HEAVY] if LONG else ["100,000 attributes on one tag"])
def test_a_killer_in_a_process_of_its_own(name: str, tmp_path: Path) -> None:
    """Whole, it is read in 20 s of CPU and 400 MB of the process, of which an idle one takes 90."""
    door, made = (KILLERS | FLOODS | HEAVY)[name]
    file = tmp_path / "killer"
    file.write_bytes(made())
    megabytes = through(door, file)
    assert megabytes < PEAK_MB + 100
