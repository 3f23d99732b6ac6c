"""Seals, and where a click on them leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Quote, Seal, SealOutcome


def seal_image_without_link(seals: Sequence[Seal]) -> Iterator[Quote]:
    """A seal of an official scheme is a picture that opens nothing.

    Why: a seal proves something only through its issuer's page; a picture can be copied.
    Source: Implementing Regulation (EU) 699/2014 (the common logo is a link); GPhC and NABP on their logos.
    False alarm: a careless but lawful shop. The GB logo that ended on 31 December 2020 lost its links, and is left out.
    """
    for seal in seals:
        if seal.outcome is SealOutcome.UNLINKED and seal.official:
            yield replace(seal.quote, note=f"seal {seal.scheme}: no link")
