"""How a page as a whole lets one order: the medicine it is about, its cart form, its links to buy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from pharmcheck.model import Offer, Page, Sighting
from pharmcheck.reading.disguise import lower
from pharmcheck.reading.order_words import order_calls
from pharmcheck.target import host_of

# A heading that asks how or where to buy, and a line or link that calls to buy; lower case.
ASKING = re.compile(
    r"\?|^\W*(?:how|where|why|can|should|is|what|when|before|wie|wo|comment|où|cómo|dónde|come|dove|hoe|jak|kde)\b"
)
CALL_FIRST = re.compile(
    r"^\W*(?:buy|order|purchase|get|comprar|acheter|acquista|kup|koupit|купить|заказать)\b|\b(?:kaufen|bestellen|kopen)\W*$"
)
_ADD_URL = re.compile(
    r"add[-_]?to[-_]?(?:cart|basket)|[?&]add=|/cart/add|/basket/add|cart\?add|/addtocart", re.IGNORECASE
)
_A_LIST = 3  # offers with a price, and links; fewer stand beside the button of something else
_ADD_FORM = re.compile(
    r"add[-_ ]?to[-_ ]?(?:cart|basket|bag)|cart[/_-]add|addtocart|add_cart|product[-_]?id|data-product", re.I
)


def subject(page: Page, sightings: Sequence[Sighting]) -> Sighting | None:
    """Return the medicine that the page is about: the only one in its title, or named in the path of its address."""
    names: dict[str, Sighting] = {}
    for sighting in sightings:
        if sighting.end <= len(page.title):
            names.setdefault(sighting.medicine.name, sighting)
    if len(names) == 1:
        return next(iter(names.values()))
    path = unquote(urlsplit(page.url).path).lower()
    named = {s.medicine.name: s for s in reversed(sightings) if len(s.written) > 4 and s.written.lower() in path}
    return next(iter(named.values())) if len(named) == 1 else None


def with_cart(page: Page, sightings: Sequence[Sighting], offers: list[Offer]) -> list[Offer]:
    """Give the page's add-to-cart form to the medicine that the page is about."""
    about = subject(page, sightings)
    if not about or not has_cart(page):
        return offers
    name = about.medicine.name
    if not any(o.medicine.name == name for o in offers):
        offers = [*offers, Offer(about.medicine, about.written, about.quote, page, "cart")]
    return [replace(o, order="cart") if o.medicine.name == name and o.order != "cart" else o for o in offers]


def with_add_links(page: Page, offers: list[Offer]) -> list[Offer]:
    """Give each priced offer of a list its cart where the page has links enough that add something to one."""
    if sum(bool(o.price and not o.order) for o in offers) < _A_LIST:
        return offers
    if sum(bool(_ADD_URL.search(link.url)) for link in page.links) < _A_LIST:
        return offers
    return [replace(o, order="cart") if o.price and not o.order else o for o in offers]


@lru_cache(maxsize=16)  # of the pages of a site: they are asked three times
def has_cart(page: Page) -> bool:
    """True when a form or a link of the page puts something in a cart."""
    for form in page.forms:
        written = " ".join([form.action, form.text, *(f"{f.name} {f.label}" for f in form.fields)])
        if _ADD_FORM.search(written) or _calls_cart(form.text):
            return True
    if _calls_cart("\n".join(link.text for link in page.links)):
        return True
    adding = "add" in "\n".join(link.url for link in page.links).lower()
    return adding and any(_ADD_URL.search(link.url) for link in page.links)


def _calls_cart(text: str) -> bool:
    return any(kind == "cart" for _, kind in order_calls(lower(text)))


def linked(page: Page, sightings: Sequence[Sighting], known: set[str]) -> Iterator[Offer]:
    """Yield an offer for each medicine that a link on the page's own host names together with a call to buy."""
    host = host_of(page.url)
    by_written: dict[str, Sighting] = {}
    for sighting in sightings:
        by_written.setdefault(sighting.written.lower(), sighting)
    all_links = "\n".join(f"{link.text}\n{link.url}" for link in page.links).lower()
    by_written = {
        written: sighting for written, sighting in by_written.items() if "%" in all_links or written in all_links
    }
    for link in page.links if by_written else ():
        said, address = link.text.lower(), link.url.lower()
        if "%" not in address and not any(written in said or written in address for written in by_written):
            continue
        added = bool(_ADD_URL.search(link.url))
        if not (added or CALL_FIRST.search(said)) or ASKING.search(said) or host_of(link.url) != host:
            continue
        text = f"{said} {unquote(urlsplit(link.url).path)}".lower()
        for written, sighting in by_written.items():
            if written in text and sighting.medicine.name not in known:
                known.add(sighting.medicine.name)
                yield Offer(
                    sighting.medicine,
                    sighting.written,
                    sighting.quote,
                    page,
                    "cart" if added else "link",
                )
