"""Prices, strengths, pack sizes and order calls in text; all functions want lower case."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from pharmcheck.reading.prices import price_value

_CODES = (
    "USD EUR GBP CAD AUD NZD CHF SEK NOK DKK PLN CZK HUF RON BGN RUB UAH TRY INR CNY JPY BRL MXN ZAR SGD HKD THB ILS "
    "AED SAR KRW PHP MYR"
)
_SIGNS = (
    "us$ USD|u.s.$ USD|ca$ CAD|c$ CAD|cad$ CAD|au$ AUD|a$ AUD|aud$ AUD|nz$ NZD|hk$ HKD|s$ SGD|r$ BRL"
    "|mx$ MXN|$ USD|€ EUR"
    "|£ GBP|¥ JPY|₹ INR|rs. INR|rs INR|₽ RUB|руб RUB|₴ UAH|грн UAH|₺ TRY|฿ THB|₪ ILS|₱ PHP|zł PLN|kč CZK|ft HUF|lei RON"
    "|лв BGN|kr SEK|fr. CHF"
)
# ISO 4217 code by sign or word, lower case.
CURRENCIES = {code.lower(): code for code in _CODES.split()} | {
    pair.rpartition(" ")[0]: pair.rpartition(" ")[2] for pair in _SIGNS.split("|")
}
_SIGN = "|".join(re.escape(s) for s in sorted(CURRENCIES, key=len, reverse=True))
_NUMBER = re.compile(r"(?<![\d.,])\d{1,7}(?:[.,]\d{1,3})*(?![\d])")
_SIGN_BEFORE = re.compile(rf"((?<![\w$€£])(?:{_SIGN})|[$€£₹₽])\s?$")
_SIGN_AFTER = re.compile(rf"\s?({_SIGN})(?![\w$])")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}[ \u00a0\u202f]$")
# An amount for one unit, a discount or a threshold is no price of a pack.
_PER_UNIT = re.compile(
    r"\s?(?:each\b|(?:/|per |pro |par |por |za |na |a |al )\s?(?:1\s)?(?:pill|píldora|pilule|tab|cap"
    r"|unit|item|piece|dose|stück"
    r"|pastil|comprim|szt|ks\b|шт|ml\b|mg\b|kg\b|100))"
)
_BEFORE_UNIT = re.compile(r"per (?:pill|tablet|unit|item)[:\s-]{0,3}$")
_BEFORE_SAVING = re.compile(
    r"(?:\bsav(?:e|ing)s?|\boff|\bdiscount|\bwas|\brrp|\bover|\babove|\bbelow|\bunder|\bup to)[:\s-]{0,3}(?:us|ca|au)?$"
)
_SAVING_AFTER = re.compile(r"\s?(?:off|discount|cash ?back)\b")
_DOSE = re.compile(r"\s?-?(mg|mcg|µg|μg|ug|gr?|мг|мкг)(?!\w)(?!\s?/\s?\d*\s?(?:ml|m2|kg|l)\b)")
_TO_MG = {"mg": 1.0, "мг": 1.0, "g": 1e3, "gr": 1e3, "mcg": 1e-3, "µg": 1e-3, "μg": 1e-3, "ug": 1e-3, "мкг": 1e-3}
_CONTENT = re.compile(r"\s?-?(?:mg|mcg|µg|μg|ug|ml|iu|ie|%|мг)(?!\w)")
_PACK_AFTER = re.compile(
    r"\s?(?:x\s)?(?:film[- ]?coated |soft |chewable |oral )?(?:pills?|tablets?|tabs?|capsules?|caps"
    r"|softgels?|caplets?|pcs|pieces|count"
    r"|ct|vials?|pens?|ampou?les?|patches|sachets|doses|inhalers?|tabletten|tabl|tbl|kapseln|filmtabletten|stück|stk|st|pillen"
    r"|comprimés|comprimidos|gélules|cápsulas|pastillas|pilules|pillole|píldoras|compresse|stuks|tabletek|tabletki|kapsułek"
    r"|szt|tobolek|ks|tabletter|таб\w*|капс\w*|шт)(?!\w)"
)
_PACK_BEFORE = re.compile(r"(?<!\w)(?:x|×|qty:?|quantity:?|(?:tablets|capsules|caplets|pills|tabs|caps|sachets):?)\s?$")
_CELL = re.compile(r"\t\s*(?=(\d{1,4})\s*\t)")
_TIMES_DOSE = re.compile(r"\s?[x×]\s?\d+(?:[.,]\d+)?\s?(?:mg|mcg|g)\b")
_CART = (
    "add to cart|add to basket|add to bag|add to my cart|added to cart|in den warenkorb|zum warenkorb hinzufügen"
    "|in den einkaufswagen|ajouter au panier|añadir al carrito|agregar al carrito|añadir a la cesta"
    "|aggiungi al carrello"
    "|in winkelwagen|in winkelmand|in winkelmandje|do koszyka|do košíku|adicionar ao carrinho|comprar agora|в корзину"
    "|lägg i varukorg|lägg i varukorgen|lägg i kundvagn|læg i kurv|læg i kurven|legg i handlekurv|в кошик"
)
_BUY = (
    "buy now|buy it now|buy online|buy this|order now|order online|order today|order here|buy here"
    "|buy today|purchase now"
    "|purchase online|shop now|jetzt kaufen|jetzt bestellen|online kaufen|online bestellen|acheter"
    "|commander|comprar|acquista"
    "|ordina ora|nu kopen|nu bestellen|kup teraz|kup online|zamów|koupit|objednat|купить|заказать"
    "|köp nu|купити|buy|order"
    "|kaufen|bestellen|kopen|kup|purchase|select pack"
)


@dataclass(frozen=True, slots=True)
class Price:
    """An amount with its ISO 4217 currency; `amount` is as written, without the sign; offsets are into the line."""

    start: int
    end: int
    amount: str
    currency: str

    @property
    def value(self) -> float:
        """The amount as a number."""
        return price_value(self.amount)


@dataclass(slots=True)
class Amounts:
    """The amounts of a line. `strengths` (offset, mg of one unit; `250 mg/ml` is none), `packs` (offset, units).

    `prices` are those of packs, `unit_prices` those of one unit; savings and thresholds are neither. `content` is
    True when any strength, volume or share stands there.
    """

    prices: list[Price] = field(default_factory=list)
    unit_prices: list[Price] = field(default_factory=list)
    strengths: list[tuple[int, float]] = field(default_factory=list)
    packs: list[tuple[int, int]] = field(default_factory=list)
    content: bool = False


def read_amounts(line: str) -> Amounts:
    """Return the amounts of a line in lower case, each number read once."""
    found = Amounts()
    for match in _NUMBER.finditer(line):
        start, end = match.span()
        before = line[max(0, start - 16) : start]
        if sign := _SIGN_BEFORE.search(before) or _SIGN_AFTER.match(line, end):
            _price(found, line, start, end, sign)
            continue
        found.content = found.content or bool(_CONTENT.match(line, end))
        if dose := _DOSE.match(line, end):
            value = match[0].replace(",", ".")
            if value.count(".") <= 1:
                found.strengths.append((start, round(float(value) * _TO_MG[dose[1]], 6)))
            if not _TIMES_DOSE.match(line, end):
                continue
        # "56 tablets × 1" is one pack of 56
        is_count = match[0].isdigit() and len(match[0]) <= 4 and int(match[0]) > 1
        if is_count and (_PACK_AFTER.match(line, end) or _PACK_BEFORE.search(before) or _TIMES_DOSE.match(line, end)):
            found.packs.append((start, int(match[0])))
    if not found.packs and found.strengths:  # a table of name, number of units, price
        found.packs = [(m.end(), int(m[1])) for m in _CELL.finditer(line)][:1]
    return found


def _price(found: Amounts, line: str, start: int, end: int, sign: re.Match[str]) -> None:
    """Add the price at `start` to those of packs or of units; zero, savings and thresholds are left out."""
    is_after = sign.end() > end and sign.re is _SIGN_AFTER
    stop = sign.end() if is_after else end
    if is_after and (thousands := _THOUSANDS.search(line[max(0, start - 5) : start])):
        start -= len(thousands[0])
    amount = line[start:end].strip()
    before = line[max(0, start - 24) : start if is_after else start - len(sign[0])]
    if not amount.strip("0., ") or _BEFORE_SAVING.search(before) or _SAVING_AFTER.match(line, stop):
        return
    per_unit = _PER_UNIT.match(line, stop)
    price = Price(start, end, amount, CURRENCIES[sign[1]])
    if per_unit or _BEFORE_UNIT.search(before):
        found.unit_prices.append(price)
    else:
        found.prices.append(price)


@lru_cache(maxsize=1)
def _calls() -> tuple[AhoCorasick, tuple[str, ...]]:
    cart, buy = _CART.split("|"), _BUY.split("|")
    return AhoCorasick(cart + buy), ("cart",) * len(cart) + ("link",) * len(buy)


def order_calls(text: str) -> list[tuple[int, str]]:
    """Return (offset, kind) of calls in lower-case text: `cart` to put something in a cart, `link` to buy."""
    automaton, kinds = _calls()
    return [
        (start, kinds[index])
        for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True)
        if not (start and text[start - 1].isalpha()) and not text[end : end + 1].isalnum()
    ]
