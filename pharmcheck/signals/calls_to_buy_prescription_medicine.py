"""How it calls to buy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Pitch, Quote


def calls_to_buy_prescription_medicine(pitches: Sequence[Pitch]) -> Iterator[Quote]:
    """It calls to buy a prescription medicine by its name, or such medicines as a class.

    Why: advertising prescription medicines to the public is barred in the EU and Britain; elsewhere it marks
    who sells them like other goods.
    Source: Directive 2001/83/EC art. 88; Human Medicines Regulations 2012 reg. 284; Click Trajectories (IEEE
    S&P 2011) on what spam says.
    False alarm: online clinics of Britain and the US that prescribe the medicine first.
    """
    yield from (p.quote for p in pitches if not p.controlled)
