"""Payment that cannot be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Field, Form, Mention, Page, Quote
from pharmcheck.reading.asserted import asserted

_FINAL = re.compile(
    r"bitcoin|\bbtc\b|\beth(?:ereum)?\b|\busdt\b|tether|litecoin|monero|crypto|western union|money ?gram|zelle|"
    r"cash ?app|venmo|chime\b|revolut ?tag|perfect ?money|web ?money|qiwi|payeer|gift ?card|wire transfer",
    re.IGNORECASE,
)
_NO_CHOICE = re.compile(r"select|choose|please|^\W*$", re.IGNORECASE)


def crypto_or_wire_only(mentions: Sequence[Mention], pages: Sequence[Page]) -> Iterator[Quote]:
    """The site asks for payment that cannot be taken back, or rewards it: coins, gift cards, wired cash.

    Why: card companies bar unlawful pharmacies, and a buyer cannot get back what was paid in coins or cash.
    That a site does not name cards is not counted; only what it asks for, or a checkout form that offers
    nothing else.
    Source: FTC, consumer.ftc.gov, on payment by gift card, wire and crypto; FDA BeSafeRx.
    False alarm: a lawful shop in a country where transfers are the rule; ordinary bank transfer is not counted.
    """
    for mention in asserted(mentions, "crypto-only", "crypto-discount", "gift-card-payment", "wire-payment"):
        if mention.concept != "wire-payment" or _FINAL.search(mention.quote.text):
            yield mention.quote
    for page in pages:
        if page.role == "checkout":
            yield from (quote for form in page.forms for quote in _only(page, form))


def _only(page: Page, form: Form) -> Iterator[Quote]:
    """Yield the ways to pay of a checkout form when all of them are final."""
    ways = [way for field in form.fields for way in _ways(field) if not _NO_CHOICE.search(way)]
    if ways and all(_FINAL.search(way) for way in ways):
        quote = Quote(page.url, ways[0][:200], digest=page.digest)
        yield replace(quote, note=f"ways to pay in the checkout form: {', '.join(ways)}"[:200])


def _ways(field: Field) -> tuple[str, ...]:
    """Return the ways to pay that a select or a radio button offers."""
    if "pay" not in f"{field.name} {field.label}".casefold() or field.kind not in ("select", "radio"):
        return ()
    return field.options or (field.label,)
