"""Services that turn card payments into coins, where a page names or embeds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pharmcheck.model import Detail, Page, Quote
from pharmcheck.reading.landmarks import landmarks, lines_of

_MAX_LINE_CHARS = 600
# On-ramps that sell coins for cards (their own sites, 2025); a name that is also a common word needs a coin beside it.
_NAMES = r"moonpay|transak|banxa|guardarian|mercuryo|changelly|paybis|onramper|switchere|swipelux|coinmama|kryptonim"
_COMMON = r"simplex|wert|ramp network|topper|alchemy pay|utorg|itez"
_NAMED = re.compile(rf"\b(?:(?P<own>{_NAMES})|(?P<common>{_COMMON}))\b")
_COIN = re.compile(r"\b(?:bitcoins?|btc|eth|ethereum|usdt|usdc|tether|litecoin|crypto(?:s|curr\w+)?|coins?|wallet)\b")
_PAYING = re.compile(r"pay|card|visa|checkout|buy|order|kart|tarjeta|carte|zahl|pag[oa]|betal|оплат|карт")
_DENIED = re.compile(r"\b(?:not|never|no longer|don't|beware|avoid|scams?|fraud\w*|nicht|kein\w*|pas|nunca|non|niet)\b")
_HOSTS = (*_NAMES.split("|"), "simplex", "topper", "wert", "ramp.network", "paygate")
_HOST = re.compile(
    r"//(?:[\w-]+\.){0,4}(?:(?:moonpay|transak|simplex|banxa|guardarian|changelly|paybis|onramper|switchere|topperpay|kryptonim)"
    r"\.com|mercuryo\.io|wert\.io|ramp\.network|paygate\.to)(?=[/:?#]|$)"
)
_FRAME = re.compile(r"""<(?:iframe|script)\b[^>]{0,300}?\bsrc=["'](https?://[^"'\s]{4,300})""", re.I)


def find_onramps(page: Page) -> Iterator[Detail]:
    """Yield where the page has cards turned into coins by another company: details `payment`, value `onramp`."""
    yield from _said(page)
    urls = [link.url for link in page.links] + [form.action for form in page.forms]
    # To seek in every source would cost more than all else that is read of the trade.
    if "changed-coin" in landmarks(page.text):
        urls += [match[1] for match in _FRAME.finditer(page.source)]
    together = "\n".join(urls)
    for url in urls if any(name in together for name in _HOSTS) else ():
        if _HOST.search(url):
            yield Detail("payment", "onramp", Quote(page.url, url[:200], "sells coins for cards", page.digest))


def _said(page: Page) -> Iterator[Detail]:
    """Yield the first line about paying that names such a service."""
    for start, line in lines_of(page.text, "onramp"):
        for match in _NAMED.finditer(line) if len(line) <= _MAX_LINE_CHARS else ():
            before = line[: match.start()].rpartition(". ")[2]
            rest = line.replace(match[0], "")
            if _PAYING.search(rest) and (match["own"] or _COIN.search(rest)) and not _DENIED.search(before):
                left = max(0, match.start() - 90)
                yield Detail("payment", "onramp", page.quote(start + left, start + min(len(line), match.end() + 90)))
                return
