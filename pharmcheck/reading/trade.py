"""How a site sells: the currencies of its prices, the ways to pay, the countries that it ships to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from pharmcheck.model import Detail, Mention, Page, Quote, Stance, Trade
from pharmcheck.reading.amounts import CURRENCIES, numbered_lines, read_amounts
from pharmcheck.reading.asking import is_report_form
from pharmcheck.reading.destinations import ships_to
from pharmcheck.reading.disguise import lower
from pharmcheck.reading.landmarks import lines_of
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.onramps import find_onramps
from pharmcheck.reading.structured import nested
from pharmcheck.reading.wallets import find_wallets

# Prices repeat; this many lines with money show every currency that a page uses.
_MAX_MONEY_LINES = 200
_MAX_LINE_CHARS = 400
_MONEY = re.compile(r"[$€£¥₹₽₴₺฿₪₱]|(?:zł|kč|chf|usd|eur|gbp|cad|aud|nzd|sek|nok|dkk|kr|руб|ft|lei)\b")
# A bare dollar sign on such a top-level domain is the dollar of that country.
_DOLLARS = {"ca": "CAD", "au": "AUD", "nz": "NZD", "sg": "SGD", "hk": "HKD"}
_WAYS = {
    "card": r"visa|master ?card|amex|american express|maestro|(?:credit|debit|bank)[ -]?cards?|kreditkarte"
    r"|carte bancaire"
    r"|tarjeta|carta di credito|creditcard|karta|kart[aąoąu]|apple ?pay|google ?pay|discover",
    "paypal": r"paypal",
    "crypto": r"bitcoins?|btc|[ck]r[iy]pto(?:s|[ -]?(?:curr|pay|coin|mon|valu|w[äa]hr)\w*)?|usdt|tether|ethereum|litecoin|monero"
    r"|биткоин\w*|криптовалют\w*",
    "wire": r"western union|money ?gram|wire transfer|bank wire|bank transfer|überweisung|vorkasse|virement"
    r"|transferencia"
    r"|bonifico|przelew|převodem|worldremit",
    "giftcard": r"(?:itunes|steam|amazon|vanilla|prepaid) (?:gift )?cards?|gift ?cards? (?:accepted|payment)",
    # from person to person: what was sent cannot be called back
    "cash-app": r"cash ?app|\$cashtag|zelle|venmo|chime pay|revolut tag|revtag|friends (?:and|&) family",
    "e-currency": r"perfect ?money|web ?money|qiwi|payeer|advcash",
    # customary at home in lawful shops too: Brazil, Spain, Poland, Canada, Sweden, the Netherlands, Switzerland, India
    "instant-transfer": r"\bpix\b|bizum|blik|interac|swish|mobile ?pay|via ideal|met ideal|twint|upi",
    "e-wallet": r"skrill|neteller|paysafe ?card|transferwise|wise transfer|(?:via|by|with) wise",
    "invoice": r"klarna|pay by invoice|kauf auf rechnung|auf rechnung|achteraf betalen|sur facture",
    "direct-debit": r"direct debit|lastschrift|incasso|domiciliación",
    "insurance": r"insurance (?:card|plan|billing|accepted)|krankenkasse|e-rezept|accept (?:most )?insurance",
}
_WAY = compile_on_use("|".join(rf"(?P<{kind.replace('-', '_')}>\b(?:{words})\b)" for kind, words in _WAYS.items()))
_PAYING = re.compile(
    r"\bpay(?:ments?|ing|able)?\b|\baccept|zahl(?:ung|en|bar)|paiement|\bpago|pagament|betaal|betal|płatno|płać|platb|оплат"
)
_DENIED = re.compile(
    r"\b(?:not|no longer|never|cannot|can't|don't|doesn't|except|excluding|avoid|beware|kein\w*|nicht"
    r"|außer|pas|jamais|sauf"
    r"|no|nie|niet|geen|non|ne)\b"
)
_NAME_MARKS = re.compile(r"[-_.+~]|%20|@\dx|(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_BY_CONCEPT = {
    "crypto-payment": "crypto",
    "crypto-only": "crypto",
    "crypto-discount": "crypto",
    "wire-payment": "wire",
    "gift-card-payment": "giftcard",
}


def read_trade(pages: Sequence[Page], mentions: Sequence[Mention]) -> Trade:
    """Return how the site sells: one detail a value, with the first place where it stands.

    `currencies` are ISO 4217 codes, the most frequent first; `payments` are `card`, `paypal`, `crypto`, `wire`,
    `giftcard`, `cash-app`, `e-currency`, `instant-transfer`, `e-wallet`, `onramp` (cards turned into coins), `invoice`,
    `direct-debit` or `insurance`; `destinations` are ISO 3166 codes, or `WORLD`; `wallets` are coin addresses whose
    checksum holds. What a sentence denies is left out.
    """
    payments = [d for page in pages for d in (*_from_forms(page), *_from_icons(page), *_from_lines(page))]
    payments += [d for page in pages for d in find_onramps(page)]
    said = [m for m in mentions if m.stance is Stance.ASSERTED]
    payments += [Detail("payment", _way(m), m.quote) for m in said if m.concept in _BY_CONCEPT]
    destinations = [Detail("ships-to", "WORLD", m.quote) for m in said if m.concept == "worldwide-shipping"]
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


# ---------------------------------------------------------------- payment


def _way(mention: Mention) -> str:
    """Return the way to pay that a mention is about; a wire phrase may name a payment app."""
    found = _WAY.search(mention.page.text[mention.start : mention.end].lower())
    return _kind(found) if found and _kind(found) == "cash-app" else _BY_CONCEPT[mention.concept]


def _kind(match: re.Match[str]) -> str:
    return (match.lastgroup or "").replace("_", "-")


def _from_forms(page: Page) -> Iterator[Detail]:
    """Yield the ways to pay that a form lets one choose; not those of which a form for reports asks."""
    for form in page.forms:
        choices = [entry for entry in form.fields if entry.kind in ("radio", "select", "checkbox")]
        for entry in choices if choices and not is_report_form(form) else ():
            for label in entry.options or (entry.label,):
                if match := _WAY.search(label.lower()):
                    note = f"choice of {entry.name or 'a form'}"
                    yield Detail("payment", _kind(match), Quote(page.url, label[:200], note, page.digest))


def _from_icons(page: Page) -> Iterator[Detail]:
    """Yield the ways to pay that icons show, by their alternative text, else by the name of their file."""
    for image in page.images:
        way, shown = _shown(image.alt if len(image.alt) <= 60 else "", image.url if len(image.url) <= 400 else "")
        if way:
            yield Detail("payment", way, Quote(page.url, shown, "icon", page.digest))


@lru_cache(maxsize=2_048)  # the pages of a site show the same ones
def _shown(alt: str, url: str) -> tuple[str, str]:
    """Return the way to pay that an icon shows, and the words that say so; "" for none."""
    if match := _WAY.search(alt.lower()):
        return _kind(match), alt
    match = _WAY.search(_file_words(url))
    return (_kind(match), url.partition("?")[0].rpartition("/")[2]) if match else ("", "")


def _file_words(url: str) -> str:
    """Return the words in the name of a picture's file; a long name is that of an article's picture, no icon."""
    name = url.partition("?")[0].rpartition("/")[2].rpartition(".")[0].lower()
    words = _NAME_MARKS.sub(" ", name)
    return words if words.count(" ") <= 4 else ""


def _from_lines(page: Page) -> Iterator[Detail]:
    """Yield the ways to pay that lines about paying name and do not deny."""
    for start, line in lines_of(page.text, "paying"):
        if len(line) > _MAX_LINE_CHARS or not _PAYING.search(line):
            continue
        for match in _WAY.finditer(line):
            if not _DENIED.search(line[: match.start()].rpartition(".")[2]):
                yield Detail("payment", _kind(match), page.quote(start + match.start(), start + match.end()))
