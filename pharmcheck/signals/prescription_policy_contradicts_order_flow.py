"""Words for the inspector, a cart for the buyer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Page, Prescription, Quote, Rung
from pharmcheck.reading.intake import INTAKE, PRESCRIPTION_TAKEN, ordered_on_site


def prescription_policy_contradicts_order_flow(
    prescription: Prescription, offers: Sequence[Offer], checkout: Page
) -> Iterator[Quote]:
    """The words demand a prescription, and the way to order, checkout included, never asks for one.

    Why: a policy written for inspectors is a known trick; what the order form asks for is what happens.
    Source: Visa, guide for acquirers on online pharmacies (2016), heading on fake FAQ and prescription
    statements; GPhC, guidance for services at a distance, February 2025.
    False alarm: mail order that waits for the paper prescription by post, or asks for it after the account is
    opened.
    """
    if any(s.rung in INTAKE for s in prescription.done):
        return
    demands = [s for s in prescription.said if s.rung is Rung.REQUIRED or s.rung in PRESCRIPTION_TAKEN]
    sold = ordered_on_site(offers)
    if demands and sold:
        yield from (replace(s.quote, note="the words") for s in demands[:2])
        yield from (replace(o.quote, note=f"the order: {o.medicine.name}, prescription only") for o in sold[:2])
        yield Quote(checkout.url, "", f"sought a prescription step in the order form of {checkout.url}")
