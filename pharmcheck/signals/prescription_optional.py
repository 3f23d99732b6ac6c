"""What the words say about a prescription."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Prescription, Quote, Rung
from pharmcheck.reading.intake import said_at


def prescription_optional(prescription: Prescription) -> Iterator[Quote]:
    """The site leaves the prescription to the buyer: optional, or "if you have one".

    Why: a prescription medicine may not be sold to somebody who has none, so "if you have one" means that none
    is needed.
    Source: Visa, guide for acquirers on online pharmacies (2016), on fake prescription policies; NABP,
    is-that-pharmacy-safe.
    False alarm: a shop whose other goods need no prescription and that words one policy for both.
    """
    yield from said_at(Rung.OPTIONAL, prescription)
