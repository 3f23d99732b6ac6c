"""Names of the pill trade: does the address of a page, or the mail address that it gives, speak of medicines as goods?

A site under such a name that tells how its parcels travel and money comes in means medicines, also where a page names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from pharmcheck.model import Page
from pharmcheck.target import host_of, registrable_domain

_TRADE = re.compile(
    r"pharm(?!ac[oe]|aceu)|farmac|apothe[kc]|apotek|aptek|lekarn|drug(?:s|store)|(?<!s)pills|(?:^|-)rx|rx(?:$|-)|"
    r"(?:^|-)meds|meds(?:$|-|online|store|shop|direct)|(?:^|-)medi?(?:express|shop|store|direct|market|depot|kauf)|(?:sleep(?:ing)?|diet|pain|ed|sex)tabs|(?<!a)steroids?|peptides"
)
_MAIL = re.compile(r"[\w.+-]@((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24})", re.IGNORECASE)
_MOST_MAILS = 20


@lru_cache(maxsize=256)
def under_trade_name(page: Page) -> bool:
    """True when the registrable name of the page's host, or of a mail address on it, is one of the trade."""
    return any(
        _of_the_trade(host.lower()) for host in (host_of(page.url), *islice(_mail_hosts(page.text), _MOST_MAILS))
    )


def _mail_hosts(text: str) -> Iterator[str]:
    at = text.find("@", 1)
    while at > 0:
        if match := _MAIL.match(text, at - 1):
            yield match[1]
        at = text.find("@", at + 1)


def _of_the_trade(host: str) -> bool:
    return _TRADE.search(registrable_domain(host).partition(".")[0]) is not None
