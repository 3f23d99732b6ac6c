"""Strengths and forms that no regulator authorised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Quote

# A strength in these is per millilitre, per gram or per container, not per tablet.
_NOT_A_TABLET = re.compile(
    r"\bml\b|\b(?:cream|gel|ointment|lotion|solution|suspension|syrup|drops|spray|patch|patches|inject\w*|vials?|"
    r"ampoules?|pens?|inhaler|powder)\b",
    re.IGNORECASE,
)


def impossible_strength(offers: Sequence[Offer]) -> Iterator[Quote]:
    """A medicine is offered in a strength or form that no US, GB or EU regulator authorised.

    Why: a tablet above the highest authorised strength comes from no inspected factory, whatever its label.
    Source: the table of medicines (highest strength of one tablet or capsule, with its own source); FDA Orange
    Book; EMA, MHRA product lists.
    False alarm: a misprint, a strength for a whole pack, or a product authorised elsewhere (India, Mexico).
    """
    for offer in offers:
        note = _unknown_form(offer) or _above_highest(offer)
        if note:
            yield replace(offer.quote, note=note)


def _unknown_form(offer: Offer) -> str:
    """Return what is wrong with the form that stands beside the name, or ""."""
    text, name = offer.quote.text.casefold(), offer.written.casefold()
    start = max(text.find(name), 0)
    near = text[max(start - 15, 0) : start + len(name) + 25]  # "female …" before it, "… 100 mg soft tabs" behind
    named = (f for f in offer.medicine.impossible_forms if f in near and re.search(rf"\b{re.escape(f)}\b", near))
    form = next(named, "")
    return f"{offer.medicine.name}, {form}: this form was not authorised in US, GB or EU" if form else ""


def _above_highest(offer: Offer) -> str:
    """Return what is wrong with the strength of a tablet or capsule, or ""."""
    highest, given = offer.medicine.max_strength_mg, offer.strength_mg
    if (
        not highest
        or not given
        or given <= highest
        or offer.medicine.use != "human"
        or _NOT_A_TABLET.search(offer.quote.text)
    ):
        return ""
    return f"{given:g} mg was not authorised in US, GB or EU; the highest is {highest:g} mg"
