"""The nouns of pharmcheck: frozen values, no I/O, nothing imported from our own code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

# ---------------------------------------------------------------- what was given, what was captured


@dataclass(frozen=True, slots=True)
class Target:
    """What someone gave us, normalised.

    `url` is absolute http(s); `host` is lower-case ASCII (punycode); `domain` is the registrable domain, private
    suffixes counted (`shop.github.io` is its own domain), or the host itself for an address or a bare suffix.
    """

    input: str
    url: str
    host: str
    domain: str

    @property
    def is_page(self) -> bool:
        """True when a path or query was given: then that page is judged, and its host is spared."""
        rest = self.url.split("://", 1)[-1].partition("/")[2]
        return bool(rest.strip("/"))


@dataclass(frozen=True, slots=True)
class Gap:
    """Stands where an artifact could not be had, and says why, in a sentence for people."""

    artifact: str
    why: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of a saved record, or, with empty text, what was sought and where.

    `text` is at most 200 characters, taken letter for letter; our own words go into `note`. `digest` is the
    sha256 of the record's body; `offset` counts bytes in that body, None where the text is not from a body.
    """

    url: str
    text: str
    note: str = ""
    digest: str = ""
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: absolute `url`, visible `text` (or the image's alt text), `rel` as written."""

    url: str
    text: str
    rel: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A form field. `kind` is the input type, or `select`, `textarea`, `button`; `label` what a visitor reads."""

    kind: str
    name: str
    label: str
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form: absolute `action`, upper-case `method`, its fields, and its visible text."""

    action: str
    method: str
    fields: tuple[Field, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image: absolute `url`, `alt` text, and `link`, the absolute address that a click opens ("" if none)."""

    url: str
    alt: str
    link: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One fetched page, parsed once.

    `text` begins with the title and the meta description, one line each, then the visible text, one line a block.
    `source` is the decoded body; `digest` the sha256 of its bytes. `role` says why it was fetched: `home`,
    `pasted`, `contact`, `about`, `faq`, `prescription`, `shipping`, `returns`, `terms`, `privacy`, `product`,
    `checkout` or `issuer` (a seal's page on its issuer's host). `shell` names what stood in place of content:
    `bot-wall`, `parked`, `javascript`, `login`, `empty`, or "".
    """

    url: str
    role: str
    status: int
    text: str
    title: str = ""
    language: str = ""
    links: tuple[Link, ...] = ()
    forms: tuple[Form, ...] = ()
    images: tuple[Image, ...] = ()
    structured: tuple[Mapping[str, Any], ...] = ()
    source: str = ""
    charset: str = "utf-8"
    digest: str = ""
    shell: str = ""
    hops: tuple[str, ...] = ()

    def quote(self, start: int, end: int, note: str = "") -> Quote:
        """Return the text from `start` to `end` of `text` as a quote of at most 200 characters."""
        return Quote(self.url, self.text[start : min(end, start + 200)], note, self.digest)


@dataclass(frozen=True, slots=True)
class Site:
    """Everything captured about one target at one time. `captured` is an aware UTC time."""

    target: Target
    captured: datetime
    pages: tuple[Page, ...]
    gaps: tuple[Gap, ...] = ()


# ---------------------------------------------------------------- what reading finds


class Stance(StrEnum):
    """How a phrase is meant by the page that carries it."""

    ASSERTED = "asserted"
    DENIED = "denied"
    WARNED = "warned"
    REPORTED = "reported"


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

    `use` is `human`, `vet`, `research` or `device`. `status` maps US, GB, EU to `rx`, `otc`, `pharmacist`, `mixed`,
    `unapproved` or `withdrawn`; `schedule` maps US, GB to a controlled-drug class (`C2`, `CD4`). `export_brands` are
    (brand, home country) pairs that no US, GB or EU pharmacy sells. `max_strength_mg` is the highest authorised
    strength of one tablet or capsule anywhere in US, GB, EU, None if unknown. `confidence` is high, medium or low.
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
    without_prescription: str = ""
    source: str = ""
    confidence: str = "low"

    @property
    def prescription_only(self) -> bool:
        """True when every market that we know asks for a prescription (or has no lawful sale at all)."""
        return bool(self.status) and all(s in ("rx", "unapproved", "withdrawn") for s in self.status.values())

    @property
    def never_approved(self) -> bool:
        """True when no market that we know has an authorised product."""
        return bool(self.status) and all(s in ("unapproved", "withdrawn") for s in self.status.values())


@dataclass(frozen=True, slots=True)
class Sighting:
    """A medicine's name on a page. `written` is the name as it stands; `disguised` if letters were swapped."""

    medicine: Medicine
    written: str
    page: Page
    start: int
    end: int
    disguised: bool = False

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


class Rung(StrEnum):
    """The prescription ladder: what a seller asks for before it sends a prescription medicine."""

    NONE = "none"
    WAIVED = "waived"
    OPTIONAL = "optional"
    QUESTIONNAIRE = "questionnaire"
    CONSULTATION = "consultation"
    REQUIRED = "required"
    UPLOAD = "upload"
    E_PRESCRIPTION = "e-prescription"
    ORIGINAL = "original-by-post"


@dataclass(frozen=True, slots=True)
class Statement:
    """One rung of the ladder as the site says it or does it; `medicine` names the one it is about, if one is near."""

    rung: Rung
    quote: Quote
    medicine: str = ""


@dataclass(frozen=True, slots=True)
class Prescription:
    """The ladder from two places, kept apart: what the words say, what the forms and steps do.

    `checkout` is the page of the cart or checkout that was read, or a Gap.
    """

    said: tuple[Statement, ...]
    done: tuple[Statement, ...]
    checkout: Page | Gap


@dataclass(frozen=True, slots=True)
class Detail:
    """One particular of the operator or of the trade: its `kind`, normalised `value`, `country` ("" unknown), quote.

    Kinds: `name`, `address`, `phone`, `email`, `messenger`, `pharmacist`, `prescriber`, `currency`, `payment`, `ships-to`.
    """

    kind: str
    value: str
    quote: Quote
    country: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence or registration number on a page, with the id of the registry whose shape it has."""

    registry: str
    number: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Operator:
    """Who says to be behind the site. `read` are the pages on which such particulars were sought."""

    names: tuple[Detail, ...] = ()
    addresses: tuple[Detail, ...] = ()
    phones: tuple[Detail, ...] = ()
    emails: tuple[Detail, ...] = ()
    messengers: tuple[Detail, ...] = ()
    pharmacists: tuple[Detail, ...] = ()
    prescribers: tuple[Detail, ...] = ()
    licences: tuple[Licence, ...] = ()
    read: tuple[Page, ...] = ()

    @property
    def countries(self) -> frozenset[str]:
        """Countries that addresses, in the first place, or phones point to."""
        found = frozenset(d.country for d in self.addresses if d.country)
        return found or frozenset(d.country for d in self.phones if d.country)


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal or logo of a scheme. `outcome`: `unlinked`, `elsewhere`, `issuer` (right host, page not read) or `confirmed`.

    `scheme` is a registry id (or `eu-logo`, `vipps`, `invented`); `link` is where a click leads, "" if nowhere.
    """

    scheme: str
    outcome: str
    quote: Quote
    link: str = ""


@dataclass(frozen=True, slots=True)
class Trade:
    """How it sells: currencies, payment ways, and countries it names as destinations."""

    currencies: tuple[Detail, ...] = ()
    payments: tuple[Detail, ...] = ()
    destinations: tuple[Detail, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Promoted:
    """A seller that a page points to: its `name`, `domain` ("" where only named), `url` ("" likewise)."""

    name: str
    domain: str
    url: str
    quote: Quote


# ---------------------------------------------------------------- registries


@dataclass(frozen=True, slots=True)
class Registry:
    """A national or accreditor's list. `polarity` is `positive` (lawful sellers) or `negative` (official warnings).

    `entries` counts the rows that we hold, 0 where we hold none. `exhaustive` says for whom absence proves something
    ("" nobody, else `pharmacies`, `sellers` or `veterinary`); `hosts` are where its logo or entry pages may be.
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
    report_url: str = ""
    source: str = ""
    confidence: str = "low"

    def fresh(self, day: date) -> bool:
        """True when our copy is no older than its maximum age on `day`."""
        return self.as_of is not None and (day - self.as_of).days <= self.max_age_days


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry of a registry. `status`: `listed`, `warned` or `lifted` (a warning that was withdrawn)."""

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


@dataclass(frozen=True, slots=True)
class Consultation:
    """What the registries answered: entries for this domain, and entries for the numbers that the site prints."""

    by_domain: tuple[Listing, ...]
    by_number: tuple[tuple[Licence, tuple[Listing, ...]], ...]
    consulted: tuple[Registry, ...]


# ---------------------------------------------------------------- findings and the report


class Unread(Exception):
    """Raised by a signal whose question the pages that were read cannot answer; its message says why, for people."""



@dataclass(frozen=True, slots=True)
class Evidence:
    """A site, read, and the registries, consulted. Its fields are the artifacts that a signal may name as parameters."""

    target: Target
    captured: datetime
    pages: tuple[Page, ...] | Gap
    kind: Kind
    mentions: tuple[Mention, ...] | Gap
    sightings: tuple[Sighting, ...] | Gap
    offers: tuple[Offer, ...] | Gap
    prescription: Prescription | Gap
    checkout: Page | Gap
    operator: Operator | Gap
    seals: tuple[Seal, ...] | Gap
    trade: Trade | Gap
    registers: Consultation
    promoted: tuple[Promoted, ...] = ()
    gaps: tuple[Gap, ...] = ()


class Answer(StrEnum):
    """A signal's answer."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """A signal's answer with its quotes; `why` says what was missing when the answer is UNKNOWN."""

    signal: str
    answer: Answer
    quotes: tuple[Quote, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding that moved the score. `points` are decibans after caps: positive towards rogue, negative away."""

    signal: str
    title: str
    points: float
    quotes: tuple[Quote, ...]
    source: str = ""


class Verdict(StrEnum):
    """The answer for the person who asked."""

    LEGITIMATE = "legitimate"
    UNVERIFIED = "unverified"
    INTERMEDIARY = "intermediary"
    SUSPICIOUS = "suspicious"
    ROGUE = "rogue"
    NOT_A_PHARMACY = "not-a-pharmacy"
    CANNOT_ASSESS = "cannot-assess"


@dataclass(frozen=True, slots=True)
class Buyer:
    """May this site sell what it offers to a buyer in `country`? `lawful`: `yes`, `no` or `unknown`."""

    country: str
    lawful: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one check; `as_dict()` in `pharmcheck.report.json` is its JSON contract, report/1."""

    target: Target
    captured: datetime
    kind: Kind
    verdict: Verdict
    risk: int
    confidence: str
    reasons: tuple[Reason, ...]
    findings: tuple[Finding, ...]
    listings: tuple[Listing, ...]
    buyers: tuple[Buyer, ...]
    promoted: tuple[Promoted, ...]
    gaps: tuple[Gap, ...]
    advice: tuple[str, ...]
    counterfactual: str
    ruleset: str

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON values, schema `pharmcheck/report/1`."""
        raise NotImplementedError
