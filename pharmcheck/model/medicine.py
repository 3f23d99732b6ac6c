"""Medicines as the table tells them: their status by market, their programmes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Programme:
    """A safety programme that a lawful route names, in force in `country` from `since` until `until` (None: open)."""

    name: str
    country: str
    since: date | None = None
    until: date | None = None

    def in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine or a substance sold as one.

    `use` is `human`, `vet`, `research`, `device` or `supplement` (sold as food in one market). `status` maps US, GB,
    EU to `rx`, `otc`, `pharmacist`, `mixed`, `unapproved` or `withdrawn`; `schedule` maps US, GB to a
    controlled-drug class (`C2`, `CD4`). `export_brands` are (brand, home country) pairs that no US, GB or EU pharmacy
    sells. `max_strength_mg` is the highest authorised strength of one tablet or capsule anywhere in US, GB, EU, None
    if unknown; up to `pharmacist_max_mg` a pharmacist may sell it without a prescription in one of these markets, as
    `without_prescription` says; `impossible_forms` are words for forms that nobody authorised (`jelly`, `gummies`).
    `confidence` is high, medium or low.
    """

    name: str
    use: str
    family: str
    brands: tuple[str, ...] = ()
    export_brands: tuple[tuple[str, str], ...] = ()
    status: Mapping[str, str] = field(default_factory=dict)
    schedule: Mapping[str, str] = field(default_factory=dict)
    programmes: tuple[Programme, ...] = ()
    max_strength_mg: float | None = None
    pharmacist_max_mg: float | None = None
    impossible_forms: tuple[str, ...] = ()
    without_prescription: str = ""
    source: str = ""
    confidence: str = "low"
    # Both are told once: they are asked of each sighting again and again, 400,000 times on a page of keywords.
    # True when every market that we know asks for a prescription (or has no lawful sale at all).
    prescription_only: bool = field(init=False, repr=False, compare=False)
    # True when no market that we know has an authorised product; brands of Russia and Japan are authorised at home.
    never_approved: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = set(self.status.values())
        at_home = any(home in ("RU", "JP") for _, home in self.export_brands)
        object.__setattr__(self, "prescription_only", bool(known) and known <= {"rx", "unapproved", "withdrawn"})
        object.__setattr__(self, "never_approved", bool(known) and not at_home and known <= {"unapproved", "withdrawn"})
