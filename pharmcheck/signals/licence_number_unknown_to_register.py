"""Printed numbers, looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pharmcheck.model import Consultation, Operator, Quote, Unread


def licence_number_unknown_to_register(
    operator: Operator, registers: Consultation, captured: datetime
) -> Iterator[Quote]:
    """The site prints a registration number that the register, complete and fresh, or asked itself, does not hold.

    Why: a number in the right shape is easily made up; the register that gives out the numbers knows them all.
    Source: LegitScript on misuse of GPhC registration (April 2013); the register named in the note.
    False alarm: a number entered since our copy, or a pharmacist's own number of the same shape.
    """
    complete = {r.id: r for r in registers.consulted if r.entries and r.exhaustive and r.fresh(captured.date())}
    found = dict(registers.by_number)
    denied = {(e.registry, e.about): e for e in registers.enquiries if e.outcome == "none" and e.conclusive}
    asked = {e.registry for e in registers.enquiries if e.about in {licence.number for licence in operator.licences}}
    if operator.licences and not any(licence.registry in complete.keys() | asked for licence in operator.licences):
        names = ", ".join(sorted({licence.registry for licence in operator.licences}))
        raise Unread(f"no complete and fresh copy is held of the register of the printed number ({names})")
    for licence in operator.licences:
        if denial := denied.get((licence.registry, licence.number)):
            yield replace(licence.quote, note=f"{licence.registry}, asked itself, has no entry {licence.number}")
            yield denial.quote
            continue
        registry = complete.get(licence.registry)
        if registry and not found.get(licence, ()):
            note = (
                f"{licence.number} is not among the {registry.entries} entries of {registry.id}, as of {registry.as_of}"
            )
            yield replace(licence.quote, note=note)
