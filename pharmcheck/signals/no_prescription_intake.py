"""The checkout, seen from within."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Page, Prescription, Quote
from pharmcheck.reading.intake import INTAKE, needs_prescription


def no_prescription_intake(offers: Sequence[Offer], prescription: Prescription, checkout: Page) -> Iterator[Quote]:
    """The order form was read, and neither it nor any other form takes a prescription or asks about health.

    Why: with the last step before payment read, a prescription medicine leaves without anybody having seen a
    prescription.
    Source: NABP, why-not-recommended; GPhC, guidance for services at a distance, February 2025; 21 U.S.C.
    353(b)(1).
    False alarm: a prescription that is asked for by e-mail or post after the order, or in an app.
    """
    sold = [o for o in offers if needs_prescription(o) and o.order]
    if not sold or any(s.rung in INTAKE for s in prescription.done):
        return
    yield Quote(
        checkout.url, "", f"sought an upload, an e-prescription or a consultation in the order form of {checkout.url}"
    )
    yield from (replace(o.quote, note=f"{o.medicine.name}, prescription only") for o in sold)
