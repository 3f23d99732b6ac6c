"""What the words say about a prescription."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Prescription, Quote, Rung
from pharmcheck.reading.intake import said_at


def prescription_waived(prescription: Prescription) -> Iterator[Quote]:
    """The site says that it supplies the prescription itself, free or included.

    Why: a prescription that comes with the goods is not a check by somebody independent of the sale.
    Source: Partnership for Safe Medicines, safemedicines.org/warningsigns; FDA on internet pharmacies (Chicago
    Tribune, 16 October 2012).
    False alarm: a telehealth clinic that bundles the consultation of a named clinician with the medicine.
    """
    yield from said_at(Rung.WAIVED, prescription)
