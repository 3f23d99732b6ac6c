"""Medicines that leave a pharmacy only inside a safety programme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from pharmcheck.model import Offer, Operator, Prescription, Quote, Trade
from pharmcheck.reading.intake import ordered_on_site, takes_prescriptions

# Their programmes count for every shop; those of another country where the site names that country.
_MARKETS = frozenset({"US", "GB", "EU"})


def safety_programme_medicine_for_sale(
    offers: Sequence[Offer], prescription: Prescription, operator: Operator, trade: Trade, captured: datetime
) -> Iterator[Quote]:
    """A medicine that is bound to a safety programme goes into the cart, and no form takes a prescription.

    Why: such medicines maim unborn children or need blood counts; prescriber, pharmacy and patient are enrolled
    first. What a page says about the programme is not counted, for anybody can write it.
    Each programme counts between its own dates only, and outside the US, Britain and the EU where the site names that
    country.
    Source: FDA, isotretinoin capsule information (iPLEDGE) and approved REMS; MHRA, valproate and isotretinoin
    pregnancy prevention programmes.
    False alarm: mail order that checks the enrolment by post or telephone after the cart.
    """
    if takes_prescriptions(prescription):
        return
    markets = _MARKETS | {d.country for d in operator.addresses + operator.phones + trade.destinations}
    for offer in ordered_on_site(offers):
        bound = [p for p in offer.medicine.programmes if p.country in markets and p.in_force(captured.date())]
        if bound:
            names = ", ".join(f"{p.name} ({p.country})" for p in bound)
            yield replace(offer.quote, note=f"{offer.medicine.name} is bound to {names}, in force on {captured.date()}")
