"""How old is the domain?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from pharmcheck.model import Quote, Registration, Unread

_YOUNG = timedelta(days=180)


def young_domain(registration: Registration, captured: datetime) -> Iterator[Quote]:
    """The domain was registered less than 180 days before the check.

    Why: networks of rogue shops rotate their domains. Weak evidence: nearly half of the rogue pharmacies that were tracked
    lived for over four years, so an old domain says nothing for a site.
    Source: Leontiadis, Moore and Christin, USENIX Security 2011 and CCS 2014 (short-lived storefronts behind
    long-lived networks).
    False alarm: a lawful pharmacy that has just opened or changed its name.
    """
    if registration.created is None:
        raise Unread(f"the registry does not publish when {registration.domain} was registered")
    age = captured - registration.created
    if age < _YOUNG:
        yield replace(registration.quote("created"), note=f"{registration.domain}: registered {age.days} days before")
