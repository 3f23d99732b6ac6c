"""How the purchase is kept from view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_dealer


def discreet_packaging_or_billing(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """Prescription medicines come in plain parcels, or under another name on the bank statement.

    Why: secrecy is sold with the goods; alone it says little.
    Source: MHRA, FakeMeds; field notes on shops of potency medicines.
    False alarm: nearly every lawful shop for sexual health promises plain parcels.
    """
    yield from said_by_dealer(mentions, sightings, "discreet-packaging", "discreet-billing")
