"""Controlled medicines on offer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Page, Prescription, Quote
from pharmcheck.reading.intake import ORDER_ON_SITE, asked_for, takes_prescriptions

# A clinic with one such medicine may say "get it online" and ask its questions behind the link; one that links to the
# order of three has an assortment.
_ASSORTMENT = 3


def controlled_medicine_for_sale(
    offers: Sequence[Offer], prescription: Prescription, checkout: Page
) -> Iterator[Quote]:
    """Controlled medicines can be ordered, and no form asks for a prescription.

    Why: these medicines addict and kill by overdose, and test purchases brought fentanyl in their place; the
    law ties their sale to a prescriber who has seen the patient. A cart or an order table is enough; links to
    order count when there are three such medicines.
    Source: 21 U.S.C. 829(e) (Ryan Haight Act); Misuse of Drugs Regulations 2001; DEA alert of October 2024,
    dea.gov/alert/dea-issues-warning-about-illegal-online-pharmacies.
    False alarm: a lawful clinic whose intake lies behind a login. Pharmacies of AU, NZ and the US have them in the cart as well and
    take the prescription at the checkout or by post, so nothing is said where that was not read. A medicine that any market sells without a
    prescription (low-dose codeine) is left out.
    """
    if takes_prescriptions(prescription):
        return
    sold = [o for o in offers if o.medicine.schedule and o.medicine.prescription_only and o.order]
    sold = [o for o in sold if not asked_for(o, prescription)]
    assortment = len({o.medicine.name for o in sold}) >= _ASSORTMENT
    for offer in sold:
        if assortment or offer.order in ORDER_ON_SITE:
            classes = ", ".join(
                f"{country} {schedule}" for country, schedule in sorted(offer.medicine.schedule.items())
            )
            yield replace(offer.quote, note=f"{offer.medicine.name} is controlled: {classes}; {checkout.url} was read")
