"""What the prices and quantities of offers tell: steep ladders of packs, and absurd quantities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Offer, Quote
from pharmcheck.reading.amounts import price_value

# A ladder of affiliate shops climbs from 10 to 360 pills. Clinics sell 4 to 32, and mail order 30, 60 and 90, where
# the fee for filling alone makes the small pack dear.
_FEWEST_STEPS = 4
_HIGH_STEP = 120
_FALL = 0.4
# Lawful courses: 20 mg of sildenafil three times a day and 40 mg of tadalafil a day are taken for the lungs, 5 mg of
# tadalafil every day; above these strengths a tablet is for one night.
_FOR_ONE_NIGHT = {"sildenafil": 50.0, "tadalafil": 40.0, "vardenafil": 10.0, "avanafil": 50.0}
_MANY_NIGHTS = 120
# More than a month at the usual highest number a day (four, six, one), with room: prescribers of controlled medicines are
# held to about 30 days (GB: Department of Health guidance on Schedules 2 to 4; US: 21 CFR 1306.12 for schedule II).
_MANY = {"benzodiazepine": 150, "opioid": 200, "hypnotic": 90}


def steep_ladders(offers: Sequence[Offer]) -> Iterator[tuple[Quote, float]]:
    """Yield the largest pack of each ladder of packs, and by what share its unit price is below that of the smallest.

    A ladder has four packs or more of one medicine and strength in one currency on one page, the largest of 120 or more.
    """
    ladders: dict[tuple[str, str, float | None, str], dict[int, Offer]] = {}
    for offer in offers:
        if offer.quantity and offer.quantity > 1 and offer.price and offer.needs_prescription:
            key = (offer.page.url, offer.medicine.name, offer.strength_mg, offer.currency)
            ladders.setdefault(key, {}).setdefault(offer.quantity, offer)
    for ladder in ladders.values():
        small, large = ladder[min(ladder)], ladder[max(ladder)]
        if len(ladder) >= _FEWEST_STEPS and max(ladder) >= _HIGH_STEP and _FALL < _fall(small, large) < 1:
            yield large.quote, _fall(small, large)


def _fall(small: Offer, large: Offer) -> float:
    """Return by what share a unit of the large pack is cheaper; where the large pack is, the prices are those of units."""
    low, high = price_value(small.price), price_value(large.price)
    if not low or not high:
        return 0.0
    return 1 - (high / low if high < low else high * (small.quantity or 1) / (low * (large.quantity or 1)))


def absurd_quantities(offers: Sequence[Offer]) -> Iterator[tuple[Offer, str]]:
    """Yield offers, to be ordered, of more tablets than any course asks for, with a sentence that says how many."""
    for offer in offers:
        if not offer.order or not offer.quantity or not offer.needs_prescription:
            continue
        name, family = offer.medicine.name, offer.medicine.family
        base = next((base for base in _FOR_ONE_NIGHT if name.startswith(base)), "")
        if base and offer.quantity >= _MANY_NIGHTS and (offer.strength_mg or 0) >= _FOR_ONE_NIGHT[base]:
            yield offer, f"{offer.quantity} tablets, each for one night"
        elif offer.medicine.schedule and offer.quantity >= _MANY.get(family, offer.quantity + 1):
            yield offer, f"{offer.quantity} tablets of a controlled medicine in one order"
