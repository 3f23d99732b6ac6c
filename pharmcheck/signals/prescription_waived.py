"""What the words say about a prescription."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Prescription, Quote, Rung


def prescription_waived(prescription: Prescription) -> Iterator[Quote]:
    """The site says that it supplies the prescription itself, free or included.

    Why: a prescription that comes with the goods is not a check by somebody independent of the sale.
    Source: Partnership for Safe Medicines, safemedicines.org/warningsigns; FDA on internet pharmacies (Chicago
    Tribune, 16 October 2012).
    False alarm: a telehealth clinic that bundles the consultation of a named clinician with the medicine.
    """
    for statement in prescription.said:
        if statement.rung is Rung.WAIVED:
            about = f"said of {statement.medicine}" if statement.medicine else ""
            yield replace(statement.quote, note=about)
