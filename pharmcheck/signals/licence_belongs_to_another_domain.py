"""Whose number is it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Consultation, Operator, Quote, Target, Unread
from pharmcheck.reading.cite import entry


def licence_belongs_to_another_domain(operator: Operator, registers: Consultation, target: Target) -> Iterator[Quote]:
    """The site prints a registration number that the register gives to another web site.

    Why: the number of a real pharmacy, copied, is the cheapest disguise; only the register says whose it is.
    Source: LegitScript on misuse of GPhC registration (April 2013); apotheke-adhoc.de on the stolen identity of
    a German pharmacy; the entry quoted.
    False alarm: a group that sells under several addresses, or a pharmacy that has moved to a new one. A site
    that the same register lists by its own name is left out.
    """
    at_home = {entry.registry for entry in (*registers.by_domain, *registers.of_landing) if entry.positive}
    held, found = registers.answered, dict(registers.by_number)
    if operator.licences and not any(licence.registry in held for licence in operator.licences):
        names = ", ".join(sorted({licence.registry for licence in operator.licences}))
        raise Unread(f"no copy is held of the register of the printed number ({names})")
    for licence in operator.licences:
        others = [listing for listing in found.get(licence, ()) if listing.domain]
        if not others or licence.registry in at_home or any(o.domain in (target.domain, target.host) for o in others):
            continue
        owner = f"{others[0].name}, whose site is {others[0].domain}" if others[0].name else others[0].domain
        yield replace(licence.quote, note=f"{licence.number} is the number of {owner}")
        yield entry(others[0])
