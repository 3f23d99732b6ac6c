"""Does the registrant hide?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Quote, Registration


def registration_hidden(registration: Registration) -> Iterator[Quote]:
    """A service that hides owners stands in the place of the domain's registrant.

    Why: a pharmacy has to say who it is, and NABP found nearly all rogue sites behind such services. What a registry
    withholds by itself, as data protection asks in Europe, does not count. Weak alone.
    Source: NABP, standards for .pharmacy and accreditation (registrant information must be accurate and public).
    False alarm: registrars that add the service to every domain unasked.
    """
    if registration.privacy_service:
        yield replace(registration.quote("privacy_service"), note="stands in the registrant's place")
