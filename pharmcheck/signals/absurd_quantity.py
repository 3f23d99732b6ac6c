"""How many tablets one may order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Quote
from pharmcheck.reading.prices import absurd_quantities


def absurd_quantity(offers: Sequence[Offer]) -> Iterator[Quote]:
    """One order holds more tablets than any course of treatment asks for.

    Why: pharmacies dispense what a prescriber wrote for some weeks; a hundred and twenty potency tablets, or sedatives,
    sleeping tablets and opioids for more than a month of the highest usual dose, are stock for a dealer.
    Source: 21 CFR 1306.12 and Department of Health guidance (about 30 days for controlled medicines); NHS guidance
    on potency medicines (one treatment a week as a rule).
    False alarm: low strengths that are taken daily for lungs or prostate, which are left out; a price list by the
    thousand for the trade.
    """
    yield from (replace(offer.quote, note=why) for offer, why in absurd_quantities(offers))
