"""Vials and syringes for anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Prescription, Quote
from pharmcheck.reading.intake import ORDER_ON_SITE, takes_prescriptions

# What is sold is a pack. A clinic prices areas, sessions and units.
_PACK = re.compile(
    r"\b(?:vials?|ampoules?|ampullen?|ampollas?|fiale|fiala|flacons?|viales|durchstechflasche\w*|box(?:es)? of|per box)\b"
    r"|\d\s?[x×]\s?\d(?:[.,]\d)?\s?ml\b|флакон|ампул",
    re.IGNORECASE,
)
_VIAL_SIZE = re.compile(r"\b(?:50|100|150|200|300|500)\s?(?:u|iu|units?|ie)\b", re.IGNORECASE)


def injectable_without_licence_check(offers: Sequence[Offer], prescription: Prescription) -> Iterator[Quote]:
    """Vials of botulinum toxin, or packs of filler, go into a cart or have a price, and no form takes a licence.

    Why: a prescriber who has seen the patient injects them; makers and wholesalers sell to practitioners whose
    licence they hold. What a page says of trade customers is not counted, for anybody can write it.
    Source: FDA, 18 letters to sellers of unapproved botulinum toxins, November 2025; MHRA and the Human Medicines
    Regulations 2012, reg. 214 (prescription only).
    False alarm: a wholesaler that checks the licence when the account is opened. A clinic offers treatments, by area
    or unit, and no vials.
    """
    if takes_prescriptions(prescription):
        return
    for offer in offers:
        medicine = offer.medicine
        if medicine.family == "aesthetic" and medicine.use in ("human", "device") and _is_pack(offer):
            yield replace(offer.quote, note=f"{medicine.name}; no form takes a licence or a prescription")


def _is_pack(offer: Offer) -> bool:
    """True when a vial or a box is for sale, and no treatment."""
    text = offer.quote.text
    if offer.order in ORDER_ON_SITE:
        exported = any(offer.written.casefold() == brand.casefold() for brand, _ in offer.medicine.export_brands)
        return bool(_PACK.search(text)) or (exported and bool(_VIAL_SIZE.search(text)))
    return bool(offer.price and offer.medicine.use == "human" and _PACK.search(text))
