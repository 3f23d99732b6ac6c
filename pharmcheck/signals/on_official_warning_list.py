"""The authority's own word against a site."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Consultation, Quote, Unread
from pharmcheck.reading.cite import entry


def on_official_warning_list(registers: Consultation) -> Iterator[Quote]:
    """An authority has put this very site on its list of illegal or warned-of sites.

    Why: an authority that names a site has looked at it and answers for the entry. Where the address that was given only leads
    to another domain, the entry of that one counts, for its pages are judged.
    Source: the entry quoted.
    False alarm: a name that has changed hands since, or a site that is lawful at home and was listed by another
    country.
    """
    if not any(r.polarity == "negative" and r.entries for r in registers.consulted) and not registers.enquiries:
        raise Unread("no copy of an official warning list is held")
    for listing in registers.by_domain:
        if listing.status == "warned":
            yield entry(listing)
