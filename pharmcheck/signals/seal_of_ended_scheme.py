"""Seals, and where a click on them leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Quote, Seal, SealOutcome


def seal_of_ended_scheme(seals: Sequence[Seal]) -> Iterator[Quote]:
    """A seal belongs to a scheme that has ended.

    Why: it proves nothing any more, for the shop or against it; the register that took its place does.
    Source: MHRA on the end of the distance selling logo in Great Britain, 31 December 2020; NABP on VIPPS.
    False alarm: every lawful shop that has not tidied up; so this is told and never scored.
    """
    for seal in seals:
        if seal.outcome is SealOutcome.ENDED:
            yield replace(seal.quote, note=f"seal {seal.scheme}: {seal.why}")
