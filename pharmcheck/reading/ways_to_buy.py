"""Is there any way to buy on a site that was read well? Whoever sells shows one; who writes about sellers has none."""

from __future__ import annotations

from collections.abc import Sequence

from pharmcheck.model import Mention, Offer, Page, Prescription
from pharmcheck.model.captured import FIRST
from pharmcheck.reading.asking import is_order_form
from pharmcheck.reading.asserted import asserted
from pharmcheck.reading.ordering import has_cart
from pharmcheck.reading.shops import SAID_TWICE

_READ_WELL = 3  # pages, the home page or the pasted one among them: a single page may be a shop's terms, with its shelves elsewhere
_ROLES = frozenset({"checkout", "shipping", "returns"})  # pages that only a shop has
_BUTTONS = frozenset({"link", "table"})  # a cart in a headline (`Add to cart: …`) has neither form nor link


def shows_no_way_to_buy(
    pages: Sequence[Page], mentions: Sequence[Mention], offers: Sequence[Offer], prescription: Prescription
) -> bool:
    """True when the home page and two more were read, and nothing of a shop's is on them: no offer of a medicine with a price or
    a button, no cart, no order form, no form that asks for health or a prescription, no table of packs, no orders by messenger,
    no page on delivery or returns.

    What is absent counts because the pages that would show it were read; no text can make it so (more text only adds ways).
    """
    if prescription.done or not takes_no_orders(pages, mentions, offers):
        return False
    return not (
        len({(offer.page.url, offer.price) for offer in offers if offer.price}) >= SAID_TWICE
        or any(page.role in _ROLES for page in pages)
        or asserted(mentions, "pack-table")
    )


def takes_no_orders(pages: Sequence[Page], mentions: Sequence[Mention], offers: Sequence[Offer]) -> bool:
    """True when the home page and two more were read, and none has a button, a cart, an order form or a messenger for orders."""
    return read_well(pages) and not (
        _offers_orders(offers)
        or any(page.role == "checkout" or has_cart(page) or any(map(is_order_form, page.forms)) for page in pages)
        or takes_orders_by_messenger(mentions)
    )


def _offers_orders(offers: Sequence[Offer]) -> bool:
    """True when a medicine has a button, or a call to order it stands beside its price or a cart, where people arrive, or twice.

    An article quotes one such call.
    """
    called = [o for o in offers if o.order and (o.order in _BUTTONS or o.price or has_cart(o.page))]
    return len(called) >= SAID_TWICE or any(
        o.order == "table" or (o.price and o.order in _BUTTONS) or o.page.role in FIRST or has_cart(o.page)
        for o in called
    )


def tells_of_others(pages: Sequence[Page], mentions: Sequence[Mention], offers: Sequence[Offer]) -> bool:
    """True when a site takes no orders and has no page of a shop's: what it prices, others sell."""
    return takes_no_orders(pages, mentions, offers) and not any(page.role in _ROLES for page in pages)


def takes_orders_by_messenger(mentions: Sequence[Mention]) -> bool:
    """True when a site says so where people arrive, as whoever sells by messenger does."""
    return any(m.page.role in FIRST for m in asserted(mentions, "messenger-order"))


def read_well(pages: Sequence[Page]) -> bool:
    """True when so much of a site was read that what is not there counts: the home page and two more."""
    return len(pages) >= _READ_WELL and any(page.role in FIRST for page in pages)
