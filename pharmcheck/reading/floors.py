"""Prices below what is plausible, by the floors of reference_prices.csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pharmcheck.model import Offer
from pharmcheck.reading.amounts import price_value

_TABLE = Path(__file__).with_name("reference_prices.csv")
# Beside a price: that of a week or a dose, a part of it, or of something else that bears the brand's name.
_IN_PART = re.compile(
    r"week|per dose|/ ?dose|each dose|deposit|instal|consult|needle|sharps|insur|co-?pay|coupon|\boff\b|refer|from £?\d+ a",
    re.IGNORECASE,
)
_BESIDE = 40  # characters


@dataclass(frozen=True, slots=True)
class Floor:
    """The lowest plausible price of a brand in a market, `per` pack as sold or `tablet`; for prices of the maker's own goods."""

    medicine: str
    brand: str
    form: str
    market: str
    currency: str
    per: str
    floor: float
    source: str
    as_of: date
    confidence: str


@cache
def reference_prices() -> tuple[Floor, ...]:
    """Return the floors of reference_prices.csv, in its order: about half the lowest list price that its source names."""
    lines = _TABLE.read_text("utf-8").splitlines()
    return tuple(
        Floor(
            medicine=row["medicine"],
            brand=row["brand"],
            form=row["form"],
            market=row["market"],
            currency=row["currency"],
            per=row["per"],
            floor=float(row["floor"]),
            source=row["source"],
            as_of=date.fromisoformat(row["as_of"]),
            confidence=row["confidence"],
        )
        for row in csv.DictReader(lines)
    )


def below_floor(offers: Sequence[Offer]) -> Iterator[tuple[Offer, Floor]]:
    """Yield the offers of a brand below its floor, by floors of high confidence only.

    Only whole packs count that can be ordered with their strength: a deposit, a price by the week and a consultation
    have none. A price of one tablet needs the number of tablets.
    """
    floors = {(f.brand.casefold(), f.currency): f for f in reference_prices() if f.confidence == "high"}
    for offer in offers:
        floor = floors.get((offer.written.casefold(), offer.currency))
        if not floor or offer.order not in ("cart", "table") or not offer.price or offer.strength_mg is None:
            continue
        if floor.per == "tablet" and not offer.quantity:
            continue
        if _IN_PART.search(_around(offer)):
            continue
        units = offer.quantity or 1 if floor.per == "tablet" else 1
        if 0 < price_value(offer.price) < floor.floor * units:
            yield offer, floor


def _around(offer: Offer) -> str:
    """Return the offer's quote with what stands beside it on its page."""
    at = offer.page.text.find(offer.quote.text)
    return offer.page.text[max(0, at - _BESIDE) : at + len(offer.quote.text) + _BESIDE] if at >= 0 else offer.quote.text
