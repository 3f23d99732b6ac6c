"""Is the domain still whose the register says?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Consultation, Quote, Registration, Unread
from pharmcheck.reading.cite import entry


def domain_changed_hands(registers: Consultation, registration: Registration) -> Iterator[Quote]:
    """A register named this domain, and after that the domain was registered anew.

    Why: the domain of a closed pharmacy is bought for its entry, its visitors and its good name. A name that was created
    after a register named it had lapsed in between, so the entry speaks for whoever held it then: it earns no trust. That
    is all: it accuses nobody.
    Source: apotheke-adhoc.de on the German register (domain of a closed pharmacy taken by an illegal shop, 2019); DNS
    Belgium and SIDN on names registered anew for webshops; RFC 9083, section 10.2.3 (registration and transfer are
    different events: a new registrar leaves the date as it is).
    False alarm: a pharmacy that let its own domain lapse and took it back, a registry that dates a change of holder as a
    new registration, or an entry dated before its web address was added.
    """
    named = [e for e in registers.by_domain if e.positive]
    if not named:
        return
    if registration.created is None:
        raise Unread(f"the registry does not publish when {registration.domain} was registered")
    for listing in named:
        if listing.status == "former":
            yield entry(listing)
            created = registration.created.date()
            yield replace(registration.quote("created"), note=f"registered on {created}, named before that")
            if registration.country and registration.country != listing.country:
                note = f"registrant in {registration.country}; the register is that of {listing.country}"
                yield replace(registration.quote("country"), note=note)
