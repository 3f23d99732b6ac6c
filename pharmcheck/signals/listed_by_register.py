"""The authority's own word for a site."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Consultation, Quote, Unread
from pharmcheck.reading.cite import entry


def listed_by_register(registers: Consultation) -> Iterator[Quote]:
    """A register of lawful sellers names this very domain.

    Why: only the authority can write its register; a seller cannot.
    Source: the entry quoted.
    False alarm: a pharmacy that gave up its domain and whose entry was never cleared, where somebody else took the
    domain before it lapsed, or its registration was not looked up.
    """
    positive = {r.id for r in registers.consulted if r.polarity == "positive" and r.entries}
    positive |= {e.registry for e in registers.enquiries}
    if not positive:
        raise Unread("no copy of a register of lawful sellers is held")
    for listing in registers.by_domain:
        if listing.status == "listed" and listing.registry in positive:
            yield entry(listing)
