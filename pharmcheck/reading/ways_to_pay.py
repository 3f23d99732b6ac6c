"""Ways to pay: what forms let one choose, what icons show, what lines about paying name, what phrases say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pharmcheck.model import Detail, Mention, Page, Quote
from pharmcheck.reading.asking import is_report_form
from pharmcheck.reading.asserted import asserted
from pharmcheck.reading.landmarks import lines_of
from pharmcheck.reading.on_use import compile_on_use

_MAX_LINE_CHARS = 400
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


def shown_ways_to_pay(page: Page) -> Iterator[Detail]:
    """Yield the ways to pay that a page lets one choose, shows or names, and does not deny."""
    yield from _from_forms(page)
    yield from _from_icons(page)
    yield from _from_lines(page)


def told_ways_to_pay(mentions: Iterable[Mention]) -> Iterator[Detail]:
    """Yield the ways to pay that a site says of itself."""
    for mention in asserted(mentions, *_BY_CONCEPT):
        yield Detail("payment", _way(mention), mention.quote)


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
