"""What registries hold and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pharmcheck.model.read import Licence


@dataclass(frozen=True, slots=True)
class Registry:
    """A national or accreditor's list. `polarity` is `positive` (lawful sellers) or `negative` (official warnings).

    `entries` counts the rows that we hold, 0 where we hold none. `exhaustive` says for whom absence proves something
    ("" nobody, else `pharmacies`, `sellers` or `veterinary`); `hosts` are where its logo or entry pages may be.
    `caution` marks warnings that prove no illegal pharmacy (advertising, animal medicines), `closed` a list that is
    kept no more; `entry_max_age_days` is how long an entry speaks for itself, 0 where it stands until it is lifted.
    """

    id: str
    country: str
    authority: str
    polarity: str
    url: str
    hosts: tuple[str, ...] = ()
    number_pattern: str = ""
    entry_url: str = ""
    exhaustive: str = ""
    entries: int = 0
    as_of: date | None = None
    max_age_days: int = 90
    caution: bool = False
    closed: bool = False
    entry_max_age_days: int = 0
    report_url: str = ""
    source: str = ""
    confidence: str = "low"

    def fresh(self, day: date) -> bool:
        """True when our copy is no older than its maximum age on `day`."""
        return self.as_of is not None and (day - self.as_of).days <= self.max_age_days


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry of a registry.

    `status` is `listed`, `warned` or `lifted` (a warning that was withdrawn). `contested` marks a warning about a site
    that another body accredits, or that is lawful in another country.
    """

    registry: str
    country: str
    name: str
    number: str
    domain: str
    status: str
    url: str
    as_of: date
    since: date | None = None
    path: str = ""
    note: str = ""
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Consultation:
    """What the registries answered: entries for this domain, and entries for the numbers that the site prints."""

    by_domain: tuple[Listing, ...]
    by_number: tuple[tuple[Licence, tuple[Listing, ...]], ...]
    consulted: tuple[Registry, ...]
