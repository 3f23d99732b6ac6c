"""How a site sells: the currencies of its prices, the ways to pay, the countries that it ships to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from pharmcheck.model import Detail, Mention, Page, Quote, Trade
from pharmcheck.reading.amounts import CURRENCIES, numbered_lines, read_amounts
from pharmcheck.reading.asserted import asserted
from pharmcheck.reading.destinations import ships_to
from pharmcheck.reading.disguise import lower
from pharmcheck.reading.onramps import find_onramps
from pharmcheck.reading.structured import nested
from pharmcheck.reading.wallets import find_wallets
from pharmcheck.reading.ways_to_pay import shown_ways_to_pay, told_ways_to_pay

# Prices repeat; this many lines with money show every currency that a page uses.
_MAX_MONEY_LINES = 200
_MAX_LINE_CHARS = 400
_MONEY = re.compile(r"[$€£¥₹₽₴₺฿₪₱]|(?:zł|kč|chf|usd|eur|gbp|cad|aud|nzd|sek|nok|dkk|kr|руб|ft|lei)\b")
# A bare dollar sign on such a top-level domain is the dollar of that country.
_DOLLARS = {"ca": "CAD", "au": "AUD", "nz": "NZD", "sg": "SGD", "hk": "HKD"}


def read_trade(pages: Sequence[Page], mentions: Sequence[Mention]) -> Trade:
    """Return how the site sells: one detail a value, with the first place where it stands.

    `currencies` are ISO 4217 codes, the most frequent first; `payments` are `card`, `paypal`, `crypto`, `wire`,
    `giftcard`, `cash-app`, `e-currency`, `instant-transfer`, `e-wallet`, `onramp` (cards turned into coins), `invoice`,
    `direct-debit` or `insurance`; `destinations` are ISO 3166 codes, or `WORLD`; `wallets` are coin addresses whose
    checksum holds. What a sentence denies is left out.
    """
    payments = [d for page in pages for d in shown_ways_to_pay(page)]
    payments += [d for page in pages for d in find_onramps(page)]
    payments += told_ways_to_pay(mentions)
    destinations = [Detail("ships-to", "WORLD", m.quote) for m in asserted(mentions, "worldwide-shipping")]
    destinations += [d for page in pages for d in ships_to(page)]
    wallets = [d for page in pages for d in find_wallets(page)]
    return Trade(_currencies(pages), _once(payments), _once(destinations), _once(wallets))


def _once(details: Sequence[Detail]) -> tuple[Detail, ...]:
    """Keep the first detail of each value."""
    return tuple({d.value: d for d in reversed(details)}.values())[::-1]


def _currencies(pages: Sequence[Page]) -> tuple[Detail, ...]:
    """Return the currencies of prices in the text and in product data, the most frequent first."""
    counts: Counter[str] = Counter()
    first: dict[str, Detail] = {}
    for page in pages:
        for code, left, right, note in _priced(page):
            counts[code] += 1
            if code not in first:
                first[code] = Detail("currency", code, page.quote(left, right, note))
        for code in _structured(page):
            counts[code] += 1
            if code not in first:
                quote = Quote(page.url, code, "priceCurrency in the product data", page.digest)
                first[code] = Detail("currency", code, quote)
    return tuple(first[code] for code in sorted(first, key=lambda c: -counts[c]))


def _priced(page: Page) -> Iterator[tuple[str, int, int, str]]:
    """Yield the code of each price, where it stands with what is beside it, and what is to be noted of it."""
    dollar = _DOLLARS.get((urlsplit(page.url).hostname or "").rpartition(".")[2], "USD")
    lines = 0
    end = -1
    for line, has_number in numbered_lines(lower(page.text)):
        begin, end = end + 1, end + 1 + len(line)
        if not has_number or len(line) > _MAX_LINE_CHARS:
            continue
        amounts = read_amounts(line)
        prices = amounts.prices + amounts.unit_prices
        if not prices or not _MONEY.search(line):
            continue
        for price in prices:
            left, right = max(price.start - 4, 0), min(price.end + 4, len(line))
            beside = line[left:right]
            bare = price.currency == "USD" and "us" not in beside and "u.s" not in beside
            note = "a bare dollar sign" if bare else ""
            yield dollar if bare else price.currency, begin + left, begin + right, note
        lines += 1
        if lines >= _MAX_MONEY_LINES:
            return


def _structured(page: Page) -> Iterator[str]:
    """Yield the code of each price in product data."""
    for item in nested(page.structured):
        code = str(item.get("priceCurrency") or "").strip().upper()
        if code in CURRENCIES.values():
            yield code
