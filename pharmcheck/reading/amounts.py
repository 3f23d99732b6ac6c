"""Prices, strengths and pack sizes in text; all functions want lower case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.signs import by_line, may_hold_other_digits

_CODES = (
    "USD EUR GBP CAD AUD NZD CHF SEK NOK DKK PLN CZK HUF RON BGN RUB UAH TRY INR CNY JPY BRL MXN ZAR SGD HKD THB ILS "
    "AED SAR KRW PHP MYR KZT RSD XOF"
)
_SIGNS = (
    "us$ USD|u.s.$ USD|ca$ CAD|c$ CAD|cad$ CAD|au$ AUD|a$ AUD|aud$ AUD|nz$ NZD|hk$ HKD|s$ SGD|r$ BRL"
    "|mx$ MXN|$ USD|€ EUR"
    "|£ GBP|¥ JPY|₹ INR|rs. INR|rs INR|₽ RUB|руб RUB|₴ UAH|грн UAH|₺ TRY|฿ THB|₪ ILS|₱ PHP|zł PLN|kč CZK|ft HUF|lei RON"
    "|лв BGN|kr SEK|fr. CHF|tl TRY|zl PLN|рублей RUB|гривень UAH|лева BGN|円 JPY|₸ KZT|тг KZT"
    "|dhs AED|рсд RSD|fcfa XOF|f cfa XOF|f XOF"
)
# ISO 4217 code by sign or word, lower case.
CURRENCIES = {code.lower(): code for code in _CODES.split()} | {
    pair.rpartition(" ")[0]: pair.rpartition(" ")[2] for pair in _SIGNS.split("|")
}
_SIGN = "|".join(re.escape(s) for s in sorted(CURRENCIES, key=len, reverse=True))
_SIGNS_BY_END: dict[str, list[str]] = {}  # by the last two letters, the longest first; they are many, the text is long
for _sign in sorted(CURRENCIES.keys() - {"f"}, key=len, reverse=True):
    _SIGNS_BY_END.setdefault(_sign[-2:], []).append(_sign)
_JOINED = frozenset("_$€£")  # behind these and letters begins no sign,
_GLUED = frozenset("$€£₹₽")  # except of these
_PACK = (
    r"(?:x\s)?(?:film[- ]?coated |soft |chewable |oral )?(?:pills?|tablets?|tabs?|capsules?|caps"
    r"|softgels?|caplets?|pcs|pieces|count"
    r"|ct|vials?|pens?|ampou?les?|patches|sachets|doses|inhalers?|tabletten|tabl|tbl|kapseln|filmtabletten|stück|stk|st|pillen"
    r"|comprimés|comprimidos|gélules|cápsulas|pastillas|pilules|pillole|píldoras|compresse|stuks|tabletek|tabletki|kapsułek"
    r"|szt|tobolek|ks|tabletter|таб\w*|капс\w*|шт)(?!\w)"
    r"|[x×]\s?\d+(?:[.,]\d+)?\s?(?:mg|mcg|g)\b"
)
# A number and what stands behind it. It begins with the digit itself, so that the search may skip to one.
_NUMBER = compile_on_use(
    r"\d(?<![\d.,]\d)\d{0,6}(?:[.,]\d{1,3})*(?!\d)"
    rf"(?=\s?(?:-?(?P<unit>mg|mcg|µg|μg|ug|мг|мкг|gr?|ml|iu|ie|%)(?!\w)"
    rf"(?P<per>\s?/\s?\d*\s?(?:ml|m2|kg|g|l)\b)?|(?P<pack>{_PACK})|(?P<sign>{_SIGN})(?![\w$]))|)"
)
_TO_MG = {"mg": 1.0, "мг": 1.0, "g": 1e3, "gr": 1e3, "mcg": 1e-3, "µg": 1e-3, "μg": 1e-3, "ug": 1e-3, "мкг": 1e-3}
_NO_CONTENT = frozenset(("g", "gr", "мкг"))  # of a parcel or a tub of cream as often as of a tablet
_TUBE_MG = 2_000  # so many grams and more are those of a tube or a tub, not of a tablet
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
_PACK_BEFORE = re.compile(r"(?<!\w)(?:x|×|qty:?|quantity:?|(?:tablets|capsules|caplets|pills|tabs|caps|sachets):?)\s?$")
_PACK_ENDS = frozenset("x×ys:")
_TELLING = _PACK_ENDS | {sign[-1] for sign in CURRENCIES}  # before a number, a blank between or not
_FEWEST_FRANCS = 1_000  # `25 000 F` is a price in francs of West Africa, `98 F` a temperature
_CELL = re.compile(r"\t\s*(?=(\d{1,4})\s*\t)")
_KEPT_CHARS = 200  # of a line; longer ones are sentences
_HAS_NUMBER = re.compile(r"\d").search


def price_value(amount: str) -> float:
    """Return an amount as written, without its sign, as a number; a last group of one or two digits is the fraction."""
    whole, mark, fraction = amount.replace(",", ".").rpartition(".")
    if not mark or len(fraction) > 2:
        whole, fraction = whole + fraction, "0"
    return float("".join(c for c in whole if c.isdigit()) or "0") + float(f"0.{fraction or 0}")


class Price(NamedTuple):
    """An amount with its ISO 4217 currency; `amount` is as written, without the sign; offsets are into the line."""

    start: int
    end: int
    amount: str
    currency: str

    @property
    def value(self) -> float:
        """The amount as a number."""
        return price_value(self.amount)


class Amounts(NamedTuple):
    """The amounts of a line. `strengths` (offset, mg of one unit; `250 mg/ml` and `5 mg/g` are none), `packs` (offset, units).

    `prices` are those of packs, `unit_prices` those of one unit; savings and thresholds are neither. `content` is
    True when any strength, volume or share stands there.
    """

    prices: tuple[Price, ...] = ()
    unit_prices: tuple[Price, ...] = ()
    strengths: tuple[tuple[int, float], ...] = ()
    packs: tuple[tuple[int, int], ...] = ()
    content: bool = False


_NOTHING = Amounts()


def numbered_lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each line of a text, and whether a number stands in it."""
    lines = text.split("\n")
    if may_hold_other_digits(text):
        return zip(lines, (_HAS_NUMBER(line) is not None for line in lines), strict=True)
    return zip(lines, map(bool, by_line(text, b"0123456789")), strict=True)


def read_amounts(line: str) -> Amounts:
    """Return the amounts of a line in lower case, each number read once."""
    return _kept(line) if len(line) <= _KEPT_CHARS else _read(line)


def _read(line: str) -> Amounts:
    numbers = [number for number in _NUMBER.finditer(line) if number.lastgroup or _before(line, number) in _TELLING]
    return _Reader(line).read(numbers) if numbers else _NOTHING


def _before(line: str, number: re.Match[str]) -> str:
    """Return the letter or sign before a number; that before the blank where there is one."""
    start = number.start()
    before = line[start - 1 : start]
    return line[max(0, start - 2) : start - 1] if before.isspace() else before


_kept = lru_cache(maxsize=2_048)(_read)  # the same goods stand on many pages of a shop; 13 MB at most


class _Reader:
    """Reads the numbers of a line, of which those may be left out that nothing before or behind tells of."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.prices: list[Price] = []
        self.unit_prices: list[Price] = []
        self.strengths: list[tuple[int, float]] = []
        self.packs: list[tuple[int, int]] = []
        self.content = False

    def read(self, numbers: Sequence[re.Match[str]]) -> Amounts:
        line = self.line
        for match in numbers:
            start, end = match.span()
            left = start - line[start - 1 : start].isspace()
            before = line[left - 1 : left]
            is_signed = before in _SIGNS_BY_END or line[left - 2 : left] in _SIGNS_BY_END
            if is_signed and (sign := _sign_before(line, left)):
                self._price(left - len(sign), start, end, end, sign)
            elif sign := match["sign"]:
                thousands = _THOUSANDS.search(line, max(0, start - 4), start)
                start = thousands.start() if thousands else start
                if sign != "f" or price_value(line[start:end]) >= _FEWEST_FRANCS:
                    self._price(start, start, end, match.end("sign"), sign)
            elif match.lastgroup or before in _PACK_ENDS:
                self._measure(match)
        if self.strengths and not self.packs and "\t" in line:  # a table of name, number of units, price
            self.packs = [(cell.end(), int(cell[1])) for cell in _CELL.finditer(line)][:1]
        return Amounts(
            tuple(self.prices), tuple(self.unit_prices), tuple(self.strengths), tuple(self.packs), self.content
        )

    def _price(self, left: int, start: int, end: int, right: int, sign: str) -> None:
        """Add a price to those of packs or of units; with its sign it reaches from `left` to `right`.

        Zero, savings and thresholds are left out.
        """
        amount = self.line[start:end]
        before = self.line[max(0, start - 24) : left]
        if not amount.strip("0., ") or (before and _BEFORE_SAVING.search(before)):
            return
        if _SAVING_AFTER.match(self.line, right):
            return
        per_unit = _PER_UNIT.match(self.line, right) or (before and _BEFORE_UNIT.search(before))
        prices = self.unit_prices if per_unit else self.prices
        prices.append(Price(start, end, amount, CURRENCIES[sign]))

    def _measure(self, match: re.Match[str]) -> None:
        """Add a number that is no price to the strengths or the packs."""
        unit, number, start = match["unit"], match[0], match.start()
        if unit:
            self.content = self.content or unit not in _NO_CONTENT
            if unit in _TO_MG and not match["per"]:
                if (value := number.replace(",", ".")).count(".") <= 1:
                    mg = round(float(value) * _TO_MG[unit], 6)
                    if mg < _TUBE_MG or unit not in _NO_CONTENT:
                        self.strengths.append((start, mg))
                return
        # "56 tablets × 1" is one pack of 56
        if not number.isdigit() or len(number) > 4 or int(number) < 2:
            return
        if match["pack"] or _PACK_BEFORE.search(self.line, max(0, start - 16), start):
            self.packs.append((start, int(number)))


def _sign_before(text: str, end: int) -> str:
    """Return the sign or code of a currency that ends there, "" if none does."""
    for tail in (text[end - 2 : end], text[end - 1 : end]):
        for sign in _SIGNS_BY_END.get(tail, ()):
            begin = end - len(sign)
            if begin < 0 or not text.startswith(sign, begin):
                continue
            before = text[begin - 1 : begin]
            if not (before.isalnum() or before in _JOINED):
                return sign
    return text[end - 1] if text[end - 1] in _GLUED else ""
