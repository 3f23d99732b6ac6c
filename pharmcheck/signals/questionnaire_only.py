"""What stands in for a prescription."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Offer, Prescription, Quote, Rung
from pharmcheck.reading.intake import PRESCRIPTION_TAKEN


def questionnaire_only(prescription: Prescription, offers: Sequence[Offer]) -> Iterator[Quote]:
    """A questionnaire is all that stands between the buyer and a prescription medicine.

    Why: a form that nobody discusses with the buyer does not find out who is ill, pregnant or a child. What
    else the site asks for is taken from its forms; words about doctors do not count. A site that offers only what
    a pharmacist may supply without a prescription asks the questions that a pharmacist must ask.
    Source: NABP, why-not-recommended; GPhC, guidance for services at a distance, 4 February 2025 (no
    questionnaire alone for high-risk medicines); 21 U.S.C. 829(e) for controlled ones.
    False alarm: lawful asynchronous telehealth for low-risk medicines in GB and in many US states.
    """
    if any(s.rung in PRESCRIPTION_TAKEN or s.rung is Rung.CONSULTATION for s in prescription.done):
        return
    supplied = [o for o in offers if o.medicine.prescription_only or o.medicine.without_prescription]
    if supplied and not any(o.needs_prescription for o in supplied):
        return
    for statement in prescription.said + prescription.done:
        if statement.rung is Rung.QUESTIONNAIRE:
            yield statement.quote
