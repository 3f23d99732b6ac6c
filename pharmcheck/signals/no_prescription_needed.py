"""What the words say about a prescription."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Prescription, Quote, Rung
from pharmcheck.reading.intake import said_at


def no_prescription_needed(prescription: Prescription) -> Iterator[Quote]:
    """The site says that it sells prescription medicines without a prescription.

    Why: of all that a page can say, this separates unlawful sellers best; NABP saw no demand for a valid
    prescription on 96 % of the sites that it called illegal.
    Source: NABP, nabp.net/programs/consumer-protection/buying-medicine-online/why-not-recommended; FDA
    BeSafeRx; Directive 2001/83/EC art. 70 to 72; Human Medicines Regulations 2012 reg. 214.
    False alarm: a medicine that a pharmacist may supply without a prescription (sildenafil 50 mg in GB,
    naloxone in the US).
    """
    yield from said_at(Rung.NONE, prescription)
