"""Whom does the listed name lead to?"""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Consultation, Quote, Target, Unread, View
from pharmcheck.reading.cite import entry
from pharmcheck.reading.landing import led_off


def listed_domain_leads_elsewhere(target: Target, registers: Consultation, views: tuple[View, ...]) -> Iterator[Quote]:
    """A register names this domain for a pharmacy, and all who ask for it are led to a domain that the entry does not name.

    Why: the name of a closed pharmacy is bought for its entry and its visitors, and passes them on to a shop; what an
    entry says of one domain it does not say of another.
    Source: apotheke-adhoc.de on the German register (entry of a closed pharmacy led to an illegal shop, 2019).
    False alarm: a pharmacy that moved to another name and has not told the register yet.
    """
    listed = [e for e in registers.by_domain if e.positive]
    if listed and not views:
        raise Unread("nobody was asked where the domain leads")
    for view in led_off(views, target) if listed else ():
        way = ", ".join(dict.fromkeys(hop.how for hop in view.hops))
        yield Quote(view.asked, view.url[:200], f"everybody is led there ({way})")
        yield entry(listed[0])
