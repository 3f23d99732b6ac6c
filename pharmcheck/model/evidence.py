"""A site, read, and the registries, consulted: what signals are asked about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pharmcheck.model.bound import Binding
from pharmcheck.model.captured import (
    NO_CERTIFICATE,
    NO_DNS,
    NO_HOSTING,
    NO_REGISTRATION,
    Gap,
    Page,
    Target,
    View,
)
from pharmcheck.model.ladder import Ladder, Prescription
from pharmcheck.model.listed import Consultation
from pharmcheck.model.network import Certificate, Hosting, Names, Registration
from pharmcheck.model.read import (
    Host,
    HostState,
    Kind,
    Mention,
    Offer,
    Operator,
    Pitch,
    Promoted,
    Resemblance,
    Seal,
    Sighting,
    Trade,
)
from pharmcheck.model.vantage import Difference


class Unread(Exception):  # noqa: N818 - no error: an answer that was not to be had
    """Raised by a signal whose question the pages that were read cannot answer; its message says why, for people."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A site, read, and the registries, consulted: its fields are what a signal may name as parameters."""

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
    ladder: Ladder | Gap = field(default_factory=Ladder)
    host: Host = field(default_factory=lambda: Host(HostState.OWN, ""))
    promoted: tuple[Promoted, ...] = ()
    pitches: tuple[Pitch, ...] | Gap = ()
    resembles: tuple[Resemblance, ...] = ()
    bindings: tuple[Binding, ...] | Gap = ()
    gaps: tuple[Gap, ...] = ()
    views: tuple[View, ...] = ()
    vantage: tuple[Difference, ...] | Gap = field(
        default_factory=lambda: Gap("vantage", "vantage: nobody else's view of the site was asked for")
    )
    registration: Registration | Gap = NO_REGISTRATION
    dns: Names | Gap = NO_DNS
    tls: Certificate | Gap = NO_CERTIFICATE
    hosting: tuple[Hosting, ...] | Gap = NO_HOSTING
