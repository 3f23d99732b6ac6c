"""What is asked for before a prescription medicine leaves: by forms and steps, and, apart from them, by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pharmcheck.model import Gap, Offer, Page, Prescription, Quote, Rung, Statement

ORDER_ON_SITE = frozenset({"cart", "table"})
ASKS_FOR_ONE = frozenset({Rung.REQUIRED, Rung.UPLOAD, Rung.E_PRESCRIPTION, Rung.ORIGINAL})
ASKS_FOR_NONE = frozenset({Rung.NONE, Rung.WAIVED, Rung.OPTIONAL})
PRESCRIPTION_TAKEN = frozenset({Rung.UPLOAD, Rung.E_PRESCRIPTION, Rung.ORIGINAL})
INTAKE = PRESCRIPTION_TAKEN | {Rung.CONSULTATION, Rung.QUESTIONNAIRE}


def needs_prescription(offer: Offer) -> bool:
    """True when people get it on prescription only; one never authorised cannot be prescribed, and vets are told apart."""
    medicine = offer.medicine
    return offer.needs_prescription and not medicine.never_approved and medicine.use != "vet"


def ordered_on_site(offers: Iterable[Offer]) -> list[Offer]:
    """Return the offers of prescription-only medicines that go into a cart, an order table or, as a priced pack, on order."""
    return [
        o
        for o in offers
        if needs_prescription(o) and (o.order in ORDER_ON_SITE or (o.order and o.price and o.quantity))
    ]


def asked_for(offer: Offer, prescription: Prescription) -> bool:
    """True when a step asks for a prescription or for health answers on the offer's page or at the checkout."""
    passed = {offer.page.url}
    if isinstance(prescription.checkout, Page):
        passed.add(prescription.checkout.url)
    return any(s.rung in INTAKE and s.quote.url in passed for s in prescription.done)


def controlled_and_unseen(offers: Iterable[Offer] | Gap, checkout: Page | Gap) -> tuple[str, ...]:
    """Return the controlled medicines that go into a cart behind which nothing was read: no accusation, and no yes either."""
    if isinstance(offers, Gap) or not isinstance(checkout, Gap):
        return ()
    carted = (o for o in offers if o.medicine.schedule and o.needs_prescription and o.order in ORDER_ON_SITE)
    return tuple(dict.fromkeys(o.medicine.name for o in carted))


def takes_prescriptions(prescription: Prescription) -> bool:
    """True when a form anywhere on the site takes the buyer's own prescription: mail order may ask after the cart."""
    return any(s.rung in PRESCRIPTION_TAKEN for s in prescription.done)


def said_at(rung: Rung, prescription: Prescription) -> Iterator[Quote]:
    """Yield the words of the site that stand at this rung, each with a note of which medicine they are about, if of one."""
    for statement in prescription.said:
        if statement.rung is rung:
            yield replace(statement.quote, note=f"said of {statement.medicine}" if statement.medicine else "")


def demands(prescription: Prescription, medicine: str) -> list[Statement]:
    """Return the words that ask for a prescription, of that medicine by name or of all."""
    return [s for s in prescription.said if s.rung in ASKS_FOR_ONE and s.medicine in ("", medicine)]
