"""Whose number is it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Binding, Quote
from pharmcheck.reading.cite import entry


def licence_belongs_to_another_pharmacy(bindings: Sequence[Binding]) -> Iterator[Quote]:
    """The site prints the registration number of a pharmacy of another name and place.

    Why: where the register names no web site for the number, name and premises of its entry give a copied one away.
    Source: LegitScript on misuse of GPhC registration (April 2013); the entry quoted.
    False alarm: a group whose shops bear other names than the firm, with premises that its site does not name. A line of
    text would cure it, so it is told and never scored.
    """
    for binding in bindings:
        listing, licence = binding.listing, binding.licence
        if licence is not None and not listing.domain and binding.verdict == "another":
            premises = listing.note.partition(";")[0].removeprefix("premises: ")
            yield replace(licence.quote, note=f"{licence.number} is the number of {listing.name}, {premises}")
            yield entry(listing)
