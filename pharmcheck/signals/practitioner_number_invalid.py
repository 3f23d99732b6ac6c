"""Is its prescriber's number one?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Operator, Quote


def practitioner_number_invalid(operator: Operator) -> Iterator[Quote]:
    """A prescriber's or pharmacist's number on the site (NPI, DEA) has a wrong check digit, so nobody has it.

    Why: an invented number is wrong nine times in ten; a copied one is right, so a right one proves nothing.
    Source: 45 CFR 162.406 (NPI, Luhn with the prefix 80840); DEA Diversion Control Division (DEA number).
    False alarm: a misprint, or a number shown as an example.
    """
    for number in operator.numbers:
        if number.kind == "practitioner-number" and not number.valid:
            yield replace(number.quote, note=f"{number.value}: its check digit is wrong")
