"""Animals' prescription medicines in the cart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Prescription, Quote
from pharmcheck.reading.intake import ORDER_ON_SITE, asked_for, takes_prescriptions


def animal_medicine_without_vet(offers: Sequence[Offer], prescription: Prescription) -> Iterator[Quote]:
    """A medicine that vets prescribe for animals goes into the cart, and no form takes the vet's prescription.

    Why: it is told apart from people's medicines: who sells it breaks the law on animals' medicines, not on people's.
    Source: 21 CFR 530 and FDA, "A Lawful Online Pet Pharmacy"; Veterinary Medicines Regulations 2013 (GB), POM-V.
    False alarm: a pet pharmacy that asks the vet by telephone after the order.
    """
    if takes_prescriptions(prescription):
        return
    for offer in offers:
        medicine = offer.medicine
        bound = medicine.use == "vet" and medicine.prescription_only and not medicine.never_approved
        if bound and offer.order in ORDER_ON_SITE and not asked_for(offer, prescription):
            yield replace(offer.quote, note=f"{medicine.name}, for animals on a vet's prescription")
