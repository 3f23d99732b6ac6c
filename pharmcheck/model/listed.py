"""What registries hold and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pharmcheck.model.captured import Quote
from pharmcheck.model.read import Licence


@dataclass(frozen=True, slots=True)
class Registry:
    """A national or accreditor's list.

    `polarity` is `positive` (lawful sellers), `negative` (official warnings) or `neutral` (speaks neither for nor
    against a seller). `region` is the part of the country that it covers, "" for all of it; `accredits` marks a private
    body, whose members may sit in any country.

    `entries` counts the rows that we hold, 0 where we hold none. `exhaustive` says for whom absence proves something
    ("" nobody, else `pharmacies`, `other-retailers`, `sellers` or `veterinary`); `hosts` are where its logo or entry pages
    may be: a page there that names a site can confirm its seal.
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
    region: str = ""
    accredits: bool = False
    source: str = ""
    confidence: str = "low"

    def fresh(self, day: date) -> bool:
        """True when our copy is no older than its maximum age on `day`."""
        return self.as_of is not None and (day - self.as_of).days <= self.max_age_days


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry of a registry.

    `status` is `listed`, `warned`, `lifted` (a warning that was withdrawn), `recorded` (in a neutral list, which names
    no sites) or `former`: listed before the domain was registered anew, so it speaks for whoever held it then.
    `contested` marks a warning about a site that another body accredits, or that is lawful in another country.
    `held_since` is the day of the first of our copies, none of which lacked it, that has the entry; None where we know one.
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
    held_since: date | None = None

    @property
    def positive(self) -> bool:
        """True for an entry of a register of sellers, whoever holds its domain now: it accuses nobody, and may not vouch."""
        return self.status in ("listed", "former")

    @property
    def named_on(self) -> date:
        """The first day on which the register is known to name this entry: its own word, else that of our first copy of it."""
        return self.since or self.held_since or self.as_of


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What a register itself answered, while the site was captured, about a domain or a number.

    `outcome` is `entry` (it holds one, in `listing`), `none` (it says that it holds none), or `no-support` (it knows the
    seller and does not vouch for it). `conclusive` tells whether `none` means that nobody has that number.
    """

    registry: str
    authority: str
    about: str
    outcome: str
    quote: Quote
    listing: Listing | None = None
    conclusive: bool = False


@dataclass(frozen=True, slots=True)
class Consultation:
    """What the registries answered: entries for this domain, and entries for the numbers that the site prints.

    Entries that registers gave when they were asked themselves (`enquiries`) stand among both. Where the domain only leads to
    another one, warnings of that one stand in `by_domain`, for its pages were judged; what else names it, where no page stands
    anywhere else, is in `of_landing`: it proves nothing of a domain whose owner can lead to whomever he likes.
    """

    by_domain: tuple[Listing, ...]
    by_number: tuple[tuple[Licence, tuple[Listing, ...]], ...]
    consulted: tuple[Registry, ...]
    enquiries: tuple[Enquiry, ...] = ()
    of_landing: tuple[Listing, ...] = ()

    @property
    def answered(self) -> frozenset[str]:
        """The ids of the registries of which entries are held, or which were asked and answered."""
        return frozenset(r.id for r in self.consulted if r.entries) | {e.registry for e in self.enquiries}
