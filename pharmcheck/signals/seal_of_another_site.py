"""Seals, and where a click on them leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Quote, Seal, SealOutcome


def seal_of_another_site(seals: Sequence[Seal]) -> Iterator[Quote]:
    """The entry that a seal opens is another web site's.

    Why: the seal of a real pharmacy, copied with its link, still leads to that pharmacy's entry.
    Source: Implementing Regulation (EU) 699/2014 (the entry names the web site); LegitScript seals carry the domain certified.
    False alarm: a group that shows one entry on all its addresses, or an entry whose address is out of date.
    """
    for seal in seals:
        if seal.outcome is SealOutcome.ANOTHER and seal.official:
            yield replace(seal.quote, note=f"seal {seal.scheme}: {seal.why}")
            if seal.proof:
                yield seal.proof
