"""Is the host where the site says that it is?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Hosting, Operator, Quote, Unread
from pharmcheck.reading.continents import continents
from pharmcheck.reading.network_services import serves_many


def hosting_country_against_claims(hosting: Sequence[Hosting], operator: Operator) -> Iterator[Quote]:
    """All addresses of the host lie on another continent than every address that the site gives.

    Why: a "London pharmacy" that is served from another continent may be run from there. Weak: hosting is bought where it is
    cheap, and one more address on the page would cure it, so it is never scored. What stands behind a content network or a
    hoster of all the world lies nobody knows where.
    Source: NABP 2011 (2,878 of 8,000 rogue sites had servers abroad).
    False alarm: a small pharmacy that rents its server in the United States, and tables that give the holder's country for
    the server's.
    """
    claimed = [address for address in operator.addresses if continents([address.country])]
    if not claimed:
        return
    if not all(h.asn for h in hosting):
        raise Unread("the tables do not tell in whose network the host is; it may be one that is everywhere")
    anywhere = next((h for h in hosting if serves_many("as-number", str(h.asn))), None)
    if anywhere:
        raise Unread(f"the host is served by {anywhere.name or f'AS{anywhere.asn}'}, from wherever the reader is")
    if not all(continents([h.country]) for h in hosting):
        raise Unread("the tables do not tell in which country each address of the host lies")
    if continents(h.country for h in hosting) & continents(a.country for a in claimed):
        return
    yield from (h.quote for h in hosting)
    yield from (replace(a.quote, note=f"the site gives an address in {a.country}") for a in claimed)
