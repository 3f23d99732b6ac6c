"""Is this a seller of prescription medicines? For what is no phrase: a wallet, an icon, a price."""

from __future__ import annotations

from collections.abc import Sequence

from pharmcheck.model import Kind, Mention, Sighting, SiteKind
from pharmcheck.reading.goods import deals_in_prescription_medicines

SELLERS = frozenset(
    {
        SiteKind.PHARMACY,
        SiteKind.OTC_SHOP,
        SiteKind.TELEHEALTH,
        SiteKind.INTERMEDIARY,
        SiteKind.RESEARCH_CHEMICALS,
        SiteKind.VET_PHARMACY,
        SiteKind.MARKETPLACE_LISTING,
    }
)


def sells_medicines(kind: Kind, mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> bool:
    """True for a seller, by its kind, whose goods are prescription medicines; news and guides name them as well."""
    return kind.name in SELLERS and deals_in_prescription_medicines(mentions, sightings)
