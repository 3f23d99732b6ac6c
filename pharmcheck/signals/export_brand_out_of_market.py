"""Brands made for one market and sold in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Operator, Quote, Trade, Unread

# Where the currencies are at home in which export brands are sold abroad. The euro stands for its whole zone.
_EURO = "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK"
_HOMES = {"USD": "US EC SV PA PR", "GBP": "GB", "EUR": _EURO, "CAD": "CA", "AUD": "AU"}


def export_brand_out_of_market(offers: Sequence[Offer], operator: Operator, trade: Trade) -> Iterator[Quote]:
    """A brand made for one country is offered from or to another, where no pharmacy stocks it.

    Why: export brands of sildenafil, modafinil or alprazolam are authorised at home only; abroad they come by
    post, past the wholesalers that the law makes pharmacies use.
    Source: MHRA and HPRA on Kamagra (kildarestreet.com/wrans/?id=2015-07-02a.400); home countries in the table
    of medicines.
    False alarm: a lawful pharmacy of the brand's home country that names an office abroad or shows prices in
    dollars.
    """
    named = {d.country for d in operator.addresses + operator.phones + trade.destinations if d.country}
    branded = [(offer, home) for offer in offers if (home := _home(offer))]
    if branded and not named and not any(o.currency in _HOMES for o, _ in branded):
        raise Unread(
            "no address, phone, destination or price tells from and to which country the export brands are sold"
        )
    for offer, home in branded:
        abroad = sorted(named - {home})
        if abroad:
            yield replace(offer.quote, note=f"{offer.written} is a brand of {home}; the site names {', '.join(abroad)}")
        elif home not in _HOMES.get(offer.currency, home).split():
            yield replace(offer.quote, note=f"{offer.written} is a brand of {home}; the price is in {offer.currency}")


def _home(offer: Offer) -> str:
    """Return the home country of the export brand that the offer names, "" if it names none."""
    written = offer.written.casefold()
    return next((home for brand, home in offer.medicine.export_brands if brand.casefold() == written), "")
