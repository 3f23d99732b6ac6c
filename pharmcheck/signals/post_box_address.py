"""Where do its letters lie?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Operator, Quote


def post_box_address(operator: Operator) -> Iterator[Quote]:
    """A post office box or a rented mail drop is given as an address.

    Why: nobody is at a box: there is no shop to inspect and no pharmacist to ask.
    Source: Partnership for Safe Medicines, safemedicines.org/warningsigns; Directive 2000/31/EC art. 5(1)(b) asks for
    the geographic address.
    False alarm: lawful companies give one for letters beside their street; boxes of authorities and insurers are left
    out where they are named as such.
    """
    for address in operator.addresses:
        if address.value.startswith("PO box"):
            yield replace(address.quote, note="a box, no premises")
