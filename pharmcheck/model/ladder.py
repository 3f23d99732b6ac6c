"""The prescription ladder: what a seller asks for, as its words say and as its forms and steps do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pharmcheck.model.captured import Gap, Page, Quote


class Rung(StrEnum):
    """What a seller asks for before it sends a prescription medicine, from the lowest rung to the highest.

    `consultation` is two-way, with a prescriber; `required` is words only. The last two ask for nothing because there is
    nothing to ask for: only medicines without prescription, or nothing at all, is sold.
    """

    NONE = "none"
    WAIVED = "waived"
    OPTIONAL = "optional"
    QUESTIONNAIRE = "questionnaire"
    CONSULTATION = "consultation"
    REQUIRED = "required"
    UPLOAD = "upload"
    E_PRESCRIPTION = "e-prescription"
    ORIGINAL = "original-by-post"
    OTC_ONLY = "otc-only"
    NOT_A_SELLER = "not-a-seller"

    @property
    def height(self) -> int:
        """The place on the ladder, 0 for the lowest."""
        return tuple(Rung).index(self)


@dataclass(frozen=True, slots=True)
class Statement:
    """One rung of the ladder as the site says it or does it; `medicine` names the one it is about, if one is near."""

    rung: Rung
    quote: Quote
    medicine: str = ""


@dataclass(frozen=True, slots=True)
class Prescription:
    """What the words say and what the forms and steps do, kept apart.

    `checkout` is the page of the cart or checkout that was read, or a Gap.
    """

    said: tuple[Statement, ...]
    done: tuple[Statement, ...]
    checkout: Page | Gap


@dataclass(frozen=True, slots=True)
class RungLaw:
    """May a seller in or to `country` leave it at that rung? `acceptable`: `yes`, `no`, `limited` or `unknown`.

    `since` is the day (ISO 8601) from which this holds, "" where it is not known; `confidence` as in law.csv.
    """

    country: str
    acceptable: str
    why: str
    source: str
    since: str = ""
    confidence: str = "low"


@dataclass(frozen=True, slots=True)
class Step:
    """The rungs of one prescription medicine; `medicine` is "" for the site as a whole.

    `said` is the lowest rung that the words assert, `done` what the mechanism asks for, each None where that is not
    known; `lowest` is what both come to. `agrees` is false where the words promise more than the mechanism does.
    `law` is filled in when countries of buyers are given.
    """

    medicine: str
    said: Rung | None
    done: Rung | None
    lowest: Rung | None = None
    agrees: bool = True
    quotes: tuple[Quote, ...] = ()
    law: tuple[RungLaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """One step for the site as a whole, then one for each prescription medicine; `lowest` of all, None if none is known."""

    steps: tuple[Step, ...] = ()
    lowest: Rung | None = None
