"""Where its letters go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Operator, Quote

_FREE = re.compile(
    r"(?:aol|gmail|googlemail|icloud|mail|msn|proton|protonmail|rediffmail|tuta|tutanota|ymail|zohomail)"
    r"\.(?:com|co\.in|co\.uk|de|fr|in|io|me|net|ru)|"
    r"(?:gmx|hotmail|live|outlook|yahoo|yandex)\.(?:[a-z]{2,3}|com?\.[a-z]{2})|"
    # Those that ask for no name, or whose users are mostly elsewhere than a shop in Europe or America.
    r"tutamail\.com|keemail\.me|hushmail\.com|mailfence\.com|safe-mail\.net|onionmail\.org|airmail\.cc|pm\.me|cock\.li|"
    r"(?:qq|163|126|foxmail)\.com|(?:bk|inbox|list)\.ru"
)


def freemail_contact(operator: Operator) -> Iterator[Quote]:
    """The operator's e-mail address is at a free mail provider.

    Why: a free address ties the seller to no domain, no company and no country.
    Source: NABP, is-that-pharmacy-safe; Partnership for Safe Medicines, safemedicines.org/warningsigns.
    False alarm: small lawful pharmacies use one as well.
    """
    for email in operator.emails:
        provider = email.value.rpartition("@")[2].casefold()
        if _FREE.fullmatch(provider):
            yield replace(email.quote, note=f"{provider} gives addresses to anybody")
