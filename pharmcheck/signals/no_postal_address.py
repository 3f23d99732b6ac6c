"""What a seller must give, sought and not found."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Operator, Quote
from pharmcheck.reading.cite import absence


def no_postal_address(operator: Operator) -> Iterator[Quote]:
    """No postal address stands on the pages that should give one.

    Why: about 60 % of the sites that NABP called illegal showed no place of business.
    Source: NABP report of 2016; Directive 2000/31/EC art. 5(1)(b); Directive 2001/83/EC art. 85c(1)(d).
    False alarm: an address in a form that we do not read, in an image, or on a page that was not fetched.
    """
    if not operator.addresses:
        yield absence(operator, "a postal address")
