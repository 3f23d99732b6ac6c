"""Where the money goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_seller


def account_details_after_order(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """The seller gives its bank or wallet details by message after the order, or changes them from day to day.

    Why: accounts of unlawful sellers are closed as soon as banks learn of them; a shop with a merchant
    account has no need of it.
    Source: FTC, consumer.ftc.gov, on bank transfers to sellers; field notes on sellers of sedatives in Britain.
    False alarm: a small lawful shop that sends its IBAN with the invoice.
    """
    yield from said_by_seller(mentions, sightings, "account-details-later")
