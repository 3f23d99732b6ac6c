"""Is the domain's registrant where the site says that it is?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Operator, Quote, Registration


def registration_country_against_claims(registration: Registration, operator: Operator) -> Iterator[Quote]:
    """The registry names a registrant in another country than every address that the site gives.

    Why: a "London pharmacy" whose domain belongs to somebody on another continent hides where it is. The registrant
    wrote both, so that they agree says nothing; one more address on the page would cure it, so it is never scored.
    The country of a service that hides owners does not count.
    Source: NABP 2011 (2,100 of 8,000 sites with a foreign address); LegitScript standards (accurate registration).
    False alarm: a group whose head office holds the domains of its shops, or an agency that registered for a client.
    """
    claimed = {address.country for address in operator.addresses if address.country}
    if registration.privacy_service or not (registration.country and claimed) or registration.country in claimed:
        return
    yield replace(registration.quote("country"), note=f"registrant in {registration.country}")
    for address in operator.addresses:
        if address.country:
            yield replace(address.quote, note=f"the site gives an address in {address.country}")
