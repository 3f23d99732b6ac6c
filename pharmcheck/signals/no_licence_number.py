"""What a seller must give, sought and not found."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Operator, Quote
from pharmcheck.reading.cite import absence


def no_licence_number(operator: Operator) -> Iterator[Quote]:
    """No licence or registration number stands on the pages that should give one.

    Why: the number is what a buyer can look up.
    Source: Directive 2000/31/EC art. 5(1)(d) and (f); Human Medicines Regulations 2012 reg. 256; review of
    South African sites, hsag.co.za/index.php/hsag/article/view/2732.
    False alarm: 20 of 25 South African sites showed none although 22 were lawful; many countries ask for none.
    """
    if not operator.licences:
        yield absence(operator, "a licence or registration number")
