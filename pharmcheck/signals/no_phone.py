"""What a seller must give, sought and not found."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Operator, Quote
from pharmcheck.reading.cite import absence


def no_phone(operator: Operator) -> Iterator[Quote]:
    """No telephone number stands on the pages that should give one.

    Why: a pharmacist must be within reach; a contact form answers nobody who feels ill.
    Source: FDA BeSafeRx; NABP, is-that-pharmacy-safe; Partnership for Safe Medicines,
    safemedicines.org/warningsigns.
    False alarm: a number in an image or behind a script, or a service that answers by chat.
    """
    if not operator.phones:
        yield absence(operator, "a telephone number")
