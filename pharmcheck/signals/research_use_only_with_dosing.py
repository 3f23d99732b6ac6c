"""A label against the law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Mention, Offer, Quote
from pharmcheck.reading.asserted import asserted


def research_use_only_with_dosing(mentions: Sequence[Mention], offers: Sequence[Offer]) -> Iterator[Quote]:
    """Goods "for research use only" come with doses for people, or as priced vials of what people inject.

    Why: the label is a disguise when the same site tells people how much to take.
    Source: FDA letters to sellers of unapproved weight-loss peptides, December 2024 (the disclaimer does not
    protect when the site's own claims show human use); Interpol, Pangea XVII, 2025.
    False alarm: a real laboratory supplier: institutions only, safety data sheets, thousands of reagents.
    """
    labels = asserted(mentions, "research-use-only")
    doses = asserted(mentions, "human-dosing")
    sold = [o for o in offers if o.medicine.use == "research" and o.price]
    if labels and (doses or sold):
        yield from (replace(m.quote, note="the label") for m in labels[:2])
        yield from (replace(m.quote, note="the dose for people") for m in doses[:2])
        yield from (replace(o.quote, note=f"the goods: {o.medicine.name}") for o in sold[:2])
