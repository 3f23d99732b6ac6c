"""Seals, and where a click on them leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Quote, Seal


def seal_confirmed(seals: Sequence[Seal]) -> Iterator[Quote]:
    """The issuer's own page, reached from the seal, names this domain.

    Why: the page stands on a host that the seller cannot write to. What only our copy of the list tells counts as the
    register's entry, not here, and the seal of a trade body earns no trust.
    Source: Implementing Regulation (EU) 699/2014 (the list entry names the web site); LegitScript, NABP seal
    pages.
    False alarm: an entry for an earlier holder of the domain.
    """
    for seal in seals:
        if seal.earns_trust and seal.proof:
            yield replace(seal.quote, note=f"seal {seal.scheme}: confirmed at {seal.link}")
            yield replace(seal.proof, note="from the issuer's page")
