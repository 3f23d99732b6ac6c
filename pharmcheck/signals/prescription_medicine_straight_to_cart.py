"""The way of a prescription medicine into the cart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Prescription, Quote
from pharmcheck.reading.intake import asked_for, ordered_on_site


def prescription_medicine_straight_to_cart(offers: Sequence[Offer], prescription: Prescription) -> Iterator[Quote]:
    """A prescription medicine goes into the cart, and no form there asks for a prescription or about health.

    Why: where the medicine is one click away like a book, the prescription is an afterthought or none. A pack with a
    number and a price that can be ordered in another way counts as well.
    Source: GPhC, guidance for services at a distance, February 2025 (no selection of the medicine before the
    consultation); Visa, guide for acquirers (2016).
    False alarm: lawful mail order in the US, DE, AU and NZ that takes the prescription after the cart.
    """
    for offer in ordered_on_site(offers):
        if offer.price and not asked_for(offer, prescription):
            yield replace(
                offer.quote, note=f"{offer.medicine.name}, prescription only; no prescription step on the page"
            )
