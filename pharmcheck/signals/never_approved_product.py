"""Substances that no regulator lets anybody sell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Quote


def never_approved_product(offers: Sequence[Offer]) -> Iterator[Quote]:
    """A substance that was never authorised, or was withdrawn, is offered with a price or a way to order.

    Why: no lawful pharmacy can stock what no regulator authorised; some of these killed people (DNP,
    sibutramine).
    Source: FDA letters of 2024 to 2026 on retatrutide and other unapproved peptides; EMA withdrawals of
    sibutramine and rimonabant, 2009 and 2010.
    False alarm: a supplier to laboratories, or a new authorisation that our table does not have yet.
    """
    for offer in offers:
        medicine = offer.medicine
        if medicine.never_approved and medicine.use in ("human", "research") and (offer.price or offer.order):
            status = ", ".join(f"{country} {answer}" for country, answer in sorted(medicine.status.items()))
            yield replace(offer.quote, note=f"{medicine.name}: {status}")
