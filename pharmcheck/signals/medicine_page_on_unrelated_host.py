"""A page that does not belong to its host."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Quote, Target
from pharmcheck.reading.unrelated import unrelated_trade


def medicine_page_on_unrelated_host(target: Target) -> Iterator[Quote]:
    """A page about medicines stands on the host of another trade, as its address says.

    Why: such pages are planted on hacked or lapsed sites, to lead buyers to a shop; the host itself is a
    victim.
    Source: Leontiadis, Moore and Christin on search-redirection (USENIX Security 2011); field notes on hacked
    hosts and reused domains.
    False alarm: a shop that writes of anything, or a family name that is a trade as well.
    """
    trade = unrelated_trade(target)
    if trade:
        yield Quote(target.url, target.url[:200], f"the host's name speaks of another trade ({trade})")
