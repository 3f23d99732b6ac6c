"""Seals, and where a click on them leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Quote, Seal, SealOutcome

_ASTRAY = (SealOutcome.ITSELF, SealOutcome.ELSEWHERE, SealOutcome.IMITATED)


def seal_links_elsewhere(seals: Sequence[Seal]) -> Iterator[Quote]:
    """A seal of an official scheme opens a page that is not its issuer's.

    Why: a link that ends on the shop itself, on a picture or on a third site is made for those who do not look.
    Source: Implementing Regulation (EU) 699/2014; EMA on the common logo, ema.europa.eu/ro/node/68451.
    False alarm: an issuer's host that our table does not have yet, or a link through a redirecting service.
    """
    for seal in seals:
        if seal.outcome in _ASTRAY and seal.official:
            yield replace(seal.quote, note=f"seal {seal.scheme}: {seal.why} ({seal.link})")
