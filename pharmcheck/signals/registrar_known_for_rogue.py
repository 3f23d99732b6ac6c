"""Who sold the domain?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pharmcheck.model import Quote, Registration, Unread
from pharmcheck.reading.registrars import reports_on


def registrar_known_for_rogue(registration: Registration, captured: datetime) -> Iterator[Quote]:
    """The domain's registrar was named in the last five years for leaving illegal pharmacies alone.

    Why: rogue pharmacies gather at the few registrars that do not suspend them. Only registrars that a published report names
    count, with its date, and none that is older than five years.
    Source: USTR, reviews of notorious markets of 2018 and 2019; ICANN, notices of breach; McCoy et al., USENIX Security 2012;
    the report in the note.
    False alarm: every lawful customer of that registrar; so it is told and never scored.
    """
    if not registration.registrar:
        raise Unread(f"the registry does not publish who registered {registration.domain}")
    for report in reports_on(registration.registrar, captured.date()):
        note = f"{report.publisher}, {report.published}: {report.says}"
        yield replace(registration.quote("registrar"), note=note)
