"""What reading finds in a site: mentions, offers, the operator, seals, the kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pharmcheck.model.captured import Page, Quote
from pharmcheck.model.medicine import Medicine

if TYPE_CHECKING:
    from pharmcheck.model.listed import Listing


class Stance(StrEnum):
    """How a phrase is meant by the page that carries it; LISTED stands in a list of warning signs."""

    ASSERTED = "asserted"
    DENIED = "denied"
    WARNED = "warned"
    REPORTED = "reported"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase of one concept (`no-prescription-needed`, `worldwide-shipping` …), where it stands, how it is meant."""

    concept: str
    page: Page
    start: int
    end: int
    stance: Stance

    @property
    def quote(self) -> Quote:
        return self.page.quote(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A medicine's name on a page. `written` is the name as it stands; `disguised` if letters were swapped.

    `refused` if its sentence says that it is not to be had, warns of it, reports on it or merely asks for it.
    """

    medicine: Medicine
    written: str
    page: Page
    start: int
    end: int
    disguised: bool = False
    refused: bool = False

    @property
    def quote(self) -> Quote:
        return self.page.quote(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Offer:
    """A product with what stands beside it. `order` is the way to buy it: `cart`, `link`, `table`, or "" (none seen).

    `strength_mg` and `quantity` (units in the pack) are None where not given; `price` is the amount as written,
    `currency` its ISO 4217 code or "". `quote` covers name, strength, pack and price as they stand.
    """

    medicine: Medicine
    written: str
    quote: Quote
    page: Page
    order: str = ""
    strength_mg: float | None = None
    quantity: int | None = None
    price: str = ""
    currency: str = ""

    @property
    def needs_prescription(self) -> bool:
        """True unless this strength may be sold without a prescription by a pharmacist somewhere, under its own name."""
        if not self.medicine.prescription_only:
            return False
        limit = self.medicine.pharmacist_max_mg
        if limit is None or self.strength_mg is None or self.strength_mg > limit:
            return True
        written = self.written.casefold()
        return any(written == brand.casefold() for brand, _ in self.medicine.export_brands)


@dataclass(frozen=True, slots=True)
class Pitch:
    """A sentence that calls to buy a prescription medicine: what it is about (a medicine or a class), and whether controlled."""

    about: str
    controlled: bool
    quote: Quote


@dataclass(frozen=True, slots=True)
class Detail:
    """One particular of the operator or of the trade: its `kind`, normalised `value`, `country` ("" unknown), quote.

    Kinds: `name`, `address`, `phone`, `email`, `messenger`, `pharmacist`, `company-number`, `practitioner-number`,
    `licence` (beside an address), `currency`, `payment`, `ships-to`, `wallet`; what else ties sites together has kinds of its
    own (`identifiers.py`).
    """

    kind: str
    value: str
    quote: Quote
    country: str = ""
    valid: bool = True


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence or registration number on a page, with the id of the registry whose shape it has."""

    registry: str
    number: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Operator:
    """Who says to be behind the site. `read` are the pages on which such particulars were sought.

    `numbers` are those of companies and of persons; `together` pairs an address with the telephone or licence that one
    entry gives with it; `keys` has one key for each address, the same however it is written.
    """

    names: tuple[Detail, ...] = ()
    addresses: tuple[Detail, ...] = ()
    phones: tuple[Detail, ...] = ()
    emails: tuple[Detail, ...] = ()
    messengers: tuple[Detail, ...] = ()
    pharmacists: tuple[Detail, ...] = ()
    licences: tuple[Licence, ...] = ()
    numbers: tuple[Detail, ...] = ()
    together: tuple[tuple[Detail, Detail], ...] = ()
    keys: tuple[str, ...] = ()
    read: tuple[Page, ...] = ()

    @property
    def countries(self) -> frozenset[str]:
        """Countries that addresses, in the first place, or phones point to."""
        found = frozenset(d.country for d in self.addresses if d.country)
        return found or frozenset(d.country for d in self.phones if d.country)


class SealOutcome(StrEnum):
    """What became of a seal.

    `confirmed` by the authority's own entry for this very domain; `unchecked`, because the entry could not be read or
    names no site; `ended`, of a scheme that is no more (stale, not false); `unlinked`, but a picture; `itself`, opens the
    shop's own pages; `elsewhere`, opens a third host; `imitated`, opens a host made to look like the issuer's; `another`,
    the entry that it opens is another site's.
    """

    CONFIRMED = "confirmed"
    UNCHECKED = "unchecked"
    ENDED = "ended"
    UNLINKED = "unlinked"
    ITSELF = "itself"
    ELSEWHERE = "elsewhere"
    IMITATED = "imitated"
    ANOTHER = "another"


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal or logo of a scheme.

    `scheme` is a registry id or a name of `reading/seals.toml`; `link` is where a click leads, "" if nowhere; `why` says
    what the outcome rests on, for people. `proof` is the issuer's side of it: a quote of its page, with a digest, or of
    our copy of its list, without one; a confirmed seal always has it. `issuer` is `authority`, `accreditor`, `private`
    (a body that no regulator recognises), `business` (nothing to do with medicines) or `nobody` (an invented seal).
    """

    scheme: str
    outcome: SealOutcome
    quote: Quote
    link: str = ""
    why: str = ""
    issuer: str = "authority"
    proof: Quote | None = None

    @property
    def official(self) -> bool:
        """True for a seal that says something of medicines and exists."""
        return self.issuer not in ("business", "nobody")

    @property
    def earns_trust(self) -> bool:
        """True when the page of an authority, or of an accreditor that checks licences, names this very site."""
        page = self.proof is not None and bool(self.proof.digest)
        return page and self.outcome is SealOutcome.CONFIRMED and self.issuer in ("authority", "accreditor")


@dataclass(frozen=True, slots=True)
class Trade:
    """How it sells: currencies, payment ways, countries it names as destinations, and coin addresses of its own."""

    currencies: tuple[Detail, ...] = ()
    payments: tuple[Detail, ...] = ()
    destinations: tuple[Detail, ...] = ()
    wallets: tuple[Detail, ...] = ()


class SiteKind(StrEnum):
    """What kind of site this is (law 5: asked before anything is scored)."""

    PHARMACY = "pharmacy"
    OTC_SHOP = "otc-shop"
    TELEHEALTH = "telehealth-clinic"
    INTERMEDIARY = "intermediary"
    RESEARCH_CHEMICALS = "research-chemicals"
    VET_PHARMACY = "vet-pharmacy"
    COMPARISON = "price-comparison"
    MARKETPLACE_LISTING = "marketplace-listing"
    HACKED_HOST = "hacked-host"
    PROMOTION = "promotion"
    INFORMATION = "information"
    NOT_A_SELLER = "not-a-seller"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of site, with the quotes that it rests on and a sentence that says why."""

    name: SiteKind
    why: str
    quotes: tuple[Quote, ...] = ()


class HostState(StrEnum):
    """What the host is to the page that was checked."""

    OWN = "own"
    PLATFORM = "platform"
    MARKETPLACE = "marketplace"
    LOOKS_COMPROMISED = "looks-compromised"


@dataclass(frozen=True, slots=True)
class Host:
    """The host, judged apart from the page, and why; "" where nothing sets the two apart."""

    state: HostState
    why: str


@dataclass(frozen=True, slots=True)
class Promoted:
    """A seller that a page points to: its `name`, `domain` ("" where only named), `url` ("" likewise).

    `listings` are the entries of registers and warning lists for that domain; the seller's own pages were not read.
    """

    name: str
    domain: str
    url: str
    quote: Quote
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A known pharmacy that a host imitates: its `name`, its own `domain`, and how.

    `how` is `letters` (others that look the same), `typing` (one slip), `hyphens`, `words` (added ones), `ending`
    (another one) or `subdomain` (the whole domain before another one).
    """

    name: str
    domain: str
    how: str
