"""Absent where every lawful seller stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from pharmcheck.model import Consultation, Offer, Operator, Quote, Registry, Unread


def not_in_exhaustive_register(
    registers: Consultation, operator: Operator, offers: Sequence[Offer], captured: datetime
) -> Iterator[Quote]:
    """The site sells medicines from a country whose register, complete and fresh, does not name it.

    Why: where the law makes every online seller register its address, one that is absent is no lawful seller
    there.
    Source: Directive 2001/83/EC art. 85c(1) and (4); Implementing Regulation (EU) 699/2014; the register named
    in the note.
    False alarm: an entry without a web address, one made since our copy, or an address of a partner taken for
    the seller's.
    """
    sold = [o.medicine for o in offers if o.medicine.use == "human" and (o.order or o.price)]
    if not sold:
        return
    kinds = {"sellers", "pharmacies"} if any(medicine.prescription_only for medicine in sold) else {"sellers"}
    if any(listing.positive for listing in (*registers.by_domain, *registers.of_landing)):
        return
    complete = {r.country: r for r in registers.consulted if r.exhaustive in kinds and _complete(r, captured)}
    homes = [d for d in operator.addresses if d.country in complete]
    if not homes:
        raise Unread(
            "no address lies in a country of whose register of online sellers a complete and fresh copy is held"
        )
    for address in homes:
        registry = complete[address.country]
        yield address.quote
        yield Quote(
            registry.url, "", f"sought this domain in {registry.id}: {registry.entries} entries, as of {registry.as_of}"
        )


def _complete(registry: Registry, captured: datetime) -> bool:
    """True when absence from our copy means absence from the register."""
    return registry.polarity == "positive" and registry.entries > 0 and registry.fresh(captured.date())
