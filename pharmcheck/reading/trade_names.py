"""Names of the pill trade: does the address of a page, or the mail address that it gives, speak of medicines as goods?

A site under such a name that tells how its parcels travel and money comes in means medicines, also where a page names none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pharmcheck.model import Page
from pharmcheck.target import host_of, registrable_domain

_TRADE = re.compile(
    r"pharm(?!ac[oe]|aceu)|farmac|apothe[kc]|apotek|aptek|lekarn|drug(?:s|store)|(?<!s)pills|(?:^|-)rx|rx(?:$|-)|"
    r"(?:^|-)meds|meds(?:$|-|online|store|shop|direct)|(?:sleep(?:ing)?|diet|pain|ed|sex)tabs|(?<!a)steroids?|peptides"
)
_MAIL = re.compile(r"[\w.+-]@((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24})", re.IGNORECASE)
_MOST_MAILS = 20


@lru_cache(maxsize=256)
def under_trade_name(page: Page) -> bool:
    """True when the registrable name of the page's host, or of a mail address on it, is one of the trade."""
    mails = [match[1] for match, _ in zip(_MAIL.finditer(page.text), range(_MOST_MAILS), strict=False)]
    return any(_of_the_trade(host.lower()) for host in (host_of(page.url), *mails))


def _of_the_trade(host: str) -> bool:
    return _TRADE.search(registrable_domain(host).partition(".")[0]) is not None
