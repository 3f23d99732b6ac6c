"""Is its company number one?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Operator, Quote


def company_number_invalid(operator: Operator) -> Iterator[Quote]:
    """A company or tax number on the site has a wrong check digit, so no authority gave it.

    Why: an invented number is wrong nine times in ten; a copied one is right, so a right one proves nothing.
    Source: python-stdnum, one module a country, each with the authority's own description of the check digit;
    Directive 2000/31/EC art. 5(1)(d) and (g) (trade register and VAT number on the site).
    False alarm: a misprint, an old number that was given without a check digit, or the example in a template.
    """
    for number in operator.numbers:
        if number.kind == "company-number" and not number.valid:
            yield replace(number.quote, note=f"{number.value} ({number.country}): its check digit is wrong")
