"""Words for the inspector, a cart for the buyer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Ladder, Offer, Page, Prescription, Quote
from pharmcheck.reading.intake import ASKS_FOR_NONE, demands, ordered_on_site


def prescription_policy_contradicts_order_flow(
    ladder: Ladder, prescription: Prescription, offers: Sequence[Offer], checkout: Page
) -> Iterator[Quote]:
    """The words demand a prescription, and the way to order, checkout included, never asks for one.

    Why: a policy written for inspectors is a known trick; what the order form asks for is what happens. Each
    medicine is asked about by itself: a form for one does not serve another.
    Source: Visa, guide for acquirers on online pharmacies (2016), heading on fake FAQ and prescription
    statements; GPhC, guidance for services at a distance, February 2025.
    False alarm: mail order that waits for the paper prescription by post, or asks for it after the account is
    opened.
    """
    sold = {o.medicine.name: o for o in reversed(ordered_on_site(offers))}
    told = []
    for step in ladder.steps:
        if step.medicine in sold and step.done in ASKS_FOR_NONE and not step.agrees:
            words = {(quote.url, quote.text) for quote in step.quotes}
            asked = [s.quote for s in demands(prescription, step.medicine)]
            told += [(step.medicine, quote) for quote in asked if (quote.url, quote.text) in words][:1]
    for _, quote in told[:2]:
        yield replace(quote, note="the words")
    for name, _ in told[:2]:
        yield replace(sold[name].quote, note=f"the order: {name}, prescription only")
    if told:
        yield Quote(checkout.url, "", f"sought a prescription step in the order form of {checkout.url}")
