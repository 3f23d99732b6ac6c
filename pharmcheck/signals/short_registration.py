"""For how long is the domain paid?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from pharmcheck.model import Quote, Registration, Unread

_ONE_YEAR = timedelta(days=367)  # a leap year, and a day between time zones


def short_registration(registration: Registration) -> Iterator[Quote]:
    """The domain is registered for its first year only, and was never renewed.

    Why: who expects to lose a domain buys the shortest term. Very weak alone: it is also the usual first term.
    Source: none that measured it; custom of those who watch for fraud.
    False alarm: every honest site in its first year that pays yearly.
    """
    if registration.created is None or registration.expires is None:
        raise Unread(f"the registry does not publish for how long {registration.domain} is registered")
    if registration.expires - registration.created <= _ONE_YEAR:
        yield replace(registration.quote("expires"), note="expires within a year of its registration")
        yield replace(registration.quote("created"), note="registered")
