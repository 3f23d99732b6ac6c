"""What a seller must give, sought and not found."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Operator, Quote
from pharmcheck.reading.cite import absence


def no_responsible_pharmacist(operator: Operator) -> Iterator[Quote]:
    """No responsible pharmacist is named on the pages that should name one.

    Why: a pharmacy answers with a person's name; a shop that only looks like one has none to give.
    Source: GPhC, guidance for services at a distance, February 2025 (superintendent pharmacist on the web
    site); FDA BeSafeRx.
    False alarm: many lawful sites leave it out: 16 of 100 audited in GB, 15 of 25 in South Africa.
    """
    if not operator.pharmacists:
        yield absence(operator, "a named pharmacist")
