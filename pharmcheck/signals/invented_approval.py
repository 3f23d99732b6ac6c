"""Approvals that do not exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Mention, Quote, Seal
from pharmcheck.reading.asserted import asserted


def invented_approval(mentions: Sequence[Mention], seals: Sequence[Seal]) -> Iterator[Quote]:
    """The site claims an approval or shows a seal that no authority gives to web shops.

    Why: FDA and WHO approve no pharmacies, TGA and Medsafe give no seals; who claims one made it up.
    Source: FDA, "Is it really FDA approved?"; TGA and Medsafe on buying medicines online.
    False alarm: a careless copywriter who means that the medicines are approved.
    """
    yield from (mention.quote for mention in asserted(mentions, "invented-approval"))
    yield from (replace(seal.quote, note="no such seal exists") for seal in seals if seal.scheme == "invented")
