"""Where its letters go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Operator, Quote
from pharmcheck.reading.freemail import is_freemail


def freemail_contact(operator: Operator) -> Iterator[Quote]:
    """The operator's e-mail address is at a free mail provider.

    Why: a free address ties the seller to no domain, no company and no country.
    Source: NABP, is-that-pharmacy-safe; Partnership for Safe Medicines, safemedicines.org/warningsigns.
    False alarm: small lawful pharmacies use one as well.
    """
    for email in operator.emails:
        provider = email.value.rpartition("@")[2].casefold()
        if is_freemail(provider):
            yield replace(email.quote, note=f"{provider} gives addresses to anybody")
