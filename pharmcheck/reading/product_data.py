"""Offers from a page's product data: JSON-LD and microdata of schema.org."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from pharmcheck.model import Offer, Page, Quote, Sighting
from pharmcheck.reading.amounts import CURRENCIES, read_amounts
from pharmcheck.reading.medicines import find_medicines
from pharmcheck.reading.structured import nested

_PRODUCTS = ("Product", "Drug", "IndividualProduct", "ProductModel", "MedicalEntity")
MAX_PRODUCTS = 1_000


def structured_offers(page: Page, sightings: Sequence[Sighting]) -> Iterator[Offer]:
    """Yield an offer for each product with a price whose name is that of a medicine; the order path is not known.

    `sightings` are those of this page; a product that the visible text does not name is looked up by its own name.
    """
    named = ((item, str(item.get("name") or "")[:200]) for item in nested(page.structured) if _is_product(item))
    for item, name in islice(filter(lambda pair: pair[1], named), MAX_PRODUCTS):
        sighting = _sighting(page, sightings, name)
        price, currency = _price(item.get("offers", item))
        if sighting and price:
            amounts = read_amounts(name.lower())
            yield Offer(
                medicine=sighting.medicine,
                written=sighting.written,
                quote=sighting.quote if sighting.page is page else Quote(page.url, name, "product data", page.digest),
                page=page,
                strength_mg=amounts.strengths[0][1] if amounts.strengths else None,
                quantity=amounts.packs[0][1] if amounts.packs else None,
                price=price,
                currency=currency,
            )


def _is_product(item: Mapping[str, Any]) -> bool:
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(str(kind).rpartition("/")[2] in _PRODUCTS for kind in kinds)


def _sighting(page: Page, sightings: Sequence[Sighting], name: str) -> Sighting | None:
    """Return where the page names the product's medicine, or the name in the data itself."""
    named = find_medicines(Page(page.url, page.role, page.status, name))
    if not named:
        return None
    return next((s for s in sightings if s.medicine.name == named[0].medicine.name), named[0])


def _price(offers: Any) -> tuple[str, str]:
    """Return (amount, currency) of an Offer, an AggregateOffer or a list of them; ("", "") if there is none."""
    for offer in offers if isinstance(offers, list) else [offers]:
        if not isinstance(offer, Mapping):
            continue
        nested_price = offer.get("priceSpecification")
        for place in (offer, nested_price[0] if isinstance(nested_price, list) and nested_price else nested_price):
            if not isinstance(place, Mapping):
                continue
            amount = str(place.get("price") or place.get("lowPrice") or "").strip()[:20]
            if amount.strip("0., "):
                currency = str(place.get("priceCurrency") or "").strip().upper()[:3]
                return amount, currency if currency in CURRENCIES.values() else ""
    return "", ""
