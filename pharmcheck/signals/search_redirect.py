"""Visitors from a search result are led elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from pharmcheck.model import Difference, Quote, Visitor


def search_redirect(vantage: tuple[Difference, ...]) -> Iterator[Quote]:
    """Only visitors who come from a search result are led to a seller of medicines on another domain.

    Why: search-redirection is how broken-into sites feed pill shops: their owner, who types the address, sees nothing.
    A phone without a search result is the cross-check: it asks as people do, too.
    Source: Leontiadis, Moore and Christin on search-redirection (USENIX Security 2011).
    False alarm: a shop that greets visitors from a search engine on its other domain.
    """
    others = {urlsplit(d.url).hostname for d in vantage if d.visitor is not Visitor.SEARCHER}
    for difference in vantage:
        if (
            difference.visitor is Visitor.SEARCHER
            and difference.elsewhere
            and urlsplit(difference.url).hostname not in others
        ):
            yield from difference.quotes
