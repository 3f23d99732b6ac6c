"""Seals, and where a click on them leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Quote, Seal, SealOutcome


def seal_link_imitates_issuer(seals: Sequence[Seal]) -> Iterator[Quote]:
    """A seal opens a host that is made to look like its issuer's.

    Why: who builds a register's double wants buyers to click and be deceived; carelessness does not do that.
    Source: Implementing Regulation (EU) 699/2014 (trusted domains of the lists); CIPA on fake certification pages.
    False alarm: an authority's new host that our table does not have yet and that resembles the old one.
    """
    for seal in seals:
        if seal.outcome is SealOutcome.IMITATED:
            yield replace(seal.quote, note=f"seal {seal.scheme}: {seal.why}")
