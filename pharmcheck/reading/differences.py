"""What differences between visitors tell: put there by somebody else, or the way to another seller. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from pharmcheck.model import Difference, Gap, Kind, Promoted, View, Visitor
from pharmcheck.reading.pill_words import trade_in
from pharmcheck.reading.sellers import SELLERS
from pharmcheck.target import host_of, registrable_domain


def planted(kind: Kind, vantage: Sequence[Difference] | Gap) -> tuple[Difference, ...]:
    """Return the differences that somebody else seems to have put on a site: it sells nothing, nor does its name."""
    if isinstance(vantage, Gap) or kind.name in SELLERS:
        return ()
    return tuple(d for d in vantage if not trade_in(host_of(d.asked)))


def sellers_led_to(vantage: Sequence[Difference] | Gap) -> tuple[Promoted, ...]:
    """Return the sellers to which only some visitors are led, one for each domain."""
    found: dict[str, Promoted] = {}
    for led in () if isinstance(vantage, Gap) else vantage:
        if led.elsewhere:
            domain = registrable_domain(host_of(led.url))
            found.setdefault(domain, Promoted(domain, domain, led.url, led.quotes[0]))
    return tuple(found.values())


def led_away(views: Sequence[View]) -> tuple[View, ...]:
    """Return the ordinary views of addresses whose visitors all end at another domain."""
    ordinary = (v for v in views if v.visitor is Visitor.ORDINARY and v.hops)
    return tuple(v for v in ordinary if registrable_domain(host_of(v.url)) != registrable_domain(host_of(v.asked)))
